import type { Token } from "../../sql/token";
import { contentRange } from "../../sql/tokenText";
import type { Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { subRegion, type Region } from "../region";
import {
  anchorAt,
  isAnchorPlace,
  isQueryStart,
  noAnchor,
  type Anchor,
} from "./anchor";
import type { ScanInner } from "./comments";
import { readDeclaration, readDeclared } from "./declare";
import { readForms } from "./forms";
import { readFormat } from "./format";
import { readOption, type OptionPlace } from "./options";
import { mayHoldSql, mayHoldStatement } from "./mayHoldSql";
import { readOtherLanguage } from "./otherLanguages";
import { OpenParens, parenKind } from "./parens";
import { readPositions } from "./positional";
import { readSetting } from "./settings";
import { isGivenSettings, readPair } from "./pairs";
import { readMeta } from "./psql";
import { readHeaders } from "./requests";
import { isLookedInto, StatementUse } from "./statementUse";
import { readStoredSecrets } from "./storedSecrets";
import { readStringText } from "./stringText";
import { readTemplate, templateStrings } from "./templates";
import type { SqlView } from "./view";
import { beginsStatement, meaningOf, wordMeaning } from "./wordMeaning";

/** Reads the tokens of a segment one by one, and gives each to those that it can mean something to. */
export class StatementScan {
  private anchor: Anchor = noAnchor;
  private readonly parens = new OpenParens();
  /** Depth of the parentheses in which a query began; -1 outside one. */
  private queryDepth = -1;
  private isStatementStart = true;
  /** In a statement that begins with DECLARE. */
  private isDeclaration = false;
  /** Behind the opening of a template that has no closing: a statement may begin with the next line. */
  private isInOpenTemplate = false;
  /** What the words of the statement say of its strings. */
  private use = new StatementUse();

  constructor(
    private readonly view: SqlView,
    private readonly report: Report,
    private readonly scanInner: ScanInner,
    private readonly isComment: boolean,
  ) {}

  run(): void {
    const { view } = this;
    for (let index = 0; index < view.tokens.length; index++) {
      const token = view.tokens[index];
      switch (token?.kind) {
        case "word":
          this.word(index);
          break;
        case "parameter":
          if (this.isDeclaration) {
            readDeclaration(view, index, true, this.report);
          }
          this.option(index);
          break;
        case "quotedIdentifier":
          this.option(index);
          this.quoted(token);
          break;
        case "punctuation":
          this.punctuation(index);
          break;
        case "string":
        case "escapeString":
        case "dollarString":
          index = this.string(index, token);
          break;
        case "psqlMeta":
          this.isStatementStart = true;
          readMeta(view.region, token, this.report);
          break;
        case "template":
          this.template(token);
          break;
        case undefined:
        case "number":
        case "operator":
        case "comment":
      }
      if (token?.closed === false) {
        // Behind what has no closing stands another statement.
        this.endStatement();
      }
    }
  }

  /** Of a template, the strings: a hook of dbt or a query that it runs. */
  private template(token: Token): void {
    const region = subRegion(this.view.region, token);
    // What a statement within a string says of a value is more than what is before its quote.
    for (const inner of templateStrings(region)) {
      this.textAndSql(inner);
    }
    readTemplate(region, this.report);
  }

  /** Most words mean nothing to anybody: each is given only to those that it can mean something to. */
  private word(index: number): void {
    const { report, view } = this;
    const meaning = meaningOf(view.word(index));
    const isIdle = this.anchor === noAnchor && this.queryDepth < 0;
    // In a comment words for people may stand in the lines above a statement.
    const isBehindProse = this.isComment && isIdle && beginsStatement(meaning);
    if ((this.isInOpenTemplate || isBehindProse) && view.isFirstInLine(index)) {
      this.endStatement();
    }
    if (meaning !== 0) {
      this.tellingWord(index, meaning);
    } else if (this.isStatementStart) {
      this.isDeclaration = false;
    }
    if (view.opens(index + 1) || (meaning & wordMeaning.form) !== 0) {
      readPositions(view, index, this.anchor, report);
    }
    if ((meaning & wordMeaning.form) !== 0) {
      readFormat(view, index, report);
      readStoredSecrets(view, index, report);
    }
    if ((meaning & wordMeaning.name) !== 0) {
      this.option(index);
    }
    // `BEGIN ALTER …`, `THEN CREATE …`: a statement begins behind these words too.
    this.isStatementStart = (meaning & wordMeaning.opener) !== 0;
  }

  private tellingWord(index: number, meaning: number): void {
    const { report, view } = this;
    const anchor =
      (meaning & wordMeaning.anchor) === 0 ? null : anchorAt(view, index);
    if (
      anchor !== null &&
      (isAnchorPlace(view, index) || this.isStatementStart)
    ) {
      this.anchor = anchor;
      this.queryDepth = -1;
      this.use.isConnection =
        anchor.kind === "attach" || anchor.kind === "subscription";
    } else if (this.queryDepth < 0 && (meaning & wordMeaning.query) !== 0) {
      const isQuery = isQueryStart(view, index, this.anchor);
      this.queryDepth = isQuery ? this.parens.depth : -1;
    }
    if (this.isStatementStart) {
      readSetting(view, index, report);
      this.isDeclaration = view.word(index) === "declare";
    }
    if ((meaning & wordMeaning.name) !== 0) {
      const isDeclared = this.isDeclaration || this.isStatementStart;
      readDeclared(view, index, this.place(), isDeclared, report);
    }
    if ((meaning & wordMeaning.use) !== 0) {
      this.use.word(view, index);
    }
    if ((meaning & wordMeaning.form) !== 0) {
      readForms(view, index, this.anchor, this.parens.depth > 0, report);
    }
  }

  private option(index: number): void {
    readOption(this.view, index, this.place(), this.report);
    if (this.view.tokens[index]?.kind !== "word") {
      this.isStatementStart = false;
    }
  }

  private place(): OptionPlace {
    return {
      anchor: this.anchor,
      paren: this.parens.innermost,
      isQuery: this.queryDepth >= 0,
      isSetting: this.use.isSetting,
    };
  }

  private punctuation(index: number): void {
    const { view } = this;
    switch (view.punctuation(index)) {
      case 0x28: // (
        this.parens.open(parenKind(view, index));
        break;
      case 0x2c: // ,
        this.parens.comma();
        break;
      case 0x29: // )
        this.parens.close();
        if (this.parens.depth < this.queryDepth) {
          this.queryDepth = -1;
        }
        break;
      case 0x7b: // {
        this.isInOpenTemplate ||= /^[{%#]$/.test(view.sign(index + 1));
        break;
      case 0x3b: // ;
        if (view.isString(index - 1) && view.isString(index + 1)) {
          break;
        }
        this.endStatement();
        break;
    }
  }

  private endStatement(): void {
    this.anchor = noAnchor;
    this.isInOpenTemplate = false;
    this.parens.closeAll();
    this.queryDepth = -1;
    this.use = new StatementUse();
    this.isDeclaration = false;
    this.isStatementStart = true;
  }

  /** Gives the index of the last token that was read. */
  private string(index: number, token: Token): number {
    const { view, report } = this;
    readHeaders(view, index, this.anchor, this.use.isRequest, report);
    readPair(view, index, this.use.isIntoSettings, this.parens, report);
    this.option(index);
    const joined = this.use.strings.at(view, index, token);
    const { last, read, region: inner } = joined;
    // Most strings are one word, in which only a command could have anything.
    if (this.use.program === "" && !/\W/.test(inner.text)) {
      return read;
    }
    const mayHold = mayHoldCredential(inner.text);
    // Of two readings of one place the first stays: of a body that which tells its comments from its code.
    if (mayHold && mayHoldStatement(token, inner.text)) {
      this.scanInner(inner, report);
    }
    if ((mayHold || this.use.isPassphrase) && !isLookedInto(view, index)) {
      this.text(inner, last > index, index);
    }
    readOtherLanguage(view, index, inner, report);
    return read;
  }

  /** A string in double quotes, which MySQL, Spark and shells have: a name has no white space and no URL in it. */
  private quoted(token: Token): void {
    const { region } = this.view;
    const inner = subRegion(region, contentRange(region.text, token));
    if (/\s|:\/\/|=/.test(inner.text)) {
      this.textAndSql(inner);
    }
  }

  private textAndSql(region: Region): void {
    if (mayHoldCredential(region.text) || this.use.isPassphrase) {
      this.text(region, false);
      if (mayHoldSql(region.text)) {
        this.scanInner(region, this.report);
      }
    }
  }

  private text(region: Region, isJoined: boolean, index = -1): void {
    const isGiven = isGivenSettings(this.view, index);
    const { anchor, queryDepth, report } = this;
    const use = this.use.of(anchor, queryDepth >= 0, isJoined, isGiven);
    readStringText(region, use, report);
  }
}
