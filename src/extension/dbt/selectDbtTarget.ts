import * as vscode from "vscode";
import type {
  DbtProfiles,
  DbtSelection,
  DbtTarget,
} from "../../core/dbt/profiles";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { CommandTable, DbtChoice } from "../commands/commandTable";
import { executeCommand } from "../commands/registerCommands";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";
import type { DbtParts } from "./dbtParts";
import type { DbtReport, DbtSession } from "./dbtSession";
import type { DbtWorkspace } from "./dbtWorkspace";

/** What the choice of a dbt output needs. */
interface Parts {
  readonly session: EngineSession;
  readonly settings: Settings;
  readonly workspace: DbtWorkspace;
  readonly dbt: DbtSession;
}

/** Chooses the profile and the target whose output the session uses, and starts the engine with it. */
export function selectDbtTarget(
  session: EngineSession,
  settings: Settings,
  { workspace, session: dbt }: DbtParts,
): CommandTable["viaduct.selectDbtTarget"] {
  const parts = { session, settings, workspace, dbt };
  return async (given) => {
    const choice = isChoice(given) ? given : await ask(parts);
    if (choice === undefined) {
      return undefined;
    }
    await parts.dbt.change(() => save(parts, choice));
    await parts.session.restart();
    const selection = await parts.dbt.select();
    if (selection !== null) {
      void tell(parts.dbt.report, selection);
    }
    return selection ?? undefined;
  };
}

async function save(
  { settings, workspace }: Parts,
  { file, profile, target }: DbtChoice,
): Promise<void> {
  await settings.saveDbt(
    profile === null
      ? null
      : {
          profilesDir:
            file === undefined ? "" : await workspace.profilesDirFor(file),
          profile,
          target: target ?? "",
        },
  );
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: DbtChoice;
  readonly problem?: ViaductError;
}

async function ask({
  session,
  settings,
  workspace,
}: Parts): Promise<DbtChoice | undefined> {
  const files = await workspace.profilesFiles();
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "dbt finds no profiles.yml: not in the setting viaduct.dbt.profilesDir, in DBT_PROFILES_DIR, in the project, or in ~/.dbt.",
      ),
    );
    return undefined;
  }
  const groups = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "dbt" },
    () =>
      Promise.all(
        files.map(async (file) => [
          separator(settings.relative(file)),
          ...(await itemsOf(session, settings, file)),
        ]),
      ),
  );
  const none: readonly Item[] =
    settings.dbtProfile === ""
      ? []
      : [
          {
            label: vscode.l10n.t("$(circle-slash) Use no dbt profile"),
            choice: { profile: null },
          },
        ];
  const item = await vscode.window.showQuickPick([...groups.flat(), ...none], {
    title: vscode.l10n.t("dbt profile and target of this workspace"),
    placeHolder: vscode.l10n.t(
      "Its DuckDB file, extensions, settings and PostgreSQL connections are used",
    ),
    matchOnDescription: true,
  });
  if (item?.problem !== undefined) {
    throw item.problem;
  }
  return item?.choice;
}

async function itemsOf(
  session: EngineSession,
  settings: Settings,
  file: string,
): Promise<readonly Item[]> {
  try {
    const profiles = await session.request("readDbtProfiles", { file });
    const items = targetsOf(profiles).map(({ profile, target, isDefault }) => ({
      label: `$(layers) ${profile}/${target.name}`,
      description: [
        target.type,
        isDefault ? vscode.l10n.t("default target") : "",
        settings.dbtProfile === profile && settings.dbtTarget === target.name
          ? vscode.l10n.t("selected")
          : "",
      ]
        .filter((part) => part !== "")
        .join(" · "),
      choice: { file, profile, target: target.name },
    }));
    return items.length > 0
      ? items
      : [{ label: vscode.l10n.t("$(info) No profile is in this file.") }];
  } catch (error) {
    // One broken file must not hide the others; choosing it says what is wrong, with what helps.
    const problem = new ViaductError(toErrorInfo(error));
    return [{ label: `$(warning) ${problem.info.message}`, problem }];
  }
}

function targetsOf({ profiles }: DbtProfiles): readonly {
  readonly profile: string;
  readonly target: DbtTarget;
  readonly isDefault: boolean;
}[] {
  return profiles.flatMap(({ name, defaultTarget, targets }) =>
    targets.map((target) => ({
      profile: name,
      target,
      isDefault: target.name === defaultTarget,
    })),
  );
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** One message after a selection: what is wrong in it, else what is done instead of its words. */
async function tell(
  { target, problems, notes }: DbtReport,
  { profile }: DbtSelection,
): Promise<void> {
  const name = `${profile}/${target ?? "?"}`;
  const [problem] = problems;
  if (problem !== undefined) {
    const open = vscode.l10n.t("Open profiles.yml");
    const more = problems.length - 1;
    const choice = await vscode.window.showWarningMessage(
      [
        vscode.l10n.t("dbt {0}: {1}", name, problem.message),
        more === 0
          ? problem.hint
          : vscode.l10n.t(
              "There are {0} more problems; the Problems view has them.",
              more,
            ),
        ...notes,
      ].join(" "),
      open,
    );
    if (choice === open) {
      await executeCommand("viaduct.openProfile", problem.file);
    }
  } else if (notes.length > 0) {
    void vscode.window.showInformationMessage(
      [vscode.l10n.t("dbt {0} is in use.", name), ...notes].join(" "),
    );
  }
}

function isChoice(value: unknown): value is DbtChoice {
  return typeof value === "object" && value !== null && "profile" in value;
}
