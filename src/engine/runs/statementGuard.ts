import { leadingWords } from "../../core/results/commandTag";
import { serverIntent, verbOf } from "../../core/sql/writes";
import { serverCalls, writeTargets } from "../../core/sql/writeTargets";
import type { Attachments } from "../attachments/attachments";
import { StatementType, type Connection } from "../duckdb";
import { explainStatement, isHarmless, type Plan } from "./explained";
import { refuseOwnNames } from "./ownNames";
import type { Parameters } from "./parameters";
import {
  hiddenCalls,
  refuseByParts,
  refuseByPlan,
  refuseByText,
  refuseSending,
  uncheckable,
} from "./readOnlyGuard";
import { watchedDatabases, type Watched } from "./watched";
import type { WriteQuestions } from "./writeQuestions";

/** A database that a statement is about to write to. */
export interface WriteTarget {
  readonly alias: string;
  readonly verb: string;
}

/** What is known of a statement before it runs. */
export interface Examined {
  readonly targets: readonly WriteTarget[];
  /** True: it writes to no database, and can run in the read-only transaction that it was examined in. */
  readonly isReading: boolean;
  /** Null for what DuckDB does not explain. */
  readonly plan: Plan | null;
}

/** What `StatementGuard` is made of. */
interface StatementGuardParts {
  readonly connection: Connection;
  /** Another connection, for a look at what is attached. */
  readonly lookup: Connection;
  readonly attachments: Attachments;
  readonly questions: WriteQuestions;
}

/** Operators of a plan that change a database, where DuckDB does not say which. */
const changingOperators =
  /"name": "(?:PG_|CREATE_(?:TABLE|VIEW|SCHEMA|TYPE|SEQUENCE|INDEX)|DROP|ALTER|MERGE_INTO|EXTENSION)/;

/** Looks at a DuckDB statement before it runs: what it must not do, and where it writes. */
export class StatementGuard {
  constructor(private readonly parts: StatementGuardParts) {}

  /** What there is to guard; null when every statement may run as it is. Throws for what its text gives away. */
  async watch(sql: string): Promise<Watched | null> {
    const { lookup, attachments, questions } = this.parts;
    refuseSending(sql);
    const watched = await watchedDatabases(lookup, attachments);
    refuseByText(sql, watched);
    refuseOwnNames(sql, attachments);
    return watched.readOnly.length > 0 ||
      (questions.isAsked && watched.writable.length > 0)
      ? watched
      : null;
  }

  /** Examines a statement in a read-only transaction: then DuckDB itself says where it would write. */
  async examine(
    sql: string,
    kind: StatementType,
    watched: Watched,
    inUserTransaction: boolean,
    parameters: Parameters,
  ): Promise<Examined> {
    const { plan, modified, failure } = await explainStatement(
      this.parts.connection,
      sql,
      parameters,
    );
    if (watched.readOnly.length > 0) {
      if (plan !== null) {
        refuseByPlan(plan, sql, watched);
      } else if (modified === null && !isHarmless(sql, kind, parameters)) {
        throw failure ?? uncheckable();
      }
    }
    if (!this.parts.questions.isAsked) {
      return { targets: [], isReading: plan !== null, plan };
    }
    const modifies = await this.modified(sql, watched, {
      plan,
      modified,
      inUserTransaction,
    });
    return {
      targets: [
        ...modifies.map((alias) => ({ alias, verb: verbOf(sql) })),
        ...(await this.called(sql, plan, watched)),
      ],
      isReading: plan !== null,
      plan,
    };
  }

  /** The same for a statement that DuckDB takes apart. */
  async examineParts(sql: string, watched: Watched): Promise<Examined> {
    const { connection } = this.parts;
    await refuseByParts(connection, sql, watched);
    const targets = writeTargets(sql, {
      aliases: watched.writable,
      current: await this.current(),
    });
    return {
      targets: [
        ...targets.map((alias) => ({ alias, verb: verbOf(sql) })),
        ...(await this.called(sql, null, watched)),
      ],
      isReading: false,
      plan: null,
    };
  }

  private async modified(
    sql: string,
    { writable }: Watched,
    found: {
      readonly plan: Plan | null;
      readonly modified: string | null;
      readonly inUserTransaction: boolean;
    },
  ): Promise<string[]> {
    const isOnlyExplained =
      leadingWords(sql, 1)[0] === "EXPLAIN" &&
      serverIntent(sql).kind === "session";
    if (isOnlyExplained) {
      return [];
    }
    if (found.modified !== null) {
      return writable.filter((alias) => alias === found.modified);
    }
    if (found.plan !== null && !found.inUserTransaction) {
      return [];
    }
    const text = found.plan?.flat().join("\n");
    if (text !== undefined && !changingOperators.test(text)) {
      return [];
    }
    // In a transaction of the user's, or of what is not explained, the text alone tells.
    const current = await this.current();
    return writeTargets(sql, { aliases: writable, current });
  }

  /** What statements say to servers through `postgres_execute` and `postgres_query`. */
  private async called(
    sql: string,
    plan: Plan | null,
    { writable }: Watched,
  ): Promise<WriteTarget[]> {
    const targets: WriteTarget[] = [];
    const calls = serverCalls(sql);
    for (const { name, alias, sql: inner } of calls) {
      const aliases = writable.filter(
        (one) =>
          alias === undefined || one.toLowerCase() === alias.toLowerCase(),
      );
      const verb = inner === undefined ? name : null;
      for (const one of aliases) {
        const writes = verb ?? (await this.writes(one, inner ?? ""));
        if (writes !== null) {
          targets.push({ alias: one, verb: writes });
        }
      }
    }
    for (const name of ["postgres_execute", "postgres_query"] as const) {
      const direct = calls.filter((call) => call.name === name).length;
      if (hiddenCalls(plan ?? [], name.toUpperCase()) > direct) {
        targets.push(...writable.map((alias) => ({ alias, verb: name })));
      }
    }
    return targets;
  }

  private async writes(alias: string, inner: string): Promise<string | null> {
    const { kind, verb, functions } = serverIntent(inner);
    if (kind === "write") {
      return verb;
    }
    const [writing] = await this.parts.questions.writing(alias, functions);
    return writing === undefined ? null : `${verb} ${writing}()`;
  }

  private async current(): Promise<string> {
    const rows = await this.parts.connection
      .rows("SELECT current_database()")
      .catch(() => []);
    return rows[0]?.[0] ?? "";
  }
}
