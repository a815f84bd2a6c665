import { lex } from "./lexer";
import type { Token } from "./token";
import { tokenValue } from "./tokenText";

/** What a DuckDB statement may write to, as far as its text shows; all of `aliases` where it does not. */
export interface CatalogNames {
  /** The catalogs that it is about. */
  readonly aliases: readonly string[];
  /** The catalog of unqualified names. */
  readonly current: string;
}

/** A call of `postgres_execute` or `postgres_query` whose arguments stand in the text. */
export interface ServerCall {
  readonly name: "postgres_execute" | "postgres_query";
  /** The catalog; undefined when it is no constant. */
  readonly alias: string | undefined;
  /** What the server gets; undefined when it is no constant. */
  readonly sql: string | undefined;
}

/** Words between the verb and the name of what it works on. */
const fillers: ReadonlySet<string> = new Set(
  (
    "into from table view index schema type sequence macro function or replace ignore if not exists only temp " +
    "temporary unique materialized column on recursive"
  ).split(" "),
);
/** Statements that name what they change. */
const changing: ReadonlySet<string> = new Set(
  "insert update delete merge truncate create drop alter comment".split(" "),
);
/** Statements that write nothing themselves. */
const reading: ReadonlySet<string> = new Set(
  (
    "select from values table with show describe desc summarize explain set reset use prepare deallocate begin start " +
    "commit rollback abort end attach detach load install pragma checkpoint force export call vacuum analyze pivot unpivot"
  ).split(" "),
);

/** The calls that send SQL of the user's to a server, outside of strings. */
export function serverCalls(sql: string): ServerCall[] {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const text = (index: number): string => {
    const token = tokens[index];
    return token === undefined ? "" : sql.slice(token.start, token.end);
  };
  /** The constant that is a whole argument. */
  const argument = (index: number): string | undefined => {
    const token = tokens[index];
    return token !== undefined &&
      isText(token) &&
      /^[,)]$/.test(text(index + 1))
      ? tokenValue(sql, token)
      : undefined;
  };
  return tokens.flatMap((token, index): ServerCall[] => {
    const name = tokenValue(sql, token).toLowerCase();
    const isCall =
      (token.kind === "word" || token.kind === "quotedIdentifier") &&
      (name === "postgres_execute" || name === "postgres_query") &&
      text(index + 1) === "(";
    return isCall
      ? [{ name, alias: argument(index + 2), sql: argument(index + 4) }]
      : [];
  });
}

/** The catalogs of `names` that a DuckDB statement writes to. It is read by its text alone: in doubt, all of them. */
export function writeTargets(sql: string, names: CatalogNames): string[] {
  return new Target(sql, names).find();
}

function isText({ kind }: Token): boolean {
  return (
    kind === "string" || kind === "escapeString" || kind === "dollarString"
  );
}

class Target {
  private readonly tokens: readonly Token[];

  constructor(
    private readonly text: string,
    private readonly names: CatalogNames,
  ) {
    this.tokens = lex(text).filter(({ kind }) => kind !== "comment");
  }

  find(): string[] {
    let verb = this.verbIndex(0);
    if (this.word(verb) === "explain") {
      const analyze = this.tokens.findIndex(
        (_, index) => this.word(index) === "analyze",
      );
      if (analyze < 0) {
        return [];
      }
      verb = this.verbIndex(
        this.sign(analyze + 1) === ")" ? analyze + 2 : analyze + 1,
      );
    }
    if (this.word(verb) === "copy") {
      return this.copy(verb);
    }
    if (
      this.tokens.length === 0 ||
      this.sign(verb) === "(" ||
      reading.has(this.word(verb))
    ) {
      return [];
    }
    return changing.has(this.word(verb))
      ? this.named(this.skip(verb))
      : [...this.names.aliases];
  }

  /** The verb; behind WITH it is the first one outside of brackets that is not a name of the WITH. */
  private verbIndex(from: number): number {
    if (this.word(from) !== "with") {
      return from;
    }
    let depth = 0;
    for (let index = from; index < this.tokens.length; index++) {
      depth += this.sign(index) === "(" ? 1 : this.sign(index) === ")" ? -1 : 0;
      if (
        depth === 0 &&
        /^(?:insert|update|delete|merge|select|from)$/.test(this.word(index))
      ) {
        return index;
      }
    }
    return from;
  }

  private copy(verb: number): string[] {
    if (this.word(verb + 1) === "from" && this.word(verb + 2) === "database") {
      const to = this.tokens.findIndex((_, index) => this.word(index) === "to");
      return this.named(to + 1);
    }
    if (this.sign(verb + 1) === "(") {
      return [];
    }
    const words = this.tokens.map((_, index) => this.word(index));
    return words.includes("from") ? this.named(verb + 1) : [];
  }

  /** Where the name of what is written to begins: behind ON for an index and a comment. */
  private skip(verb: number): number {
    const on = this.tokens.findIndex((_, index) => this.word(index) === "on");
    const isIndex = this.tokens
      .slice(verb, verb + 4)
      .some((_, index) => this.word(verb + index) === "index");
    let index =
      on >= 0 &&
      ((this.word(verb) === "create" && isIndex) ||
        this.word(verb) === "comment")
        ? on + 1
        : verb + 1;
    while (fillers.has(this.word(index))) {
      index++;
    }
    return index;
  }

  /** The catalogs of the name at `index`, and of those that follow it after commas. */
  private named(index: number): string[] {
    const found = new Set<string>();
    let at = index;
    for (;;) {
      const parts: string[] = [];
      for (let token = this.tokens[at]; ; token = this.tokens[at]) {
        if (token?.kind !== "word" && token?.kind !== "quotedIdentifier") {
          return [...this.names.aliases];
        }
        parts.push(tokenValue(this.text, token));
        at++;
        if (this.sign(at) !== ".") {
          break;
        }
        at++;
      }
      for (const alias of this.catalogsOf(parts)) {
        found.add(alias);
      }
      if (this.sign(at) !== ",") {
        return [...found];
      }
      at++;
    }
  }

  private catalogsOf(parts: readonly string[]): string[] {
    const { aliases, current } = this.names;
    const first = parts[0]?.toLowerCase();
    const own = aliases.filter((alias) => alias.toLowerCase() === first);
    if (own.length > 0) {
      // A lone name may be a table of the current catalog, or a catalog or schema: both count.
      return parts.length > 1 ? own : [...own, ...this.inCurrent(current)];
    }
    return parts.length > 2 ? [] : this.inCurrent(current);
  }

  private inCurrent(current: string): string[] {
    return this.names.aliases.filter(
      (alias) => alias.toLowerCase() === current.toLowerCase(),
    );
  }

  private word(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "word"
      ? this.text.slice(token.start, token.end).toLowerCase()
      : "";
  }

  private sign(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "punctuation"
      ? this.text.slice(token.start, token.end)
      : "";
  }
}
