import { appendEnv, envNames } from "../../connections/envAppend";
import { readDotenv } from "../../connections/dotenvText";
import type { EnvEntry } from "./fixPlan";

/** The parts of a fix that name its variables. */
interface NamingPlan<E extends { readonly newText: string }> {
  readonly edits: readonly E[];
  readonly env: readonly EnvEntry[];
}

/**
 * The plan with a variable that there is already in the place of a new one: `S_PASSWORD_2` is not needed where
 * `S_PASSWORD` has the same value. Variables of other names stay apart, because one of two passwords that are equal
 * today may change tomorrow. `names` are those that the document refers to then.
 */
export function reuseVariables<
  E extends { readonly newText: string },
  P extends NamingPlan<E>,
>(
  plan: P,
  document: string,
  has: (name: string, value: string) => boolean,
  known: readonly string[],
): { readonly plan: P; readonly names: readonly string[] } {
  const names = [...known];
  const used = new Set<string>();
  const added: EnvEntry[] = [];
  let edits: readonly E[] = plan.edits;
  for (const { name, value } of plan.env) {
    const word = new RegExp(`(?<!\\w)${name}(?!\\w)`, "g");
    const base = name.replace(/_\d+$/, "");
    const other = names.find(
      (each) =>
        each !== name &&
        each.replace(/_\d+$/, "") === base &&
        (has(each, value) ||
          added.some((entry) => entry.name === each && entry.value === value)),
    );
    if (other === undefined || word.test(document)) {
      added.push({ name, value });
      names.push(name);
      used.add(name);
      continue;
    }
    used.add(other);
    edits = edits.map((edit) => ({
      ...edit,
      newText: edit.newText.replaceAll(word, other),
    }));
  }
  return { plan: { ...plan, edits, env: added }, names: [...used] };
}

/** Whether an env file gives a variable exactly this value; what it puts together from other variables, no one can tell. */
export function envFileHas(
  text: string,
): (name: string, value: string) => boolean {
  const read = readDotenv(text);
  const lines = text.split(/\r\n|\r|\n/);
  const names = envNames(text);
  return (name, value) => {
    if (names.filter((each) => each === name).length !== 1) {
      return false;
    }
    if (!/[$\\]/.test(value)) {
      return read.get(name) === value;
    }
    try {
      const [written = ""] = appendEnv("", [{ name, value }]).split("\n");
      return lines.includes(written);
    } catch {
      // No env file can hold it.
      return false;
    }
  };
}
