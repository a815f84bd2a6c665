import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import type {
  AttachmentOptions,
  AttachmentSource,
  AttachmentSpec,
} from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { SourceWay } from "../commands/commandTable";
import { profilesFiles } from "../dbt/profilesFiles";
import type { AttachParts } from "./attachParts";
import { describeSource } from "./describeSource";
import { findConnections } from "./envFiles";

/** A source that a choice stands for, with what goes with it. */
export interface ChosenSource {
  readonly source: AttachmentSource;
  /** What the source itself calls it; undefined when it has no name. */
  readonly alias?: string;
  readonly readOnly?: boolean;
  readonly options?: AttachmentOptions;
}

/** What still has to be asked for before there is a source. */
export type OtherSource =
  "connection" | "envFile" | "profilesFile" | "serviceFile";

/** One entry of the pick of sources. */
export interface SourceChoice extends vscode.QuickPickItem {
  readonly chosen?: ChosenSource;
  readonly other?: OtherSource;
  /** A file that could not be read: choosing it says why. */
  readonly problem?: ErrorInfo;
}

/** Every source that can be found for the user, by kind, and how to name another one; those of one way when it is given. */
export async function sourceChoices(
  parts: AttachParts,
  way?: SourceWay,
): Promise<readonly SourceChoice[]> {
  const ways = way === undefined ? allWays : [way];
  const groups = await Promise.all(ways.map((each) => choicesOf(parts, each)));
  return groups.flat();
}

const allWays: readonly SourceWay[] = ["envFile", "dbt", "libpq", "connection"];

/** The way that a command was called with; a caller may have passed anything. */
export function wayOf(request: unknown): SourceWay | undefined {
  return typeof request === "object" && request !== null && "way" in request
    ? allWays.find((way) => way === request.way)
    : undefined;
}

async function choicesOf(
  parts: AttachParts,
  way: SourceWay,
): Promise<readonly SourceChoice[]> {
  switch (way) {
    case "envFile":
      return [
        separator(vscode.l10n.t("env files")),
        ...(await findConnections(parts.session, parts.settings)).map(
          ({ source }) => choice(parts, { source }, "symbol-variable"),
        ),
        {
          label: vscode.l10n.t("$(folder-opened) Another env file…"),
          other: "envFile",
        },
      ];
    case "dbt":
      return [
        separator(vscode.l10n.t("dbt profiles")),
        ...(await allDbtChoices(parts)),
        {
          label: vscode.l10n.t("$(folder-opened) Another profiles.yml…"),
          other: "profilesFile",
        },
      ];
    case "libpq":
      return [
        separator(vscode.l10n.t("libpq")),
        ...(await serviceChoices(parts, null)),
        ...(hasLibpqVariables(process.env)
          ? [choice(parts, { source: { kind: "environment" } }, "terminal")]
          : []),
        {
          label: vscode.l10n.t("$(folder-opened) Another service file…"),
          other: "serviceFile",
        },
      ];
    case "connection":
      return [
        separator(vscode.l10n.t("by hand")),
        {
          label: vscode.l10n.t("$(link) Connection string…"),
          description: vscode.l10n.t(
            "postgresql://user@host:5432/database, or key=value pairs",
          ),
          other: "connection",
        },
      ];
  }
}

/** What can be attached of a `profiles.yml`. */
export async function dbtChoices(
  parts: AttachParts,
  file: string,
): Promise<readonly SourceChoice[]> {
  try {
    const { profiles } = await parts.session.request("readDbtProfiles", {
      file,
    });
    return profiles.flatMap(({ targets }) =>
      targets.flatMap(({ attachments }) =>
        attachments.map((spec) => choice(parts, fromSpec(spec), "project")),
      ),
    );
  } catch (error) {
    const problem = toErrorInfo(error);
    return [
      {
        label: `$(warning) ${parts.settings.relative(file)}`,
        description: vscode.l10n.t("cannot be read"),
        problem,
      },
    ];
  }
}

/** The services of a service file; of libpq's own without a file. */
export async function serviceChoices(
  parts: AttachParts,
  file: string | null,
): Promise<readonly SourceChoice[]> {
  try {
    const { services } = await parts.session.request("listServices", { file });
    return services.map((service) =>
      choice(
        parts,
        { source: { kind: "service", service, file }, alias: service },
        "server-environment",
      ),
    );
  } catch (error) {
    const problem = toErrorInfo(error);
    return [
      {
        label: vscode.l10n.t("$(warning) The service file"),
        description: vscode.l10n.t("cannot be read"),
        problem,
      },
    ];
  }
}

/** One choice for a source. */
export function choice(
  { settings }: AttachParts,
  chosen: ChosenSource,
  icon: string,
): SourceChoice {
  const text = describeSource(chosen.source, (file) => settings.relative(file));
  return { label: `$(${icon}) ${text}`, chosen };
}

async function allDbtChoices(
  parts: AttachParts,
): Promise<readonly SourceChoice[]> {
  const found = await vscode.workspace.findFiles(
    "**/profiles.{yml,yaml}",
    "**/{node_modules,.git,target,dbt_packages,.venv,venv}/**",
    20,
  );
  const folders = (vscode.workspace.workspaceFolders ?? []).map(
    ({ uri }) => uri.fsPath,
  );
  const files = new Set([
    ...profilesFiles({
      profilesDir: parts.settings.dbtProfilesDir,
      environment: process.env,
      folders,
      home: homedir(),
    }).filter((file) => existsSync(file)),
    ...found.map(({ fsPath }) => fsPath).sort(),
  ]);
  const choices = await Promise.all(
    [...files].map((file) => dbtChoices(parts, file)),
  );
  return choices.flat();
}

function fromSpec(spec: AttachmentSpec): ChosenSource {
  const { source, alias, readOnly, options } = spec;
  return {
    source,
    alias,
    readOnly,
    ...(options === undefined ? {} : { options }),
  };
}

function hasLibpqVariables(environment: NodeJS.ProcessEnv): boolean {
  return ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"].some(
    (name) => environment[name] !== undefined,
  );
}

function separator(label: string): SourceChoice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
