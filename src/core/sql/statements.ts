/** One statement of a text: from its first token to its last, comments before it and its semicolon left out. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
