import { LineIndex } from "../core/diagnostics/lineIndex";
import type { ErrorClass, ErrorInfo } from "../core/errors/errorInfo";

/** Next steps that are others than in the editor: there is no log, no button and no settings page here. */
const hints: Partial<Record<ErrorClass, string>> = {
  unknown:
    "The message is the engine's own: check the statement against it, then run it again.",
  readOnly: "Run it again with --write if it is meant to change that database.",
};

/** A statement's place in the file it came from. */
export interface StatementPlace {
  readonly file: string;
  readonly text: string;
  /** Offset of the statement. */
  readonly start: number;
}

/** An error as the command line tells it: place, class, message, next step. */
export function errorText(
  error: ErrorInfo,
  place: StatementPlace | null,
): string {
  const code = error.code === undefined ? "" : ` ${error.code}`;
  const where =
    place === null ? fileText(error) : `${placeText(error, place)}: `;
  const hint = hints[error.class] ?? error.hint;
  const next = hint === "" ? "" : `Next step: ${hint}\n`;
  return `viaduct run: ${where}${error.class} (${error.origin}${code}): ${error.message}\n${next}`;
}

/** The place in a configuration file. */
function fileText({ file }: ErrorInfo): string {
  return file === undefined
    ? ""
    : `${file.path}:${file.line + 1}:${file.column + 1}: `;
}

function placeText(error: ErrorInfo, place: StatementPlace): string {
  const at = place.start + (error.position ?? 0);
  const { line, column } = new LineIndex(place.text).position(at);
  return `${place.file}:${line + 1}:${column + 1}`;
}
