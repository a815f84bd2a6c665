/** What a token is. Every character of a text belongs to a token or is white space between tokens. */
export type TokenKind =
  /** Keyword or unquoted identifier. */
  | "word"
  /** `"x"` or `` `x` ``. */
  | "quotedIdentifier"
  /** `'x'`, also `N'x'`, `B'x'`, `X'x'`, `U&'x'`: `''` is the only escape. */
  | "string"
  /** `E'x'`: backslash escapes. */
  | "escapeString"
  /** `$$x$$`, `$tag$x$tag$`. */
  | "dollarString"
  | "number"
  | "operator"
  /** One of `( ) [ ] { } , ; . :`. */
  | "punctuation"
  /** `-- x` to the end of the line, or a nested block comment. */
  | "comment"
  /** A psql or DuckDB shell line, from its backslash (or dot) to the end of the line; also the data of a `COPY … FROM stdin`. */
  | "psqlMeta"
  /** `$1`, `$name`, `?`, `:name`, `:'name'`, `:"name"`, `%s`, `%(name)s`, `@name`. */
  | "parameter"
  /** `{{ … }}`, `{% … %}`, `{# … #}`, `${…}`, `<% … %>`. */
  | "template";

/** One token, by UTF-16 offsets into the text; `end` is exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /**
   * Present and false when a string, comment or quoted identifier has no closing: it then runs to the end of the text,
   * or to the end of its first line when what follows is plainly other statements.
   */
  readonly closed?: false;
}
