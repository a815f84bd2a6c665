import type { Candidate, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { documentRegion, type Region } from "../region";
import { isPassFile, readCommands, readSql, schemeSecrets } from "./commands";
import { fileSecrets } from "./fileTexts";
import { reportFound } from "./found";
import { mayHoldOther } from "./hints";
import { isOtherText } from "./otherText";
import {
  assignmentIn,
  isMostlyKeys,
  readConnections,
  readMembers,
  readSlashed,
  type Assignment,
} from "./textReaders";

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

  private knownAssignment: Assignment | null | undefined;
  private knownMembers: Candidates | undefined;
  private knownKeyed: Candidates | undefined;
  private knownWords: boolean | undefined;
  private knownFile: boolean | undefined;
  private knownLines: boolean | undefined;
  private knownFlow: boolean | undefined;

  constructor(readonly text: string) {}

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

  /** `NAME=value` of a credential's name, when it is that and nothing else. */
  get assignment(): Assignment | null {
    if (this.knownAssignment === undefined) {
      this.knownAssignment = assignmentIn(this.text);
    }
    return this.knownAssignment;
  }

  /** Members of JSON within something else. */
  get members(): Candidates {
    return (this.knownMembers ??= this.found((whole, report) => {
      readMembers(whole, false, report);
    }));
  }

  /** The same in what has a credential's name. */
  get keyedMembers(): Candidates {
    return (this.knownKeyed ??= this.found((whole, report) => {
      readMembers(whole, true, report);
    }));
  }

  /** True for more than one word. */
  get hasWords(): boolean {
    return (this.knownWords ??=
      /[\s=]/.test(this.text) || isPassFile(this.text));
  }

  /** True for a file by its form, whatever the scalar is. */
  get isFile(): boolean {
    return (this.knownFile ??= /\n|<\//.test(this.text));
  }

  /** True for lines with keys of their own, or a flow collection. */
  get hasKeys(): boolean {
    return (this.knownLines ??=
      /^[^\S\n\r\u2028\u2029]*(?:- +)?["']?[\w.-]+["']?\s*:(?:\s|$)/m.test(
        this.text,
      ) || /^\s*[[{]/.test(this.text));
  }

  /** True for a flow collection with quoted keys: JSON. */
  get isJson(): boolean {
    return (this.knownFlow ??= /^\s*[[{][^]*["'][\w.-]+["']\s*:/.test(
      this.text,
    ));
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
