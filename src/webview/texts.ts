import type {
  ErrorAction,
  ErrorClass,
  ErrorInfo,
} from "../core/errors/errorInfo";
import type { RunView, StatementView } from "../protocol/panel";
import type { IconName } from "./icons";

/** How something is to be looked at: colour and icon follow it. */
export type Tone = "success" | "warning" | "error" | "active" | "quiet";

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 row`, `1,234 rows`. */
export function counted(
  value: number,
  noun: string,
  several = `${noun}s`,
): string {
  return `${count(value)} ${value === 1 ? noun : several}`;
}

/** A duration in the unit that a person would say it in. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A running clock: tenths of a second, so that it is seen to run. */
export function clock(ms: number): string {
  return ms < 59_950
    ? `${(Math.max(0, ms) / 1000).toFixed(1)} s`
    : duration(ms);
}

/** Where a run goes, in words. */
export function targetText(run: RunView): string {
  return run.native ? `natively on ${run.target}` : "DuckDB (hybrid)";
}

/** The rows of a statement, whether it still runs or has ended. */
export function rowsOf(
  statement: StatementView,
): NonNullable<StatementView["result"]> | null {
  const { result, outcome } = statement;
  if (outcome === null || outcome.resultId === null) return result;
  const { resultId, columns, rowCount, timeZone = null } = outcome;
  return { resultId, columns, rowCount, timeZone };
}

/** Whether the rows are all that there are. Only the engine's proof makes a result complete. */
export function completeness(
  statement: StatementView,
): "complete" | "incomplete" | "unfinished" {
  if (statement.outcome === null) return "unfinished";
  return statement.outcome.complete && statement.state === "succeeded"
    ? "complete"
    : "incomplete";
}

/** Tone and icon of a statement's state. */
export function look(statement: StatementView): {
  readonly tone: Tone;
  readonly icon: IconName;
} {
  switch (statement.state) {
    case "waiting":
      return { tone: "quiet", icon: "waiting" };
    case "notRun":
      return { tone: "quiet", icon: "cancelled" };
    case "running":
      return { tone: "active", icon: "running" };
    case "failed":
      return { tone: "error", icon: "error" };
    case "cancelled":
      return { tone: "warning", icon: "cancelled" };
    case "succeeded":
      return rowsOf(statement) !== null &&
        completeness(statement) === "incomplete"
        ? { tone: "warning", icon: "warning" }
        : { tone: "success", icon: "check" };
  }
}

/** What a tab says about its statement. */
export function summary(statement: StatementView): string {
  const rows = rowsOf(statement);
  switch (statement.state) {
    case "waiting":
      return "waiting";
    case "notRun":
      return "not run";
    case "running":
      return rows === null ? "running" : counted(rows.rowCount, "row");
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
    case "succeeded":
      if (rows !== null) return counted(rows.rowCount, "row");
      return statement.outcome?.commandTag ?? "done";
  }
}

/** One sentence for a screen reader when a statement has ended. */
export function endSentence(run: RunView, statement: StatementView): string {
  const which =
    run.statements.length > 1
      ? `Statement ${statement.index + 1} of ${run.statements.length}`
      : "The statement";
  const rows = rowsOf(statement);
  const error = statement.outcome?.error;
  if (statement.state === "failed") {
    return `${which} failed. ${error?.message ?? ""}`.trim();
  }
  if (statement.state === "cancelled") {
    const kept = rows === null ? "" : `, ${counted(rows.rowCount, "row")} kept`;
    return `${which} was cancelled${kept}; the result is incomplete.`;
  }
  if (rows === null) return `${which} succeeded: ${summary(statement)}.`;
  return `${which} returned ${counted(rows.rowCount, "row")}, ${completeness(statement)}.`;
}

/** What an error is called. */
export function errorTitle(error: ErrorInfo): string {
  return errorTitles[error.class];
}

/** What a button says that offers an action. */
export function actionLabel(action: ErrorAction): string {
  return actionLabels[action];
}

const actionLabels: Readonly<Record<ErrorAction, string>> = {
  openEnvFile: "Open Env File",
  openProfile: "Open profiles.yml",
  openServiceFile: "Open Service File",
  enterPassword: "Enter Password…",
  editAttachment: "Edit Attachment…",
  chooseSslMode: "Choose TLS Mode…",
  openSettings: "Open Settings",
  runDoctor: "Run Doctor",
  reconnect: "Reconnect",
  retry: "Run Again",
  installExtension: "Install Extension",
  chooseDatabase: "Choose Database…",
  restartEngine: "Restart Engine",
  attachWithWrites: "Attach with Writes…",
  attachFromEnvFile: "Attach from Env File…",
  goToError: "Go to Error",
  showLog: "Show Log",
};

const errorTitles: Readonly<Record<ErrorClass, string>> = {
  envFileMissing: "Env file not found",
  envFileInvalid: "Env file not valid",
  variableMissing: "Variable missing",
  profileMissing: "dbt profile not found",
  profileInvalid: "dbt profile not valid",
  serviceMissing: "Service not found",
  serviceInvalid: "Service file not valid",
  connectionInvalid: "Connection not valid",
  passwordMissing: "Password missing",
  authenticationFailed: "Sign-in refused",
  hostUnknown: "Host unknown",
  connectionRefused: "Connection refused",
  connectTimeout: "No answer from the server",
  connectionLost: "Connection lost",
  databaseMissing: "Database not found",
  tlsRefused: "Encryption refused",
  tlsUnverified: "Server identity not verified",
  attachmentMissing: "Not attached",
  aliasInvalid: "Alias not valid",
  extensionMissing: "Extension missing",
  extensionInvalid: "Extension not valid",
  extensionDownload: "Extension not downloaded",
  databaseLocked: "Database file locked",
  databaseInvalid: "Database file not valid",
  syntax: "Syntax error",
  catalog: "Name not found",
  binder: "Statement not valid",
  conversion: "Value not convertible",
  constraint: "Constraint violated",
  permission: "Permission denied",
  readOnly: "Read-only",
  writeRefused: "Write not confirmed",
  outOfMemory: "Out of memory",
  diskFull: "Disk full",
  statementTimeout: "Statement timed out",
  cancelled: "Cancelled",
  incomplete: "Result incomplete",
  getenvRefused: "getenv() refused",
  credentialExposed: "Refused: a password would be readable",
  engineCrashed: "Engine crashed",
  engineUnavailable: "Engine not available",
  resultGone: "Result no longer available",
  unknown: "Error",
};
