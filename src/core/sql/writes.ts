import { lex } from "./lexer";
import { statementKind } from "./statementKind";
import { splitStatements } from "./statements";
import type { Token } from "./token";
import { tokenValue } from "./tokenText";

/** What a statement does to the data of a PostgreSQL server, as far as its text shows. */
export interface ServerIntent {
  /**
   * `session`: it touches no data. `query`: it reads, and the server refuses it in a read-only transaction when a view
   * or a prepared statement writes after all. `write`: everything that is not provably one of these.
   */
  readonly kind: "session" | "query" | "write";
  /** What a person would call it: `DELETE`, `CREATE TABLE`, `SELECT INTO`. */
  readonly verb: string;
  /** Names of the functions that a query calls and that are not known to read, in lower case. */
  readonly functions: readonly string[];
}

/** Statements that change nothing but the session. */
const sessionVerbs: ReadonlySet<string> = new Set(
  "show set reset begin start end abort savepoint release discard deallocate close listen unlisten commit rollback".split(
    " ",
  ),
);
/** Statements of which a read-only transaction shows whether they write. */
const queryVerbs: ReadonlySet<string> = new Set(
  "select values table from with fetch move execute".split(" "),
);
const modifyingVerbs: ReadonlySet<string> = new Set(
  "insert update delete merge".split(" "),
);
/** Words that stand before a bracket and are no function, and the functions that most statements have. */
const harmless: ReadonlySet<string> = new Set(
  (
    "and any all array as between by case coalesce count sum avg min max distinct else except exists extract filter " +
    "from group grouping having in intersect interval is join lateral like limit not nullif numeric decimal varchar " +
    "char on or order over partition row rows select then trim union using values when where with within lower upper " +
    "length round abs now date_trunc to_char concat string_agg array_agg json_agg jsonb_agg unnest generate_series " +
    "pg_sleep greatest least substring replace position overlay cast materialized"
  ).split(" "),
);

/** Functions whose effect outlives a read-only transaction, or that write by their name. */
const effects =
  /\b(?:dblink\w*|nextval|setval|lo_(?:creat|create|from_bytea|import|export|open|put|unlink|truncate(?:64)?)|lowrite|pg_(?:try_)?advisory_\w+|pg_notify|pg_(?:terminate|cancel)_backend|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_create_\w+|pg_drop_\w+|pg_logical_\w+|pg_replication_\w+|pg_(?:wal|backup)_(?:replay_\w+|start|stop)|pg_stat_reset\w*|pg_file_\w+|pg_import_system_collations|pg_set_\w+_stats|pg_(?:clear|restore)_\w+_stats|pg_extension_config_dump)\b/i;

/** The name of a function in a text whose effect a read-only transaction does not hold back; also inside a string. */
export function lastingEffect(sql: string): string | undefined {
  let strings = "";
  for (const token of lex(sql)) {
    if (token.kind === "comment") {
      continue;
    }
    // 'dbl' || 'ink' is put together by the server, also inside of a DO block.
    const value = tokenValue(sql, token).replaceAll(/'\s*\|\|\s*'/g, "");
    const found = effects.exec(value)?.[0];
    if (found !== undefined) {
      return found.toLowerCase();
    }
    if (token.kind.toLowerCase().endsWith("string")) {
      strings += value;
    }
  }
  return effects.exec(strings)?.[0].toLowerCase();
}

/** What a text of one or more statements does in PostgreSQL: the first that writes decides, else the first query. */
export function serverIntent(sql: string): ServerIntent {
  const intents = splitStatements(sql).map(({ text }) =>
    new Reader(text).intent(),
  );
  const queries = intents.filter(({ kind }) => kind === "query");
  const [query] = queries;
  return (
    intents.find(({ kind }) => kind === "write") ??
    (query === undefined
      ? (intents[0] ?? session(""))
      : { ...query, functions: queries.flatMap((one) => one.functions) })
  );
}

/** What a person would call a statement: `DELETE`, `CREATE TABLE`, also behind EXPLAIN ANALYZE and WITH. */
export function verbOf(sql: string): string {
  const behind = statementKind(new Reader(sql).carriedOut());
  return behind.toUpperCase() || "statement";
}

function session(verb: string): ServerIntent {
  return { kind: "session", verb: verb.toUpperCase(), functions: [] };
}

function write(verb: string): ServerIntent {
  return { kind: "write", verb: verb.toUpperCase(), functions: [] };
}

/** Reads one statement by its words. */
class Reader {
  private readonly tokens: readonly Token[];

  constructor(private readonly text: string) {
    this.tokens = lex(text).filter(({ kind }) => kind !== "comment");
  }

  intent(): ServerIntent {
    let first = 0;
    while (this.sign(first) === "(") {
      first++;
    }
    const verb = this.word(first);
    const next = this.word(first + 1);
    if (this.tokens.length === 0) {
      return session("");
    }
    if (verb === "explain") {
      const behind = this.behindExplain();
      return this.analyzes() ? serverIntent(behind) : session(verb);
    }
    if (verb === "prepare" && next !== "transaction") {
      const inner = serverIntent(this.from(this.indexOf("as") + 1));
      // Nothing runs yet, and a query is looked at when it does.
      return inner.kind === "write" ? inner : session(verb);
    }
    if (verb === "declare") {
      return new Reader(this.from(this.indexOf("for") + 1)).intent();
    }
    if (verb === "copy") {
      return this.copy();
    }
    if (sessionVerbs.has(verb) && next !== "prepared") {
      return session(verb);
    }
    return queryVerbs.has(verb) ? this.query(verb) : write(verbOf(this.text));
  }

  /** The statement behind EXPLAIN or PREPARE … AS. */
  carriedOut(): string {
    const isPrepare = this.word(0) === "prepare" && this.indexOf("as") > 0;
    return isPrepare ? this.from(this.indexOf("as") + 1) : this.behindExplain();
  }

  /** The statement behind EXPLAIN and its options; the whole text when it is none. */
  behindExplain(): string {
    if (this.word(0) !== "explain") {
      return this.text;
    }
    let index = 1;
    if (this.sign(index) === "(") {
      index = this.tokens.findIndex((_, at) => this.sign(at) === ")") + 1;
    }
    while (["analyze", "analyse", "verbose"].includes(this.word(index))) {
      index++;
    }
    return this.from(index);
  }

  private analyzes(): boolean {
    const options = this.text.length - this.behindExplain().length;
    return this.tokens.some(
      ({ start, end }) =>
        end <= options && /^analy[sz]e$/i.test(this.text.slice(start, end)),
    );
  }

  /** To a client is reading; to a file or a program of the server's is not, nor is anything that comes in. */
  private copy(): ServerIntent {
    const to = this.outside("to");
    if (to < 0 || this.word(to + 1) !== "stdout") {
      return write("copy");
    }
    return this.sign(1) === "("
      ? new Reader(this.between(1)).intent()
      : { kind: "query", verb: "COPY", functions: [] };
  }

  private query(verb: string): ServerIntent {
    const functions: string[] = [];
    for (const [index] of this.tokens.entries()) {
      const found = this.writesAt(index);
      if (found !== undefined) {
        return write(found);
      }
      const name = this.functionAt(index);
      if (name !== undefined) {
        functions.push(name);
      }
    }
    const effect = lastingEffect(this.text);
    return effect === undefined
      ? { kind: "query", verb: verb.toUpperCase(), functions }
      : write(`${verb} ${effect}()`);
  }

  private writesAt(index: number): string | undefined {
    const word = this.word(index);
    const isBegin = index === 0 || ["(", ")"].includes(this.sign(index - 1));
    if (modifyingVerbs.has(word) && isBegin) {
      return word;
    }
    const next = this.word(index + 1);
    if (word === "for" && ["update", "no", "share", "key"].includes(next)) {
      return `select for ${next === "no" ? "update" : next}`;
    }
    return word === "into" && this.sign(index - 1) !== "."
      ? "select into"
      : undefined;
  }

  private functionAt(index: number): string | undefined {
    const token = this.tokens[index];
    if (
      (token?.kind !== "word" && token?.kind !== "quotedIdentifier") ||
      this.sign(index + 1) !== "("
    ) {
      return undefined;
    }
    const name = tokenValue(this.text, token);
    return token.kind === "word" && harmless.has(name.toLowerCase())
      ? undefined
      : name.toLowerCase();
  }

  /** Where a word stands outside of brackets, or -1. */
  private outside(word: string): number {
    let depth = 0;
    return this.tokens.findIndex((_, index) => {
      const sign = this.sign(index);
      depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
      return depth === 0 && this.word(index) === word;
    });
  }

  /** The text inside of the bracket at `index`. */
  private between(index: number): string {
    const end = this.outside("to");
    const from = this.tokens[index]?.end ?? 0;
    return this.text.slice(from, this.tokens[end - 1]?.start);
  }

  private indexOf(word: string): number {
    return this.tokens.findIndex((_, index) => this.word(index) === word);
  }

  private from(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? "" : this.text.slice(token.start);
  }

  private word(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "word"
      ? this.text.slice(token.start, token.end).toLowerCase()
      : "";
  }

  private sign(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "punctuation" || token?.kind === "operator"
      ? this.text.slice(token.start, token.end)
      : "";
  }
}
