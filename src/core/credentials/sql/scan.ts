import type { Segment } from "../../sql/segments";
import type { Token } from "../../sql/token";
import { contentRange } from "../../sql/tokenText";
import type { Report } from "../finding";
import { stringRegion, subRegion, type Region } from "../region";
import { anchorAt, isAnchorPlace, noAnchor, type Anchor } from "./anchor";
import { readClientCommands } from "./clientCommands";
import { scanComments } from "./comments";
import { readDeclaration } from "./declare";
import { readIdentified, readSecretText } from "./forms";
import { readFormat } from "./format";
import { joinedString } from "./joinedString";
import { parenKind, readOption, type OptionPlace, type Paren } from "./options";
import { mayHoldSql } from "./mayHoldSql";
import { isOtherLanguage, readOtherLanguage } from "./otherLanguages";
import { readPositions } from "./positional";
import { readSetting } from "./settings";
import { readPair } from "./pairs";
import { readMeta } from "./psql";
import { readHeaders } from "./requests";
import { StatementUse } from "./statementUse";
import { readStoredSecrets } from "./storedSecrets";
import { readStringText } from "./stringText";
import { suspectSegments } from "./suspects";
import { readTemplateDefaults, templateStrings } from "./templates";
import { SqlView } from "./view";

/** How deep SQL within strings within SQL is followed. */
const maxDepth = 4;

/** Reports every value in a credential's position of the SQL in a region. Never throws; linear. */
export function scanSql(region: Region, report: Report, depth = 0): void {
  if (depth > maxDepth) {
    return;
  }
  for (const segment of suspectSegments(region.text)) {
    scanSegment(region, segment, segment.tokens, report, depth);
  }
}

/** The same for one statement and what is before it. */
export function scanSegment(
  region: Region,
  segment: Segment,
  tokens: readonly Token[],
  report: Report,
  depth = 0,
): void {
  readClientCommands(subRegion(region, segment), report);
  const code = tokens.filter(({ kind }) => kind !== "comment");
  new SqlScan(new SqlView(region, code), report, depth).run();
  if (code.length < tokens.length) {
    scanComments(region, tokens, report, (inner, innerReport) => {
      scanSql(inner, innerReport, depth + 1);
    });
  }
}

class SqlScan {
  private anchor: Anchor = noAnchor;
  private parens: Paren[] = [];
  /** How many of them are lists of options. */
  private optionLists = 0;
  /** Depth of the parentheses in which a query began; -1 outside one. */
  private queryDepth = -1;
  private isStatementStart = true;
  /** In a statement that begins with DECLARE. */
  private isDeclaration = false;
  /** What the words of the statement say of its strings. */
  private use = new StatementUse();

  constructor(
    private readonly view: SqlView,
    private readonly report: Report,
    private readonly depth: number,
  ) {}

  run(): void {
    const { view } = this;
    for (let index = 0; index < view.tokens.length; index++) {
      const token = view.tokens[index];
      switch (token?.kind) {
        case "word":
          this.word(index);
          break;
        case "parameter":
          if (this.isDeclaration) {
            readDeclaration(view, index, true, this.report);
          }
          this.option(index);
          break;
        case "quotedIdentifier":
          this.option(index);
          this.quoted(token);
          break;
        case "punctuation":
          this.punctuation(index);
          break;
        case "string":
        case "escapeString":
        case "dollarString":
          index = this.string(index, token);
          break;
        case "psqlMeta":
          this.isStatementStart = true;
          readMeta(view.region, token, this.report);
          break;
        case undefined:
        case "number":
        case "operator":
        case "comment":
          break;
        case "template":
          this.template(token);
          break;
      }
    }
  }

  /** Of a template, the strings: a hook of dbt or a query that it runs. */
  private template(token: Token): void {
    const { depth, report, view } = this;
    const region = subRegion(view.region, token);
    readTemplateDefaults(region, report);
    for (const inner of templateStrings(region)) {
      this.text(inner, false);
      if (mayHoldSql(inner.text)) {
        scanSql(inner, report, depth + 1);
      }
    }
  }

  private word(index: number): void {
    const { view, report } = this;
    const word = view.word(index);
    const anchor = anchorAt(view, index);
    if (
      anchor !== null &&
      (isAnchorPlace(view, index) || this.isStatementStart)
    ) {
      this.anchor = anchor;
      this.queryDepth = -1;
      this.use.isConnection =
        anchor.kind === "attach" || anchor.kind === "subscription";
    } else if (
      this.queryDepth < 0 &&
      /^(?:select|where|when|check|insert|update|delete|values|from)$/.test(
        word,
      )
    ) {
      const isCopyFrom = word === "from" && this.anchor.kind !== "none";
      this.queryDepth =
        isCopyFrom || view.word(index - 1) === "for" ? -1 : this.parens.length;
    }
    if (this.isStatementStart) {
      readSetting(view, index, report);
      this.isDeclaration = word === "declare";
    }
    if (this.parens.length === 0 && this.anchor.kind !== "table") {
      const isDeclared = this.isDeclaration || this.isStatementStart;
      readDeclaration(view, index, isDeclared, report);
    }
    this.use.word(view, index);
    readIdentified(view, index, this.anchor, report);
    if (this.parens.length === 0) {
      readSecretText(view, index, this.anchor, report);
    }
    readPositions(view, index, this.anchor, report);
    readFormat(view, index, report);
    readStoredSecrets(view, index, report);
    this.option(index);
    // `BEGIN ALTER …`, `THEN CREATE …`: a statement begins behind these words too.
    this.isStatementStart = /^(?:begin|then|else|loop|do|go|declare)$/.test(
      word,
    );
  }

  private option(index: number): void {
    readOption(this.view, index, this.place(), this.report);
    if (this.view.tokens[index]?.kind !== "word") {
      this.isStatementStart = false;
    }
  }

  private place(): OptionPlace {
    const { anchor, parens, queryDepth, use } = this;
    return {
      anchor,
      paren: parens.at(-1),
      isQuery: queryDepth >= 0,
      isSetting: use.isSetting,
    };
  }

  private punctuation(index: number): void {
    const { view } = this;
    switch (view.sign(index)) {
      case "(":
        this.open(parenKind(view, index));
        break;
      case ")":
        if (this.parens.pop() === "options") {
          this.optionLists--;
        }
        if (this.parens.length < this.queryDepth) {
          this.queryDepth = -1;
        }
        break;
      case ";":
        if (view.isString(index - 1) && view.isString(index + 1)) {
          break;
        }
        this.anchor = noAnchor;
        this.parens = [];
        this.optionLists = 0;
        this.queryDepth = -1;
        this.use = new StatementUse();
        this.isDeclaration = false;
        this.isStatementStart = true;
        break;
      default:
        break;
    }
  }

  private open(paren: Paren): void {
    this.parens.push(paren);
    if (paren === "options") {
      this.optionLists++;
    }
  }

  /** Gives the index of the last token that was read. */
  private string(index: number, token: Token): number {
    const { view, report } = this;
    this.isStatementStart = false;
    readHeaders(view, index, this.anchor, report);
    if (this.use.isIntoSettings || this.optionLists > 0) {
      readPair(view, index, report);
    }
    readOption(view, index, this.place(), report);
    const joined = joinedString(view, index);
    this.text(joined.region, joined.last > index);
    const inner =
      joined.last > index ? joined.region : stringRegion(view.region, token);
    if (isOtherLanguage(view, index)) {
      readOtherLanguage(inner, report);
    }
    if (token.kind === "dollarString" || mayHoldSql(inner.text)) {
      scanSql(inner, report, this.depth + 1);
    }
    return joined.last;
  }

  /** A string in double quotes, which MySQL, Spark and shells have: a name has no white space and no URL in it. */
  private quoted(token: Token): void {
    const inner = subRegion(
      this.view.region,
      contentRange(this.view.region.text, token),
    );
    if (/\s|:\/\/|=/.test(inner.text)) {
      this.text(inner, false);
      if (mayHoldSql(inner.text)) {
        scanSql(inner, this.report, this.depth + 1);
      }
    }
  }

  private text(region: Region, isJoined: boolean): void {
    const { anchor, queryDepth, report, use } = this;
    readStringText(region, use.of(anchor, queryDepth >= 0, isJoined), report);
  }
}
