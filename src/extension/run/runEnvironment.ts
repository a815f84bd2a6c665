import type {
  AttachmentSpec,
  EnvironmentRole,
} from "../../core/connections/attachment";
import { hasIdentifier } from "../../core/sql/identifiers";
import type { RunTarget } from "../../protocol/engine";

/** The most delicate one first. */
const roles: readonly EnvironmentRole[] = [
  "production",
  "staging",
  "development",
];

/** What the servers of a run are used for, the most delicate of them: its target's, or those that its SQL names. */
export function environmentOf(
  run: {
    readonly target: RunTarget;
    readonly statements: readonly { readonly text: string }[];
  },
  attachments: ReadonlyMap<string, AttachmentSpec>,
): EnvironmentRole | null {
  const { target } = run;
  const roleOf = (alias: string): EnvironmentRole | undefined =>
    attachments.get(alias)?.options?.environment;
  if (target.engine === "postgres") {
    return roleOf(target.alias) ?? null;
  }
  const found = roles.find((role) =>
    [...attachments.keys()].some(
      (alias) =>
        roleOf(alias) === role &&
        run.statements.some(({ text }) => hasIdentifier(text, alias)),
    ),
  );
  return found ?? null;
}
