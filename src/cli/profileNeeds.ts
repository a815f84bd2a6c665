import type { AttachmentSpec } from "../core/connections/attachment";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { errorInfo } from "../core/errors/makeError";
import type { DbtProblem, EngineInfo } from "../protocol/options";
import type { ChosenProfile } from "./runProfile";

/** What the engine could not take over from the output and from the settings in it. */
export function profileProblems({
  dbtProblems,
  settings,
}: Pick<EngineInfo, "dbtProblems" | "settings">): readonly ErrorInfo[] {
  return [
    ...dbtProblems,
    ...settings.flatMap(({ problem }) => (problem === null ? [] : [problem])),
  ];
}

/**
 * Why a script may not run with what is left of its output; null when it may. Only what the script does not mention may
 * be missing: without a setting, or with another secret, a statement could answer something else and not fail.
 */
export function neededProblem(
  { dbtProblems, settings }: Pick<EngineInfo, "dbtProblems" | "settings">,
  { selection, target }: Pick<ChosenProfile, "selection" | "target">,
  text: string,
): ErrorInfo | null {
  const needed = [
    ...dbtProblems.filter((problem) => isNeeded(problem, text)),
    ...settings.flatMap(({ problem }) =>
      // What is Viaduct's own to set changes no answer.
      problem === null || problem.class === "connectionInvalid"
        ? []
        : [problem],
    ),
  ];
  const [first] = needed;
  return first === undefined
    ? null
    : errorInfo(
        "profileInvalid",
        `Nothing was run: the script needs what could not be taken over from the target "${target}" of the profile "${selection.profile}" (${needed.length === 1 ? "the problem" : `${needed.length} problems`} above).`,
        {
          hint: "Correct the profile, or take out of it what the script can do without.",
          ...(first.file === undefined ? {} : { file: first.file }),
        },
      );
}

/** Why `--write` is refused; null when there is something that the output lets be written. */
export function writeProblem(
  { selection, target, attachments, readOnly }: ChosenProfile,
  on: string | null,
): ErrorInfo | null {
  const wanted = attachments.filter(({ alias }) => on === null || alias === on);
  const isRefused =
    wanted.length > 0 && wanted.every(({ alias }) => readOnly.includes(alias));
  return isRefused
    ? errorInfo(
        "readOnly",
        `--write is refused: the target "${target}" of the profile "${selection.profile}" says read_only: true for ${names(wanted)}.`,
        {
          hint: "Leave --write out, or change read_only in the profile.",
          file: { path: selection.file, line: 0, column: 0 },
        },
      )
    : null;
}

function names(specs: readonly AttachmentSpec[]): string {
  return specs.map(({ alias }) => `"${alias}"`).join(", ");
}

function isNeeded({ entry }: DbtProblem, text: string): boolean {
  switch (entry?.kind) {
    case undefined:
      return true;
    case "secret":
      // Which secret DuckDB takes for a URL is its own choice.
      return /\w:\/\//.test(text) || isMentioned(entry.name, text);
    case "extension":
    case "attach":
      return entry.name === "" || isMentioned(entry.name, text);
  }
}

/** True where a name stands in a text, in whatever quotes: in code, in a string that becomes code, in a comment. */
function isMentioned(name: string, text: string): boolean {
  return [name, name.replaceAll('"', '""')].some((written) => {
    const pattern = written.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return new RegExp(
      `(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])`,
      "iu",
    ).test(text);
  });
}
