import { databaseWrittenTo } from "../../core/errors/classifyDuckdb";
import type { Cell } from "../../core/results/result";
import { leadingWords } from "../../core/results/commandTag";
import { lex } from "../../core/sql/lexer";
import { serverIntent, verbOf } from "../../core/sql/writes";
import { serverCalls, writeTargets } from "../../core/sql/writeTargets";
import type { Attachments } from "../attachments/attachments";
import { StatementType, type Connection } from "../duckdb";
import { refuseOwnNames } from "./ownNames";
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

type Plan = readonly (readonly Cell[])[];

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

/** Kinds that read what cannot be explained; each of the others shows its plan, or runs nothing that it reads. */
const opaque: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
  StatementType.COPY,
  StatementType.EXPLAIN,
  StatementType.EXECUTE,
  StatementType.CALL,
]);

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
  ): Promise<Examined> {
    const { plan, modified } = await this.explain(sql);
    if (watched.readOnly.length > 0) {
      if (plan !== null) {
        refuseByPlan(plan, sql, watched);
      } else if (modified === null && !this.isHarmless(sql, kind)) {
        throw uncheckable();
      }
    }
    if (!this.parts.questions.isAsked) {
      return { targets: [], isReading: plan !== null };
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
    };
  }

  private async explain(
    sql: string,
  ): Promise<{ readonly plan: Plan | null; readonly modified: string | null }> {
    try {
      const plan = await this.parts.connection
        // Prepared, because a text of several statements would be run to its end.
        .preparedRows(`EXPLAIN (FORMAT json) ${explainable(sql)}`);
      return { plan, modified: null };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { plan: null, modified: databaseWrittenTo(message) };
    }
  }

  /** What is not explained and still cannot call a function on a server, or fails by itself. */
  private isHarmless(sql: string, kind: StatementType): boolean {
    const [verb, name = ""] = leadingWords(sql, 2);
    if (verb === "PRAGMA") {
      return !/EXECUTE|IMPORT/.test(name);
    }
    return (
      !opaque.has(kind) || lex(sql).some((token) => token.kind === "parameter")
    );
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

/** The part of a statement that EXPLAIN takes: of EXPLAIN ANALYZE, PREPARE … AS and CALL what is behind these words. */
function explainable(sql: string): string {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const word = (index: number): string => {
    const token = tokens[index];
    return token === undefined
      ? ""
      : sql.slice(token.start, token.end).toUpperCase();
  };
  const from = (index: number): string => sql.slice(tokens[index]?.start ?? 0);
  switch (word(0)) {
    case "CALL":
      return `FROM ${from(1)}`;
    case "PREPARE": {
      const as = tokens.findIndex((_, index) => word(index) === "AS");
      return as < 0 ? sql : from(as + 1);
    }
    case "EXPLAIN": {
      let index = word(1) === "ANALYZE" ? 2 : 1;
      if (word(index) === "(") {
        index = tokens.findIndex((_, at) => at > index && word(at) === ")") + 1;
      }
      return from(index);
    }
    default:
      return sql;
  }
}
