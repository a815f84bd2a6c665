import * as vscode from "vscode";
import { basename } from "node:path";
import type { ExtensionInfo, ExtensionPlace } from "../../protocol/extensions";
import type {
  CommandTable,
  ExtensionReference,
} from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";

/** What the commands need. */
export interface ExtensionCommandParts {
  readonly session: EngineSession;
  /** After a change. */
  readonly onChanged: () => void;
}

/** Installs a DuckDB extension from the configured repositories, or from the place that is given. */
export function installExtension(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.installExtension"] {
  return async (reference, place) => {
    const chosen = await choose(
      parts,
      reference,
      ({ installed }) => !installed,
    );
    return chosen === undefined ? undefined : install(parts, chosen, place);
  };
}

/** Installs from one file that the user has. */
export function installExtensionFromFile(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.installExtensionFromFile"] {
  return async (file) => {
    const path = typeof file === "string" ? file : await askFile();
    if (path === undefined) {
      return undefined;
    }
    const guess = /^[a-z0-9_]+/i.exec(basename(path))?.[0] ?? "";
    return install(parts, guess.toLowerCase(), { kind: "file", file: path });
  };
}

/** Installs from a folder or a URL in DuckDB's repository layout. */
export function installExtensionFromRepository(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.installExtensionFromRepository"] {
  return async (repository, name) => {
    const place =
      typeof repository === "string" ? repository : await askRepository();
    if (place === undefined || place === "") {
      return undefined;
    }
    const chosen = await choose(parts, name, ({ builtIn }) => !builtIn);
    return chosen === undefined
      ? undefined
      : install(parts, chosen, { kind: "repository", place });
  };
}

/** Loads an installed DuckDB extension into the running engine. */
export function loadExtension(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.loadExtension"] {
  return async (reference) => {
    const name = await choose(
      parts,
      reference,
      ({ installed, loaded }) => installed && !loaded,
    );
    if (name === undefined) {
      return undefined;
    }
    const info = await change(parts, vscode.l10n.t("Loading {0}…", name), () =>
      parts.session.request("loadExtension", { name }),
    );
    say(vscode.l10n.t("{0} is loaded.", info.name));
    return info;
  };
}

/** Installs a newer build where there is one. */
export function updateExtension(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.updateExtension"] {
  return async (reference) => {
    const name = await choose(parts, reference, isOwn);
    if (name === undefined) {
      return undefined;
    }
    const info = await change(
      parts,
      vscode.l10n.t("Looking for a newer {0}…", name),
      () => parts.session.request("updateExtension", { name }),
    );
    if (!info.updated) {
      say(vscode.l10n.t("{0} is up to date ({1}).", info.name, info.version));
    } else if (info.loaded) {
      offerRestart(
        vscode.l10n.t(
          "{0} was updated from {1} to {2}; the engine uses it after a restart.",
          info.name,
          info.previousVersion,
          info.version,
        ),
      );
    } else {
      say(
        vscode.l10n.t(
          "{0} was updated from {1} to {2}.",
          info.name,
          info.previousVersion,
          info.version,
        ),
      );
    }
    return info;
  };
}

/** Removes an installed extension's file. */
export function uninstallExtension(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.uninstallExtension"] {
  return async (reference) => {
    const name = await choose(parts, reference, isOwn);
    if (name === undefined) {
      return undefined;
    }
    const info = await change(
      parts,
      vscode.l10n.t("Uninstalling {0}…", name),
      () => parts.session.request("uninstallExtension", { name }),
    );
    if (info.loaded) {
      offerRestart(
        vscode.l10n.t(
          "{0} is uninstalled; it stays loaded until the engine restarts.",
          info.name,
        ),
      );
    } else {
      say(vscode.l10n.t("{0} is uninstalled.", info.name));
    }
    return info;
  };
}

async function install(
  parts: ExtensionCommandParts,
  name: string,
  place?: ExtensionPlace,
): Promise<ExtensionInfo> {
  const info = await change(parts, vscode.l10n.t("Installing {0}…", name), () =>
    parts.session.request("installExtension", {
      name,
      ...(isPlace(place) ? { place } : {}),
    }),
  );
  say(
    info.builtIn
      ? vscode.l10n.t(
          "{0} is a part of DuckDB: there is nothing to install.",
          info.name,
        )
      : vscode.l10n.t(
          "{0} {1} is installed and loaded.",
          info.name,
          info.version,
        ),
  );
  return info;
}

/** The extension that is meant: named, clicked on, or picked. */
export async function choose(
  { session }: ExtensionCommandParts,
  reference: ExtensionReference | undefined,
  wanted: (extension: ExtensionInfo) => boolean,
): Promise<string | undefined> {
  const name = nameOf(reference);
  if (name !== undefined) {
    return name;
  }
  const extensions = await session.request("listExtensions", null);
  const items = extensions.filter(wanted).map((extension) => ({
    label: extension.name,
    description: [
      extension.installed ? vscode.l10n.t("installed") : "",
      ...extension.aliases,
    ]
      .filter((part) => part !== "")
      .join(" · "),
    detail: extension.description,
  }));
  if (items.length === 0) {
    say(vscode.l10n.t("There is no DuckDB extension to choose from."));
    return undefined;
  }
  const title = vscode.l10n.t("DuckDB extension");
  return (
    await vscode.window.showQuickPick(items, {
      title,
      matchOnDescription: true,
      matchOnDetail: true,
    })
  )?.label;
}

/** Installed, and not a part of DuckDB. */
export function isOwn({ installed, builtIn }: ExtensionInfo): boolean {
  return installed && !builtIn;
}

/** Shows that something is done, and brings the section up to date however it ends. */
export async function change<T>(
  { onChanged }: ExtensionCommandParts,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title },
      work,
    );
  } finally {
    onChanged();
  }
}

/** Not awaited: a command has ended although its message is still to be read. */
export function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}

function offerRestart(message: string): void {
  const restart = vscode.l10n.t("Restart Engine");
  void vscode.window
    .showInformationMessage(message, restart)
    .then((choice) =>
      choice === restart
        ? vscode.commands.executeCommand("viaduct.restartEngine")
        : undefined,
    );
}

async function askFile(): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Install a DuckDB extension from a file"),
    openLabel: vscode.l10n.t("Install"),
    filters: {
      [vscode.l10n.t("DuckDB extensions")]: ["duckdb_extension", "gz"],
    },
  });
  return files?.[0]?.fsPath;
}

async function askRepository(): Promise<string | undefined> {
  const place = await vscode.window.showInputBox({
    title: vscode.l10n.t("Install a DuckDB extension from a repository"),
    prompt: vscode.l10n.t(
      "Folder or URL in DuckDB's layout: <version>/<platform>/<name>.duckdb_extension",
    ),
    placeHolder: "http://mirror.example/duckdb",
    ignoreFocusOut: true,
  });
  return place?.trim();
}

function nameOf(reference: ExtensionReference | undefined) {
  const name = typeof reference === "string" ? reference : reference?.name;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** A menu passes the selection as a second argument. */
function isPlace(value: unknown): value is ExtensionPlace {
  return typeof value === "object" && value !== null && "kind" in value;
}
