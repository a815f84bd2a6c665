import { missingExtension } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { Extensions } from "../extensions/extensions";
import type { ActiveRun } from "./activeRun";
import type { Servers } from "./servers";
import type { StatementRecorder } from "./statementRecorder";

/** The statement that has failed for a need. */
interface Needing {
  readonly recorder: StatementRecorder;
  readonly run: ActiveRun;
  /** In a transaction of the user's, which the error has ended. */
  readonly inUserTransaction: boolean;
}

/** Fetches what a statement needs and has neither named nor loaded, as far as that is on this machine. */
export class Needs {
  constructor(
    private readonly servers: Servers,
    private readonly extensions: Pick<Extensions, "ensure">,
  ) {}

  /** True when the statement can be run again. Throws why it still could not, where that says more than its error. */
  async fetch(error: ErrorInfo, needing: Needing): Promise<boolean> {
    const name = missingExtension(error);
    const isFetched =
      name === null
        ? await this.servers.fetchMissing(error, needing.run)
        : await this.load(name, error, needing);
    return isFetched && !needing.inUserTransaction;
  }

  /** What would have to be downloaded waits for consent: the error says what, and from where. */
  private async load(
    name: string,
    { position }: ErrorInfo,
    { recorder, inUserTransaction }: Needing,
  ): Promise<true> {
    const how = await this.extensions.ensure(name).catch((cause: unknown) => {
      throw new ViaductError({
        ...toErrorInfo(cause),
        ...(position === undefined ? {} : { position }),
      });
    });
    const done = `${how === "installed" ? "installed and " : ""}loaded`;
    const next = inUserTransaction
      ? "The transaction has failed meanwhile: ROLLBACK, and run it again."
      : "The statement was run again.";
    recorder.notice({
      severity: inUserTransaction ? "WARNING" : "INFO",
      message: `The statement needs the DuckDB extension "${name}", which is on this machine and was ${done}. ${next}`,
    });
    return true;
  }
}
