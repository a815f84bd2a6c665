import type { CommandTable } from "../commands/commandTable";
import { openSettings } from "../settings/openSettings";
import { addAttachment, editAttachment } from "./addAttachment";
import { attachFromEnvFile } from "./attachFromEnvFile";
import {
  attachAgain,
  detach,
  reconnect,
  removeAttachment,
  testAttachment,
} from "./attachmentCommands";
import type { AttachParts } from "./attachParts";
import { chooseSslMode } from "./chooseSslMode";
import { moveToSecretStorage } from "./moveToSecretStorage";
import { openEnvFile, openSource } from "./openSource";
import { forgetPassword, setPassword } from "./passwordCommands";

type AttachmentCommand =
  | "viaduct.addAttachment"
  | "viaduct.attach"
  | "viaduct.attachFromEnvFile"
  | "viaduct.chooseSslMode"
  | "viaduct.detach"
  | "viaduct.editAttachment"
  | "viaduct.forgetPassword"
  | "viaduct.moveToSecretStorage"
  | "viaduct.openEnvFile"
  | "viaduct.openSettings"
  | "viaduct.openSource"
  | "viaduct.reconnect"
  | "viaduct.removeAttachment"
  | "viaduct.setPassword"
  | "viaduct.testConnection";

/** The commands about attachments. */
export function attachmentTable(
  parts: AttachParts,
): Pick<CommandTable, AttachmentCommand> {
  return {
    "viaduct.addAttachment": addAttachment(parts),
    "viaduct.attach": attachAgain(parts),
    "viaduct.attachFromEnvFile": attachFromEnvFile(parts),
    "viaduct.chooseSslMode": chooseSslMode(parts),
    "viaduct.detach": detach(parts),
    "viaduct.editAttachment": editAttachment(parts),
    "viaduct.forgetPassword": forgetPassword(parts),
    "viaduct.moveToSecretStorage": moveToSecretStorage(parts),
    "viaduct.openEnvFile": openEnvFile(parts),
    "viaduct.openSettings": openSettings(),
    "viaduct.openSource": openSource(parts),
    "viaduct.reconnect": reconnect(parts),
    "viaduct.removeAttachment": removeAttachment(parts),
    "viaduct.setPassword": setPassword(parts),
    "viaduct.testConnection": testAttachment(parts),
  };
}
