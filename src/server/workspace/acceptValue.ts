import {
  addToBaseline,
  emptyBaseline,
  readBaseline,
  writeBaseline,
  type BaselineValue,
} from "../../core/credentials/baseline";
import {
  allowedValue,
  readAllowedValue,
} from "../../core/credentials/fingerprint";
import { judgeText } from "../../core/credentials/lint";
import type { Judged } from "../../core/credentials/judge";
import type { LintOptions } from "../../core/credentials/options";
import { LineIndex } from "../../core/diagnostics/lineIndex";
import { formOfFile } from "../../core/files/lintableFile";
import { notebookSql } from "../../core/files/notebook";
import type {
  AddToBaselineParams,
  BaselineFile,
  MoveCredential,
} from "../../protocol/server";
import { deriveHash } from "../../files/deriveHash";
import { readFileText } from "../../files/nodeFiles";
import {
  newSalt,
  pathOfUri,
  readText,
  type ServerOptions,
} from "./serverOptions";
import { uriOf } from "./workspaceFiles";

/** The text of an open document and its credentials; undefined for one that is not open. */
export type OpenText = (
  uri: string,
) => { readonly text: string; readonly judged: readonly Judged[] } | undefined;

/** Accepts findings: in the baseline, or as allowed values. What leaves it are hashes. */
export class ValueAcceptance {
  constructor(
    private readonly settings: ServerOptions,
    private readonly options: () => LintOptions,
    private readonly open: OpenText,
  ) {}

  /** The baseline file with the findings in it; those that are not there any more are left out, and null is for all of them. */
  async addToBaseline({
    findings,
    folder,
  }: AddToBaselineParams): Promise<BaselineFile | null> {
    const values: BaselineValue[] = [];
    let file: string | null = null;
    for (const finding of findings) {
      const place = this.settings.baselineFor(folder, finding.uri);
      const judged = await this.find(finding);
      if (place === null || judged === null) {
        continue;
      }
      ({ file } = place);
      const { rule } = judged.finding;
      values.push({ path: place.path, rule, value: judged.candidate.value });
    }
    if (file === null) {
      return null;
    }
    const text = readText(file);
    const before =
      text === null
        ? { baseline: emptyBaseline(newSalt()) }
        : readBaseline(text);
    if ("problem" in before) {
      throw new Error(`The baseline cannot be read: ${before.problem}`);
    }
    const after = addToBaseline(before.baseline, values, deriveHash);
    return { uri: uriOf(file), text: writeBaseline(after) };
  }

  /** The entry of the allowed values for a finding's value; null when it is not there any more. */
  async allowedValue(finding: MoveCredential): Promise<string | null> {
    const judged = await this.find(finding);
    const known = this.settings.settings.allowedValues.map(readAllowedValue);
    const salt = known.find((each) => each !== null)?.salt ?? newSalt();
    return judged === null
      ? null
      : allowedValue(judged.candidate.value, salt, deriveHash);
  }

  private async find(wanted: MoveCredential): Promise<Judged | null> {
    const { text, judged } =
      this.open(wanted.uri) ?? (await this.fromDisk(wanted.uri));
    const lines = new LineIndex(text);
    const isAt = (offset: number, at: MoveCredential["range"]["start"]) => {
      const { line, column } = lines.position(offset);
      return line === at.line && column === at.character;
    };
    const found = judged.find(
      ({ finding: { range, rule } }) =>
        rule === wanted.rule &&
        isAt(range.start, wanted.range.start) &&
        isAt(range.end, wanted.range.end),
    );
    return found ?? null;
  }

  private async fromDisk(
    uri: string,
  ): Promise<{ text: string; judged: readonly Judged[] }> {
    const path = pathOfUri(uri);
    const read = path === null ? null : await readFileText(path);
    const text = read !== null && "text" in read ? read.text : "";
    const form = formOfFile(uri, text);
    const judged =
      form === "notebook"
        ? this.ofNotebook(uri, text)
        : judgeText(text, form, uri, this.options());
    return { text, judged };
  }

  /** With the places of the notebook's file, as the check of the file has them. */
  private ofNotebook(uri: string, text: string): readonly Judged[] {
    return notebookSql(text).flatMap((part) =>
      judgeText(part.text, part.language, uri, this.options()).map((each) => ({
        ...each,
        finding: { ...each.finding, range: part.inFile(each.finding.range) },
      })),
    );
  }
}
