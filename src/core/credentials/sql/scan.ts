import { lex } from "../../sql/lexer";
import type { Token } from "../../sql/token";
import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { credentialHints, mayHoldCredential } from "../gate";
import { regionRange, stringRegion, type Region } from "../region";
import { anchorAt, noAnchor, type Anchor } from "./anchor";
import { scanComments } from "./comments";
import { readIdentified, readPositions, readSetting } from "./forms";
import { joinedString } from "./joinedString";
import { readHeaders, readOption, type Paren } from "./options";
import { readMeta } from "./psql";
import { SqlView } from "./view";

/** How deep SQL within strings within SQL is followed. */
const maxDepth = 4;

/** Reports every value in a credential's position of the SQL in a region. Never throws; linear. */
export function scanSql(region: Region, report: Report, depth = 0): void {
  if (depth > maxDepth) {
    return;
  }
  const hints = credentialHints(region.text);
  if (hints.length === 0) {
    return;
  }
  const tokens = lex(region.text);
  for (const statement of suspects(region.text, tokens, hints)) {
    new SqlScan(new SqlView(region, statement), report, depth).run();
  }
  scanComments(region, tokens, report, (inner, innerReport) => {
    scanSql(inner, innerReport, depth + 1);
  });
}

/** The statements that can hold a credential: the rest, which is most of a file, is not looked at. */
function* suspects(
  text: string,
  tokens: readonly Token[],
  hints: readonly number[],
): Generator<Token[]> {
  let first = 0;
  let hint = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const isEnd =
      index === tokens.length - 1 ||
      (token?.kind === "punctuation" && text.charCodeAt(token.start) === 0x3b);
    if (!isEnd || token === undefined) {
      continue;
    }
    const start = tokens[first]?.start ?? 0;
    while ((hints[hint] ?? Infinity) < start) {
      hint++;
    }
    if ((hints[hint] ?? Infinity) < token.end) {
      yield tokens
        .slice(first, index + 1)
        .filter(({ kind }) => kind !== "comment");
    }
    first = index + 1;
  }
}

const connectionCalls =
  /^(?:dblink\w*|postgres_\w+|mysql_\w+|opendatasource|openrowset|pg_connect|sqlite_\w+|odbc_\w+)$/;

const sqlInside =
  /\b(?:create|alter|attach|identified|grant|copy|set|pragma|unload|exec|call|password)\b/i;

class SqlScan {
  private anchor: Anchor = noAnchor;
  private parens: Paren[] = [];
  /** Depth of the parentheses in which a query began; -1 outside one. */
  private queryDepth = -1;
  private isStatementStart = true;
  private isConnection = false;

  constructor(
    private readonly view: SqlView,
    private readonly report: Report,
    private readonly depth: number,
  ) {}

  run(): void {
    const { view } = this;
    for (let index = 0; index < view.tokens.length; index++) {
      const token = view.tokens[index];
      switch (token?.kind) {
        case "word":
          this.word(index);
          break;
        case "quotedIdentifier":
        case "parameter":
          this.option(index);
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
        case undefined:
        case "number":
        case "operator":
        case "comment":
        case "template":
          break;
      }
    }
  }

  private word(index: number): void {
    const { view, report } = this;
    const word = view.word(index);
    const anchor = anchorAt(view, index);
    if (
      anchor !== null &&
      (this.isAnchorPlace(index, word) || this.isStatementStart)
    ) {
      this.anchor = anchor;
      this.queryDepth = -1;
      this.isConnection =
        anchor.kind === "attach" || anchor.kind === "subscription";
    } else if (
      this.queryDepth < 0 &&
      /^(?:select|where|when|check|insert|update|delete|values|from)$/.test(
        word,
      )
    ) {
      const isCopyFrom = word === "from" && this.anchor.kind !== "none";
      this.queryDepth =
        isCopyFrom || view.word(index - 1) === "for" ? -1 : this.parens.length;
    }
    if (this.isStatementStart) {
      readSetting(view, index, report);
    }
    if (connectionCalls.test(word)) {
      this.isConnection = true;
    }
    readIdentified(view, index, this.anchor, report);
    readPositions(view, index, this.anchor, report);
    this.option(index);
    // `BEGIN ALTER …`, `THEN CREATE …`: a statement begins behind these words too.
    this.isStatementStart = /^(?:begin|then|else|loop|do|go)$/.test(word);
  }

  /** CREATE and ALTER begin a statement wherever they stand; the rest only where one can begin. */
  private isAnchorPlace(index: number, word: string): boolean {
    const isDefinition = word === "create" || word === "alter";
    return isDefinition
      ? this.view.word(index - 1) !== "or"
      : word === "unload";
  }

  private option(index: number): void {
    const paren = this.parens.at(-1);
    const isQuery = this.queryDepth >= 0;
    readOption(
      this.view,
      index,
      { anchor: this.anchor, paren, isQuery },
      this.report,
    );
    if (this.view.tokens[index]?.kind !== "word") {
      this.isStatementStart = false;
    }
  }

  private punctuation(index: number): void {
    const { view } = this;
    switch (view.sign(index)) {
      case "(": {
        const callee = view.word(index - 1);
        const before = view.word(index - 2);
        const isTable =
          callee !== "" && /^(?:from|join|call|lateral|exec)$/.test(before);
        this.parens.push(
          callee === "options"
            ? "options"
            : isTable
              ? "tableFunction"
              : "other",
        );
        break;
      }
      case ")":
        this.parens.pop();
        if (this.parens.length < this.queryDepth) {
          this.queryDepth = -1;
        }
        break;
      case ";":
        this.anchor = noAnchor;
        this.parens = [];
        this.queryDepth = -1;
        this.isConnection = false;
        this.isStatementStart = true;
        break;
      default:
        break;
    }
  }

  /** Gives the index of the last token that was read. */
  private string(index: number, token: Token): number {
    const { view, report } = this;
    this.isStatementStart = false;
    if (this.anchor.kind === "secret") {
      readHeaders(view, index, this.anchor, report);
    }
    readOption(
      view,
      index,
      {
        anchor: this.anchor,
        paren: this.parens.at(-1),
        isQuery: this.queryDepth >= 0,
      },
      report,
    );
    const joined = joinedString(view, index);
    this.text(joined.region, joined.last > index);
    const inner =
      joined.last > index ? joined.region : stringRegion(view.region, token);
    if (token.kind === "dollarString" || sqlInside.test(inner.text)) {
      scanSql(inner, report, this.depth + 1);
    }
    return joined.last;
  }

  private text(region: Region, isJoined: boolean): void {
    if (!mayHoldCredential(region.text)) {
      return;
    }
    const isConnection = this.isConnection || this.anchor.kind === "copy";
    for (const secret of connectionSecrets(region.text, isConnection)) {
      const isCopy = this.anchor.kind === "copy" && secret.form === "pairs";
      this.report({
        rule: secret.form === "url" ? "CS105" : isCopy ? "CS109" : "CS104",
        range: regionRange(region, secret.range),
        value: secret.value,
        key: secret.key,
        user: secret.user,
        place: isJoined ? "comment" : "sqlText",
      });
    }
  }
}
