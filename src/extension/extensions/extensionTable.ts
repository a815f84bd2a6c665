import type { CommandTable } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import {
  installExtension,
  installExtensionFromFile,
  installExtensionFromRepository,
  loadExtension,
  uninstallExtension,
  updateExtension,
} from "./extensionCommands";
import type { ExtensionsView } from "./extensionsView";
import { verifyAllExtensions, verifyExtension } from "./verifyExtensions";

/** The commands about DuckDB's extensions. */
export function extensionCommands(
  session: EngineSession,
  view: ExtensionsView,
) {
  const parts = {
    session,
    onChanged: () => {
      view.update();
    },
  };
  return {
    "viaduct.installExtension": installExtension(parts),
    "viaduct.installExtensionFromFile": installExtensionFromFile(parts),
    "viaduct.installExtensionFromRepository":
      installExtensionFromRepository(parts),
    "viaduct.loadExtension": loadExtension(parts),
    "viaduct.updateExtension": updateExtension(parts),
    "viaduct.verifyExtension": verifyExtension(parts),
    "viaduct.verifyAllExtensions": verifyAllExtensions(parts),
    "viaduct.uninstallExtension": uninstallExtension(parts),
    "viaduct.refreshExtensions": () => {
      view.refresh();
    },
  } satisfies Partial<CommandTable>;
}
