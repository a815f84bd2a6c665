import type { Client } from "pg";
import { aboutAttachment } from "../../core/connections/attachmentError";
import {
  isLoopback,
  serverPlaces,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import type {
  AttachmentFacts,
  ConnectionFacts,
  Fact,
  PoolFact,
} from "../../core/doctor/facts";
import type { WantedAttachment } from "../../core/doctor/report";
import { connectionTest } from "../../core/doctor/queries";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { quoteLiteral } from "../../core/sql/quote";
import type { Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import type { Duckdb } from "../duckdb";
import { hostCatalog } from "../database";
import type { EnvironmentFiles } from "../environment";
import { openClient } from "../native/connect";
import type { ConnectionSources } from "../sources/connectionSources";
import { look, mapFact } from "./look";
import { destroy, ServerLook } from "./serverFacts";
import { duckdbRows } from "./sessionFacts";
import { sourceFileFact } from "./sourceFileFact";

/** What is needed to look at an attachment. */
export interface AttachmentSubjects {
  readonly attachments: Attachments;
  readonly sources: ConnectionSources;
  readonly files: EnvironmentFiles;
  readonly limits: LimitsFor;
  readonly instance: Duckdb;
}

/** The doctor does not wait longer for a server, whatever an attachment's own limit is. */
export const longestConnectSeconds = 10;

/** Looks at one attachment: its source, its server, and what DuckDB has of it. */
export class AttachmentLook {
  constructor(
    private readonly parts: AttachmentSubjects,
    private readonly request: WantedAttachment,
  ) {}

  async facts(): Promise<AttachmentFacts> {
    const { request, parts } = this;
    const known = parts.attachments.get(request.alias);
    const values = await look("The source", () => this.read());
    // What it was attached with shows the server, also where the source has gone since.
    const usable = values.ok ? values.value : known?.values;
    const limits = parts.limits("run", request);
    return {
      alias: request.alias,
      readOnly: request.readOnly,
      source: request.source,
      file: await sourceFileFact(request.source, parts.files),
      asked: limits,
      values: mapFact(about(values, request), (found) => ({
        host: found.host,
        isLoopback: serverPlaces(found).every(({ host, hostaddr }) =>
          isLoopback(hostaddr === "" ? host : hostaddr),
        ),
        sslmode: found.sslmode,
      })),
      problem: known === undefined ? this.unattached() : known.problem,
      connection:
        usable === undefined
          ? {
              ok: false,
              problem: viaductError(
                "connectionInvalid",
                "Its connection values are not known.",
                { actions: [], hint: "Mend the source first." },
              ).info,
            }
          : await this.connection(usable, known?.problem === null),
    };
  }

  /** Why it is not attached, as whoever has tried it knows. */
  private unattached(): ErrorInfo {
    const { request, parts } = this;
    const { attempts } = parts.attachments;
    if (attempts.isBusy(request.alias)) {
      return viaductError(
        "connectTimeout",
        "It is still being attached: its server has not answered so far.",
        { hint: "Run the doctor again when that has ended.", actions: [] },
      ).info;
    }
    return (
      request.problem ??
      attempts.failureOf(request.alias) ??
      viaductError("attachmentMissing", "Nothing has attached it yet.", {
        hint: "Reconnect it.",
      }).info
    );
  }

  /** A password that was asked for is only with the values of the attachment. */
  private async read(): Promise<ConnectionValues> {
    const { attachments, sources } = this.parts;
    const { request } = this;
    const known = attachments.get(request.alias);
    return request.options?.password !== undefined &&
      request.password === undefined &&
      known !== undefined
      ? known.values
      : sources.read(request);
  }

  private async connection(
    values: ConnectionValues,
    isAttached: boolean,
  ): Promise<Fact<ConnectionFacts>> {
    const { limits } = this.parts;
    const asked = limits("control", this.request);
    const seconds =
      asked.connectTimeoutSeconds > 0
        ? Math.min(asked.connectTimeoutSeconds, longestConnectSeconds)
        : longestConnectSeconds;
    const begin = performance.now();
    const opening = openClient(values, {
      ...asked,
      connectTimeoutSeconds: seconds,
    });
    const opened = await look(
      "The server",
      () => opening,
      () => {
        opening.then(destroy, () => undefined);
      },
      (seconds + 2) * 1000,
    );
    const connectMs = performance.now() - begin;
    if (!opened.ok) {
      return about(opened, this.request);
    }
    try {
      return {
        ok: true,
        value: {
          connectMs,
          ...(await this.seen(opened.value)),
          ...(await this.throughDuckdb(isAttached)),
        },
      };
    } finally {
      await closed(opened.value);
    }
  }

  private seen(client: Client) {
    const names = (["run", "catalog", "control", "native"] as const).map(
      (purpose) => this.parts.limits(purpose, this.request).applicationName,
    );
    const schemas = this.request.options?.schemas ?? [];
    return new ServerLook(client, schemas, [...new Set(names)]).facts();
  }

  /** The way that hybrid queries go; on a connection of its own, which a server that hangs cannot take from the others. */
  private async throughDuckdb(
    isAttached: boolean,
  ): Promise<Pick<ConnectionFacts, "throughDuckdb" | "pool">> {
    if (!isAttached) {
      return { throughDuckdb: null, pool: null };
    }
    const { alias } = this.request;
    const connection = await this.parts.instance.connect();
    try {
      await connection.run(`USE ${hostCatalog}`);
      const test = await duckdbRows(
        connection,
        "The connection test",
        connectionTest(alias),
      );
      const pool = await duckdbRows(
        connection,
        "DuckDB's pool",
        `SELECT max_connections::VARCHAR, available_connections::VARCHAR, acquire_mode,
           wait_timeout_millis::VARCHAR, try_failures::VARCHAR
         FROM postgres_configure_pool() WHERE lower(catalog_name) = lower(${quoteLiteral(alias)})`,
      );
      return { throughDuckdb: mapFact(test, () => null), pool: poolOf(pool) };
    } finally {
      // A server that says nothing has been waited for.
      void connection.close();
    }
  }
}

/** The same with what can be done about it, where it could not be seen. */
function about<T>(fact: Fact<T>, request: WantedAttachment): Fact<T> {
  return fact.ok
    ? fact
    : { ok: false, problem: aboutAttachment(fact.problem, request) };
}

function poolOf(
  fact: Fact<readonly (readonly (string | null)[])[]>,
): Fact<PoolFact> | null {
  if (!fact.ok) {
    return fact;
  }
  const [row] = fact.value;
  return row === undefined
    ? null
    : {
        ok: true,
        value: {
          max: Number(row[0]),
          available: Number(row[1]),
          acquireMode: row[2] ?? "",
          waitMs: Number(row[3]),
          failures: Number(row[4]),
        },
      };
}

/** Ends a connection; one that hangs is not waited for. */
async function closed(client: Client): Promise<void> {
  const ended = await look("The end", () => client.end(), undefined, 1_000);
  if (!ended.ok) {
    destroy(client);
  }
}
