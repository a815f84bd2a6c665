import { LineIndex } from "../core/diagnostics/lineIndex";
import type { ErrorClass, ErrorInfo } from "../core/errors/errorInfo";
import type { StatementOutcome } from "../protocol/engine";

/** Next steps that are others than in the editor: there is no log, no button and no settings page here. */
const hints: Partial<Record<ErrorClass, string>> = {
  unknown:
    "The message is the engine's own: check the statement against it, then run it again.",
  readOnly: "Run it again with --write if it is meant to change that database.",
};

/** The same where --write is given: what is read-only all the same is so by its profile. */
const hintsForWriting: typeof hints = {
  ...hints,
  readOnly:
    "The profile says read_only: true for that database: change it there if it is meant to be changed.",
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
  mayWrite = false,
): string {
  const code = error.code === undefined ? "" : ` ${error.code}`;
  const where =
    place === null ? fileText(error) : `${placeText(error, place)}: `;
  // One with a file says what to change in it.
  const ours = mayWrite ? hintsForWriting : hints;
  const hint =
    (error.file === undefined ? ours[error.class] : undefined) ?? error.hint;
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

/** What is said of a statement that did not succeed and has no error. */
export function noError({ status }: StatementOutcome): ErrorInfo {
  const isCancelled = status === "cancelled";
  return {
    class: isCancelled ? "cancelled" : "incomplete",
    origin: "viaduct",
    message: isCancelled
      ? "The statement was cancelled."
      : "The engine could not prove that every row was read.",
    hint: "Run the statement again.",
    actions: [],
  };
}
