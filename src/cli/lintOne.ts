import { open } from "node:fs/promises";
import type { Finding, Severity } from "../core/credentials/finding";
import type { LintLanguage } from "../core/credentials/lint";
import type { LineIndex } from "../core/diagnostics/lineIndex";
import { reason, type LintFile } from "./lintFiles";

/** One finding as `--format json` has it: lines and UTF-16 columns from 1. */
export interface FileFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: Finding["rule"];
  readonly severity: Severity;
  readonly message: string;
}

/** What came of a file. */
export interface FileResult {
  readonly findings: readonly FileFinding[];
  /** Why it was not checked, or null. */
  readonly problem: string | null;
  /** True when there was nothing to check in it, so that the run as a whole is fine. */
  readonly isSkipped: boolean;
}

/** Nobody wrote a larger one by hand, and V8 has no longer strings than about this twice. */
const maxBytes = 200_000_000;

/** Checks one file, or standard input. Never throws for what is in it. */
export async function lintFile(
  file: LintFile,
  stdin: AsyncIterable<string | Uint8Array>,
): Promise<FileResult> {
  try {
    const bytes =
      file.absolute === null
        ? await readStream(stdin)
        : await readBounded(file.absolute);
    if (bytes === null) {
      return skip(`${file.shown} is larger than ${maxBytes} bytes: skipped.`);
    }
    const text = decode(bytes);
    if (text === null) {
      return skip(`${file.shown} is a binary file: skipped.`);
    }
    return {
      findings: await check(file, text),
      problem: null,
      isSkipped: false,
    };
  } catch (error) {
    const problem = reason(file.shown, error);
    return { findings: [], problem, isSkipped: false };
  }
}

function skip(problem: string): FileResult {
  return { findings: [], problem, isSkipped: true };
}

async function check(file: LintFile, text: string): Promise<FileFinding[]> {
  // The core with its YAML parser is loaded when there is something to check: `--help` and mistakes answer at once.
  const { lint } = await import("../core/credentials/lint");
  const { LineIndex: Lines } = await import("../core/diagnostics/lineIndex");
  const found = lint(text, languageOf(file.shown, text), file.shown);
  const lines = new Lines(text);
  return found.map((finding) => place(file, finding, lines));
}

function place(
  file: LintFile,
  finding: Finding,
  lines: LineIndex,
): FileFinding {
  const start = lines.position(finding.range.start);
  const end = lines.position(finding.range.end);
  const { rule, severity, message } = finding;
  return {
    file: file.shown,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    rule,
    severity,
    message,
  };
}

/** By extension, and for any other name by whether the text begins like YAML. */
function languageOf(name: string, text: string): LintLanguage {
  if (/\.ya?ml$/i.test(name)) {
    return "yaml";
  }
  if (/\.(?:sql|ddl|psql|pgsql)$/i.test(name)) {
    return "sql";
  }
  const first =
    /^(?!\s*(?:#|--|\/\*))\s*\S.*$/m.exec(text.slice(0, 10_000))?.[0] ?? "";
  const isYaml = /^(?:---|%YAML|\s*(?:- )?["']?[\w.-]+["']?:(?:\s|$))/.test(
    first,
  );
  return isYaml ? "yaml" : "sql";
}

async function readBounded(path: string): Promise<Uint8Array | null> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    return size > maxBytes ? null : await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function readStream(
  stdin: AsyncIterable<string | Uint8Array>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) {
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8 with or without a mark, UTF-16 with one; broken bytes become U+FFFD. Null for what is no text. */
function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder("utf-16be").decode(bytes);
  }
  if (bytes.subarray(0, 8000).includes(0)) {
    return null;
  }
  return new TextDecoder("utf-8").decode(bytes);
}
