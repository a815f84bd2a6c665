import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { ViaductError } from "../../core/errors/viaductError";
import type { CatalogInfo } from "../../protocol/catalog";

/** Nothing is attached under this alias. */
export function attachmentMissing(alias: string): ViaductError {
  return new ViaductError({
    class: "attachmentMissing",
    origin: "viaduct",
    message: `No database is attached as ${alias}.`,
    hint: "Attach it from an env file.",
    actions: ["attachFromEnvFile"],
  });
}

/** The engine ended too often to be started again unasked, or its owner is gone. */
export function engineUnavailable(): ViaductError {
  return new ViaductError({
    class: "engineUnavailable",
    origin: "viaduct",
    message: "The engine is not running: it ended several times in a row.",
    hint: "Restart it; the log says why it ended.",
    actions: ["restartEngine", "showLog"],
  });
}

/** An attachment that the engine does not have, as a catalog that says why: `null` while its server is waited for. */
export function unattached(
  { alias, readOnly, options, source }: AttachmentSpec,
  problem: ErrorInfo | null | undefined,
): CatalogInfo {
  return {
    name: alias,
    kind: "postgres",
    readOnly,
    state: problem === null ? "attaching" : "unreachable",
    managed: true,
    detail: "",
    tls: null,
    environment: options?.environment ?? null,
    source: source.kind,
    problem: problem === undefined ? attachmentMissing(alias).info : problem,
  };
}
