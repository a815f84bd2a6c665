import {
  connectionSecrets,
  isExplainedLogin,
  type ConnectionSecret,
} from "../connectionText";
import type { Candidate, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { documentRegion, regionRange, subRegion, type Region } from "../region";
import { readCommands, readSql, schemeSecrets } from "./commands";
import { fileSecrets } from "./fileTexts";
import { reportFound } from "./found";
import { mayHoldOther } from "./hints";
import { isOtherText } from "./otherText";

type Candidates = readonly Candidate[];

/** What the text of a scalar is and holds by itself, found out when it is asked for; ranges are the text's own. */
export class TextFacts {
  private knownHold: boolean | undefined;
  private knownOther: boolean | undefined;
  private knownKeys: boolean | undefined;
  private knownConnections: Candidates | undefined;
  private knownSchemes: Candidates | undefined;
  private knownCommands: Candidates | undefined;
  private knownFiles: Candidates | undefined;
  private knownStatements: Candidates | undefined;

  constructor(private readonly text: string) {}

  /** False when there is nothing in it. */
  get mayHold(): boolean {
    return (this.knownHold ??=
      mayHoldCredential(this.text) || mayHoldOther(this.text));
  }

  /** True when it says itself that it is no credential. */
  get isOther(): boolean {
    return (this.knownOther ??= isOtherText(this.text));
  }

  /** True for a file of keys, in YAML or the like. */
  get isMostlyKeys(): boolean {
    return (this.knownKeys ??= isMostlyKeys(this.text));
  }

  /** Logins in URLs and connection strings. */
  get connections(): Candidates {
    return (this.knownConnections ??= this.found((whole, report) => {
      readConnections(whole, report);
      readSlashed(whole, report);
    }));
  }

  /** What is behind the name of a scheme, as in the header of a request. */
  get schemes(): Candidates {
    return (this.knownSchemes ??= this.found((whole, report) => {
      if (/\b(?:basic|bearer)\s/i.test(whole.text)) {
        reportFound(whole, "CY211", schemeSecrets(whole.text), report);
      }
    }));
  }

  /** What commands are given. */
  get commands(): Candidates {
    return (this.knownCommands ??= this.found(readCommands));
  }

  /** The properties of the file that it is. */
  get files(): Candidates {
    return (this.knownFiles ??= this.found((whole, report) => {
      for (const { isComment, ...found } of fileSecrets(whole.text)) {
        reportFound(whole, isComment ? "CS112" : "CY210", [found], report);
      }
    }));
  }

  /** What SQL in it holds. */
  get statements(): Candidates {
    return (this.knownStatements ??= this.found(readSql));
  }

  private found(read: (whole: Region, report: Report) => void): Candidates {
    const found: Candidate[] = [];
    read(documentRegion(this.text), (candidate) => {
      found.push(candidate);
    });
    return found.length === 0 ? nothing : found;
  }
}

const nothing: Candidates = [];

/** Longer texts are hardly there twice. */
const longestKnown = 300;

/** So many are kept. */
const mostKnown = 5000;

/** What the texts of a file's scalars are: jobs repeat their steps, and services their settings. */
export class Texts {
  private readonly known = new Map<string, TextFacts>();

  of(text: string): TextFacts {
    if (text.length > longestKnown) {
      return new TextFacts(text);
    }
    let facts = this.known.get(text);
    if (facts === undefined) {
      facts = new TextFacts(text);
      if (this.known.size < mostKnown) {
        this.known.set(text, facts);
      }
    }
    return facts;
  }
}

const keyLine = /^\s*(?:- +)?(?:["']?[\w.$/-]+["']?\s*:(?:\s|$)|- )/;

function isMostlyKeys(text: string): boolean {
  if (!text.includes("\n")) {
    return false;
  }
  const lines = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => /^\s*[^\s#]/.test(line));
  return lines.filter((line) => keyLine.test(line)).length > lines.length * 0.7;
}

function readConnections(whole: Region, report: Report): void {
  const { text } = whole;
  // Of code each line is read on its own: what one gives to a function is no companion of what another does.
  if (text.includes("\n") && /[(){}]/.test(text)) {
    for (const match of text.matchAll(/[^\n]+/g)) {
      const range = { start: match.index, end: match.index + match[0].length };
      readLogin(subRegion(whole, range), report);
    }
  } else {
    readLogin(whole, report);
  }
}

function readLogin(whole: Region, report: Report): void {
  const isShell = /\s--?[a-z]|^[A-Z_]+=/.test(whole.text);
  for (const secret of connectionSecrets(whole.text)) {
    const { form, key, user, value } = secret;
    const fallback = /^\$\{(\w+):?-([^{}]+)\}$/.exec(value);
    if (form === "url" && fallback !== null) {
      const [, name = "", literal = ""] = fallback;
      const end = secret.range.end - 1;
      const range = { start: end - literal.length, end };
      reportFound(
        whole,
        "CY204",
        [{ range, value: literal, key: name }],
        report,
      );
    }
    const isOther =
      isShell ||
      /[[({]$/.test(value) ||
      isOfStatement(whole.text, secret.range.start);
    // `password=get(` calls for one.
    if (form === "url" || !isOther) {
      report({
        rule: form === "url" ? "CY208" : "CY209",
        range: regionRange(whole, secret.range),
        value,
        key: form === "url" ? loginKey(whole.text, secret) : key,
        user,
        place: "yamlText",
      });
    }
  }
}

/** `UPDATE t SET password = 'x'`: the rules for SQL say what that is. */
function isOfStatement(text: string, start: number): boolean {
  return (
    /\s=\s*'?$/.test(text.slice(Math.max(0, start - 6), start)) &&
    /\b(?:update\s+\S+\s+set|insert\s+into|select|where)\s/i.test(text)
  );
}

/** A word for a password that is one: `postgres:password@db`. */
function loginKey(
  text: string,
  { key, range, user }: ConnectionSecret,
): string {
  const isExplained = isExplainedLogin(user, text.slice(range.end));
  return isExplained ? key : `${user} ${key}`;
}

/** Neo4j's `neo4j/x`. */
function readSlashed(whole: Region, report: Report): void {
  const match = /^(?:NEO4J_AUTH=)?neo4j\/([^\s@"'/]+)(?:@|$)/d.exec(whole.text);
  const [start, end] = match?.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) {
    const value = whole.text.slice(start, end);
    const found = { range: { start, end }, value, key: "password" };
    reportFound(whole, "CY209", [found], report);
  }
}
