import type { Anchor } from "./anchor";
import { JoinedStrings } from "./joinedString";
import { passphraseCommand, type StringUse } from "./stringText";
import type { SqlView } from "./view";

const connectionCalls =
  /^(?:dblink\w*|postgres_\w+|mysql_\w+|opendatasource|openrowset|pg_connect|sqlite_\w+|odbc_\w+|pg_dist_authinfo)$/;

/** COPY … FROM PROGRAM, ALTER SYSTEM SET archive_command, EXEC xp_cmdshell */
const programs = /^(?:program|xp_cmdshell|\w+_command)$/;

/** Tables in which a name says what the value beside it is. */
const settings =
  /(?:settings?|config(?:uration)?s?|options?|propert(?:y|ies)|preferences|parameters?|variables?|registry|secrets?)$/i;

const searches =
  /^(?:regexp_\w+|strpos|position|split_part|substr(?:ing)?|(?:char_)?length)$/;

/** True for a text that a function only looks for something in: `regexp_matches('password=x', '…')`. */
export function isLookedInto(view: SqlView, index: number): boolean {
  return view.sign(index - 1) === "(" && searches.test(view.word(index - 2));
}

/** What the words of a statement, up to the one at hand, say of the strings in it. */
export class StatementUse {
  /** A connection string is expected. */
  isConnection = false;
  /** Something is called by HTTP. */
  isRequest = false;
  /** Behind the SETTINGS of a table engine. */
  isSetting = false;
  /** In an INSERT into a table of settings. */
  isIntoSettings = false;
  /** The word that says that a shell command follows. */
  program = "";
  /** Its strings, with what they are put together of. */
  readonly strings = new JoinedStrings();

  /** True where a command prints a passphrase, which no word in it needs to tell. */
  get isPassphrase(): boolean {
    return this.program === passphraseCommand;
  }

  /** What it says of a string, in a query or not; `isGiven` is true for one that an argument for settings takes. */
  of(
    anchor: Anchor,
    isQuery: boolean,
    isJoined: boolean,
    isGiven: boolean,
  ): StringUse {
    const { isConnection, program } = this;
    const isRequest =
      isGiven || this.isRequest || (anchor.rule !== null && !isQuery);
    const isCopy = anchor.kind === "copy";
    return { isConnection, isCopy, program, isRequest, isJoined };
  }

  /** Takes the word at `index`. */
  word(view: SqlView, index: number): void {
    const word = view.word(index);
    if (word === "settings" && view.sign(index + 2) === "=") {
      this.isSetting = true;
    }
    if (programs.test(word)) {
      this.program = word;
    }
    if (/^http_\w+$|^send_http_request$/.test(word) && isCall(view, index)) {
      this.isRequest = true;
    }
    if (connectionCalls.test(word)) {
      this.isConnection = true;
    }
    if (isIntoSettings(view, index)) {
      this.isIntoSettings = true;
    }
  }
}

/** True for a function at `index`: a table, which may be called like one, has its columns in parentheses. */
function isCall(view: SqlView, index: number): boolean {
  if (!view.opens(index + 1)) {
    return false;
  }
  const start = view.sign(index - 1) === "." ? index - 2 : index;
  return !/^(?:into|table|exists|on|view|references|as)$/.test(
    view.word(start - 1),
  );
}

/** True for `INTO t` at `index` where `t` has settings, each a row of its own. */
function isIntoSettings(view: SqlView, index: number): boolean {
  return (
    view.word(index) === "into" &&
    isSettingsTable(view, index + 1) &&
    !hasColumnOfIts(view, tableEnd(view, index + 1) + 1)
  );
}

/** True for `(type, session_token, region)` at `open`: what a column is called after, no row has beside its value. */
function hasColumnOfIts(view: SqlView, open: number): boolean {
  const columns = view.opens(open)
    ? view.argumentStarts(open).map((start) => view.name(start))
    : [];
  return (
    columns.some((each) => view.namesCredential(each)) &&
    !columns.some((each) => /(?:^|_)val(?:ue)?$/i.test(each))
  );
}

/** True for the name of a table of settings at `index`, with its schema or without. */
export function isSettingsTable(view: SqlView, index: number): boolean {
  return settings.test(view.name(tableEnd(view, index)));
}

/** Index of the last part of a table's name. */
function tableEnd(view: SqlView, index: number): number {
  let at = index;
  while (view.sign(at + 1) === ".") {
    at += 2;
  }
  return at;
}
