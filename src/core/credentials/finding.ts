import type { RuleId } from "./ruleIds";

/** How much a finding matters; `info` alone does not fail a check. */
export type Severity = "error" | "warning" | "info";

/** UTF-16 offsets into a document, `end` exclusive. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** A credential that was found. Nothing in it holds the value. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  /** Exactly the value. */
  readonly range: OffsetRange;
  /** The value as it may be shown: how it begins and how long it is. Absent where there is no value. */
  readonly masked?: string;
}

/** Where a candidate stands, which decides how it can be rewritten. */
export type Place =
  /** A string literal of its own, in a place where an expression may stand. */
  | "sqlLiteral"
  /** Part of a string literal, a comment or a psql line. */
  | "sqlText"
  /** A whole YAML scalar. */
  | "yamlScalar"
  /** Part of a YAML scalar. */
  | "yamlText"
  | "comment";

/** A value in a position that says credential, before it is known what the value is. Stays within the core. */
export interface Candidate {
  readonly rule: RuleId;
  readonly range: OffsetRange;
  /** What the value reads as, quotes and escapes gone. */
  readonly value: string;
  /** The option, key or variable that the value is given to. */
  readonly key: string;
  readonly place: Place;
  /** Whose credential it is (role, secret, server, target), for the message. */
  readonly subject?: string | undefined;
  /** User name beside the value: the same word twice is a stock default. */
  readonly user?: string | undefined;
  /** Kind of YAML file, which decides how it refers to a variable. */
  readonly fileKind?: string | undefined;
  /** True in a database that nobody else can reach, or that is gone after a run: worth no more than information. */
  readonly isThrowAway?: boolean | undefined;
}

/** What takes candidates. */
export type Report = (candidate: Candidate) => void;
