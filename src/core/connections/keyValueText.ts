import { knownPair, type Pair, type Parsed } from "./connectionPairs";

const notConnection =
  "is neither a URI (postgresql://user@host:5432/database) nor key=value pairs";

/** Key/value pairs (`host=x port=5432`) as libpq reads them: quotes, backslashes, spaces around `=`. */
export function parseKeyValues(text: string): Parsed {
  const pairs: Pair[] = [];
  const reader = new Reader(text);
  while (reader.hasMore()) {
    const keyword = reader.keyword();
    reader.skipSpace();
    if (!reader.take("=")) {
      return {
        problem:
          pairs.length === 0
            ? notConnection
            : `has something behind ${pairs.at(-1)?.keyword ?? ""} that is not of the form key=value`,
      };
    }
    reader.skipSpace();
    const value = reader.value();
    if (value === null) {
      return { problem: "has a quote that is not closed" };
    }
    // A URL of another kind of database has a = in its query.
    if (pairs.length === 0 && keyword.includes("://")) {
      return { problem: notConnection };
    }
    const pair = knownPair(keyword, value, pairs);
    if (typeof pair === "string") {
      return { problem: pair };
    }
    pairs.push(pair);
  }
  return { pairs };
}

/** What C's isspace() says. */
const space = /[ \t\n\v\f\r]/;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Skips space. */
  hasMore(): boolean {
    this.skipSpace();
    return !this.isAtEnd();
  }

  skipSpace(): void {
    while (!this.isAtEnd() && space.test(this.here)) {
      this.at += 1;
    }
  }

  take(character: string): boolean {
    const isHere = this.here === character;
    this.at += isHere ? 1 : 0;
    return isHere;
  }

  keyword(): string {
    const start = this.at;
    while (!this.isAtEnd() && this.here !== "=" && !space.test(this.here)) {
      this.at += 1;
    }
    return this.text.slice(start, this.at);
  }

  /** Null when a quote is not closed. */
  value(): string | null {
    const isQuoted = this.take("'");
    const parts: string[] = [];
    while (!this.isAtEnd()) {
      if (isQuoted ? this.take("'") : space.test(this.here)) {
        return parts.join("");
      }
      // A backslash means the next character, whatever it is; the last one of the text means nothing.
      if (this.take("\\") && this.isAtEnd()) {
        break;
      }
      parts.push(this.here);
      this.at += 1;
    }
    return isQuoted ? null : parts.join("");
  }

  private isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  private get here(): string {
    return this.text[this.at] ?? "";
  }
}
