import type { Segment } from "../../sql/segments";
import type { Token } from "../../sql/token";
import type { Report } from "../finding";
import { subRegion, type Region } from "../region";
import { readClientCommands } from "./clientCommands";
import { scanComments, withoutComments, type ScanInner } from "./comments";
import { StatementScan } from "./statementScan";
import { suspectSegments } from "./suspects";
import { SqlView } from "./view";

/** How deep SQL within strings within SQL is followed. */
const maxDepth = 4;

/** Reports every value in a credential's position of the SQL in a region. Never throws; linear. */
export function scanSql(
  region: Region,
  report: Report,
  depth = 0,
  isComment = false,
): void {
  if (depth > maxDepth) {
    return;
  }
  suspectSegments(region.text, (segment) => {
    scanSegment(region, segment, segment.tokens, report, depth, isComment);
  });
}

/** The same for one statement and what is before it. */
export function scanSegment(
  region: Region,
  segment: Segment,
  tokens: readonly Token[],
  report: Report,
  depth = 0,
  isComment = false,
): void {
  readClientCommands(subRegion(region, segment), report);
  const code = withoutComments(tokens);
  const scanInner: ScanInner = (inner, innerReport) => {
    scanSql(inner, innerReport, depth + 1);
  };
  const view = new SqlView(region, code);
  new StatementScan(view, report, scanInner, isComment).run();
  if (code.length < tokens.length) {
    const scanComment: ScanInner = (inner, innerReport) => {
      scanSql(inner, innerReport, depth + 1, true);
    };
    scanComments(region, tokens, isComment, report, scanComment);
  }
}
