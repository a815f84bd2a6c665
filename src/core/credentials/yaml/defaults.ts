import type { Report } from "../finding";
import { isCredentialName } from "../keys";
import { isNonValue } from "../nonValues";
import { regionRange, type Region } from "../region";
import type { RuleId } from "../ruleIds";

/** What a text is given to, and whether that is called like a credential. */
interface Given {
  readonly text: string;
  readonly isCredential: boolean;
}

/** `${NAME:-x}`, `${NAME-x}`, `${NAME:=x}` of shells and Compose. */
const shellDefault =
  /\$\{([A-Za-z_]\w{0,80}):?[-=]((?:[^{}$]|\$\{[^{}]{0,200}\}|\$(?!\{)){1,300})\}/g;

/** `${spring.datasource.password:x}` of Spring and its like; a scheme (`${env:X}`, `${file:x}`) has no name of a credential. */
const springDefault =
  /\$\{([A-Za-z_][\w.-]{1,100}):(?![-=?+])((?:[^{}]|\$\{[^{}]{0,200}\}){1,300})\}/g;

/** `${env:NAME, 'x'}` of the Serverless Framework. */
const serverlessDefault =
  /\$\{(?:env|opt|ssm|param|self):([\w./-]{1,100})\s*,\s*'([^'\n{}]{1,300})'\s*\}/g;

/** `env_var('NAME', 'x')` of dbt, `env('NAME', 'x')` and `ENV.fetch("NAME", "x")`. */
const calledDefault =
  /\b(?:env_var|env|getenv|ENV\.fetch|os\.environ\.get|get_env)\s*\(\s*(\\?['"]{1,2})([\w.-]{1,100})\1\s*,\s*(?:'{1,2}([^'\n]*)'{1,2}|\\?"{1,2}([^"\n\\]*)\\?"{1,2})\s*\)/g;

/** `{{ password | default('x') }}` of Jinja and `{{ .Values.password | default "x" }}` of Helm. */
const filteredDefault =
  /\|\s*default(?:\s*\(\s*|\s+)(?:'([^'\n]+)'|\\?"([^"\n\\]+)\\?")/g;

/** `${{ secrets.X || 'x' }}` of GitHub. */
const alternative = /\$\{\{[^}\n]{0,400}\|\|\s*'([^'\n]+)'\s*\}\}/g;

/** Reports the literal defaults of references in a text; `given` is what the whole text is given to. */
export function readDefaults(
  region: Region,
  given: Given,
  report: Report,
): void {
  const { text } = region;
  const { text: key } = given;
  const add = (
    match: RegExpExecArray,
    name: string,
    value: string,
    rule: RuleId,
  ): void => {
    const [, quote = "", literal = value] = /^(["'])(.+)\1$/.exec(value) ?? [];
    if (literal !== "" && (given.isCredential || isCredentialName(name))) {
      const start = match.index + match[0].lastIndexOf(value) + quote.length;
      const end = start + literal.length;
      const range = regionRange(region, { start, end });
      report({ rule, range, value: literal, key: name, place: "yamlText" });
    }
  };
  // None of the forms is without one of these.
  if (text.includes("${") && /[-=:,|]/.test(text)) {
    for (const match of text.matchAll(shellDefault)) {
      add(match, match[1] ?? "", lastDefault(match[2] ?? ""), "CY204");
    }
    for (const match of text.matchAll(springDefault)) {
      const name = match[1] ?? "";
      // One word in small letters before the colon is a source: `${vault:x}`, `${secret:x}`.
      if (/[A-Z._-]/.test(name) && !/^\/|^self\./.test(name)) {
        add(match, name, match[2] ?? "", "CY204");
      }
    }
    for (const match of text.matchAll(serverlessDefault)) {
      add(match, match[1] ?? "", match[2] ?? "", "CY204");
    }
    for (const match of text.matchAll(alternative)) {
      add(match, key, match[1] ?? "", "CY204");
    }
  }
  if (text.includes("(")) {
    for (const match of text.matchAll(calledDefault)) {
      add(match, match[2] ?? "", match[3] ?? match[4] ?? "", "CY202");
    }
  }
  if ((text.includes("(") || text.includes("{{")) && text.includes("default")) {
    for (const match of text.matchAll(filteredDefault)) {
      const before = text.slice(Math.max(0, match.index - 100), match.index);
      // `.Values.password | …`, and `env "DB_PASSWORD" | …` of gomplate.
      const name = /[\w.-]+(?=\\?["']?\)?\s*$)/.exec(before)?.[0] ?? "";
      const isNamed = isCredentialName(name);
      const literal = match[1] ?? match[2] ?? "";
      // `token: {{ token | default('not provided') }}` in a message: words for people.
      if (
        !isNamed ||
        given.isCredential ||
        !(/\s/.test(literal) || isNonValue(literal))
      ) {
        add(match, isNamed ? name : key, literal, "CY202");
      }
    }
  }
}

/** `x` of `${OTHER:-x}`: a default that is a reference has one of its own. */
function lastDefault(value: string): string {
  return /^\$\{[A-Za-z_]\w*:?[-=]([^{}$]+)\}$/.exec(value)?.[1] ?? value;
}
