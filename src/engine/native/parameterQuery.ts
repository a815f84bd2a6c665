import type { EventEmitter } from "node:events";
import type { Client, Connection, Submittable } from "pg";

/** What `pg`'s connection can do that its types do not tell. */
interface Wire extends EventEmitter {
  parse(query: { readonly text: string }): void;
  describe(message: { readonly type: "S"; readonly name: string }): void;
  sync(): void;
}

/** Asks the server what the parameters of a statement are, without running it. */
class ParameterQuery implements Submittable {
  readonly answer: Promise<readonly number[]>;
  private resolve: (oids: readonly number[]) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;
  private oids: readonly number[] = [];
  private wire: Wire | undefined;

  constructor(private readonly text: string) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    this.wire = wire;
    wire.once("parameterDescription", this.handleParameters);
    wire.parse({ text: this.text });
    wire.describe({ type: "S", name: "" });
    wire.sync();
  }

  handleRowDescription(): void {
    // The columns are asked for again when the statement runs.
  }

  handleReadyForQuery(): void {
    this.resolve(this.oids);
  }

  handleError(error: Error): void {
    this.wire?.removeListener("parameterDescription", this.handleParameters);
    this.reject(error);
  }

  private readonly handleParameters = (message: {
    readonly dataTypeIDs: readonly number[];
  }): void => {
    this.oids = message.dataTypeIDs;
  };
}

/** The types that a server expects the parameters of a statement to have, as OIDs, by number. */
export function parameterOids(
  client: Client,
  sql: string,
): Promise<readonly number[]> {
  return client.query(new ParameterQuery(sql)).answer;
}
