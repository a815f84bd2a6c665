import type { OffsetRange } from "../finding";
import { anchorBefore, longestAnchor } from "./anchor";
import { sign } from "./cursor";
import type { Entry } from "./entry";
import { ScalarHints } from "./hints";
import type { Names } from "./nameFacts";
import type { YamlScalar } from "./node";
import type { Scope } from "./scope";

/** A variable, a secret of GitHub's, a value of Helm's, a variable of dbt's: what is without a default is no credential. */
const reference =
  /\$\{\w+\}|\$\{\{ *[\w.-]+ *\}\}|\{\{-? *[\w.$]+(?: *\| *\w+)* *-?\}\}|\{\{ *env_var\( *(?:'\w+'|"\w+") *\)(?: *\| *\w+)* *\}\}/y;

/**
 * Tells which scalars of a text can be or hold a credential: by their names, by what they say and by where they stand.
 * Nearly all cannot, and need not be looked at any further.
 */
export class Suspects {
  /** All scalars that were asked for, when the text can have a comment. */
  readonly scalars: OffsetRange[] = [];
  private readonly hints: ScalarHints;
  private readonly range = { start: 0, end: 0 };
  private readonly hasComments: boolean;
  /** Where the next sign of an anchor is; -1 when there is none any more. */
  private anchorAt: number;

  constructor(
    private readonly text: string,
    private readonly names: Names,
  ) {
    this.hints = new ScalarHints(text);
    this.hasComments = text.includes("#");
    this.anchorAt = text.indexOf("&");
  }

  /** True for a scalar that can be one or hold one; they are asked for in order. */
  isWanted(
    scalar: YamlScalar,
    scope: Scope,
    key: string | undefined,
    before: YamlScalar | null,
  ): boolean {
    if (this.hasComments) {
      this.scalars.push(scalar);
    }
    if (this.isReference(scalar) && !this.isCommand(scope)) {
      return false;
    }
    return (
      this.isNamed(scope, key) ||
      this.isAnchored(scalar) ||
      (before !== null && this.mayBeOption(before)) ||
      this.mayReadOtherwise(scalar) ||
      this.hasHint(scalar)
    );
  }

  /** True behind an anchor that is called like a credential. */
  private isAnchored({ start }: YamlScalar): boolean {
    // They come in order: what is far before one is not asked for again.
    while (this.anchorAt >= 0 && this.anchorAt < start - longestAnchor) {
      this.anchorAt = this.text.indexOf("&", this.anchorAt + 1);
    }
    if (this.anchorAt < 0 || this.anchorAt >= start) {
      return false;
    }
    const anchor = anchorBefore(this.text, start);
    return anchor !== "" && this.names.of(anchor).isCredential;
  }

  /** True for a scalar that is nothing but a reference. */
  private isReference({ start, end, style }: YamlScalar): boolean {
    const { text } = this;
    const quote = style === "plain" ? 0 : 1;
    const code = text.charCodeAt(start + quote);
    if ((code !== sign.dollar && code !== sign.openMap) || style === "block") {
      return false;
    }
    reference.lastIndex = start + quote;
    return reference.test(text) && reference.lastIndex === end - quote;
  }

  /** True for the words of a command, and for what is between them in their list. */
  private isCommand({ name }: Scope): boolean {
    return this.names.kindOf(name) === "command";
  }

  /** Takes scalars that were read without being asked for. */
  add(entries: readonly Entry[]): void {
    const places = entries.map(({ whole }) => whole);
    places.sort((a, b) => a.start - b.start);
    for (const place of places) {
      this.scalars.push(place);
    }
  }

  private hasHint({ start, end }: OffsetRange): boolean {
    this.range.start = start;
    this.range.end = end;
    return this.hints.isIn(this.range);
  }

  private isNamed(scope: Scope, key: string | undefined): boolean {
    const { names } = this;
    const own = key ?? scope.name;
    const above = key === undefined ? scope.above : scope.name;
    if (
      scope.kind === "kubernetesSecret" &&
      (above === "data" || above === "stringData")
    ) {
      return true;
    }
    if (this.isCommand(scope)) {
      return true;
    }
    switch (names.kindOf(own)) {
      case "credential":
        return true;
      case "value":
        return (
          names.kindOf(above) === "credential" ||
          scope.siblings.labels.some(
            (label) => names.kindOf(label) === "credential",
          )
        );
      case "command":
      case "none":
        return false;
    }
  }

  /** `--password` before `x`; what is not written as it reads can begin with anything. */
  private mayBeOption(before: YamlScalar): boolean {
    const { start, style } = before;
    const at = style === "plain" ? start : start + 1;
    return (
      this.text.charAt(at) === "-" ||
      style === "block" ||
      this.mayReadOtherwise(before)
    );
  }

  /** True for a quoted text with escapes, which can hide any word. */
  private mayReadOtherwise({ start, end, style }: YamlScalar): boolean {
    switch (style) {
      case "double":
        return isBetween(this.text, "\\", start, end);
      case "single":
        return isBetween(this.text, "''", start + 1, end - 1);
      case "plain":
      case "block":
        return false;
    }
  }
}

function isBetween(
  text: string,
  sought: string,
  start: number,
  end: number,
): boolean {
  return text.slice(start, end).includes(sought);
}
