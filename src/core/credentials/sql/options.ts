import type { Report } from "../finding";
import { credentialOf, isWeakName } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Anchor } from "./anchor";
import { isParameterDefault } from "./declare";
import { bareWord } from "./forms";
import type { Paren } from "./parens";
import { isOfSodium, isRawKey } from "./rawKey";
import { placeOf, type Literal, type SqlView } from "./view";

/** Where in the statement a credential's name was met. */
export interface OptionPlace {
  readonly anchor: Anchor;
  readonly paren: Paren | undefined;
  /** True behind a SELECT or WHERE, where `password = 'x'` compares. */
  readonly isQuery: boolean;
  /** True behind the SETTINGS of a table engine. */
  readonly isSetting?: boolean;
}

/** Of more tokens no name is made; a file of nothing else would take time by its square. */
const longestName = 40;

const point = 0x2e;
const colon = 0x3a;

const encryptionNames =
  /^(?:encryption_?key|master_?key|master_symmetric_key|key_?material|footer_key_value)$/i;

/** `PASSWORD 'x'`, `password = 'x'`, `token => 'x'` at `index`: reports the literal when the place says credential. */
export function readOption(
  view: SqlView,
  index: number,
  place: OptionPlace,
  report: Report,
): void {
  const behind = view.punctuation(index + 1);
  const isLast = index + 1 === view.tokens.length;
  if (isLast || (behind !== 0 && behind !== colon)) {
    // No value follows. Most strings and many names stand in lists.
    return;
  }
  const name = optionName(view, index, place.anchor);
  if (!isOption(view, index, name, place.anchor)) {
    return;
  }
  // `password text := 'x'` declares a variable with its type in between.
  const isDefault = isParameterDefault(view, index);
  const isTyped =
    isDefault || (view.word(index + 1) !== "" && view.sign(index + 2) === ":=");
  const signAt = index + (isTyped ? 2 : 1);
  const sign = view.sign(signAt);
  const isNamedArgument = sign === "=>" || sign === ":=";
  const rule = isDefault ? "CS110" : optionRule(view, index, name, place, sign);
  if (rule === null) {
    return;
  }
  const valueAt = afterSign(view, signAt);
  // In DuckDB's secrets a name is a value like any other: PASSWORD "x", PASSWORD x
  const { kind } = place.anchor;
  const isInSecret = kind === "secret" && place.paren !== undefined;
  const isLoose =
    kind === "role" ||
    isInSecret ||
    (kind === "mapping" && place.paren === undefined) ||
    (kind === "attach" && encryptionNames.test(name));
  const literal =
    view.value(valueAt, isLoose || sign === "=" || sign === ":") ??
    // HANA: PASSWORD k7Lp0q2
    (isLoose && /\d/.test(view.word(valueAt)) && sign !== "."
      ? bareWord(view, valueAt, "by")
      : hashedNumber(view, valueAt));
  if (
    literal === null ||
    isExpression(view, literal) ||
    (isAccessKey(name) && isBesideSecret(view, index)) ||
    (isRawKey(name) && !isOfSodium(view, index, literal)) ||
    (isConnectionString(name) && /=|:\/\//.test(literal.value))
  ) {
    return;
  }
  const { subject } = place.anchor;
  const { range, value } = credentialOf(name, literal);
  report({
    rule: isNamedArgument && kind !== "secret" ? "CS110" : rule,
    range,
    value,
    key: name,
    place: placeOf(literal),
    subject: subject === "" ? undefined : subject,
    user: kind === "role" ? subject : userBeside(view, index),
  });
}

/** `PASSWORD = 0x0200… HASHED` of SQL Server. */
function hashedNumber(view: SqlView, index: number): Literal | null {
  return view.tokens[index]?.kind === "number" &&
    view.word(index + 1) === "hashed"
    ? bareWord(view, index, "by")
    : null;
}

/** True for a name that takes a credential, and is not that of the procedure which is called. */
function isOption(
  view: SqlView,
  index: number,
  name: string,
  { kind }: Anchor,
): boolean {
  if (!view.namesCredential(name) && !isKeyValue(name)) {
    return kind === "secret" && isConnectionString(name);
  }
  const verb = view.word(nameStart(view, index) - 1);
  // `CREATE SECRET s` is called so; `EXEC get_secret 'x'` is given it.
  return !(
    /^(?:exec|execute|call)$/.test(verb) ||
    (name.toLowerCase() === "secret" &&
      /^(?:create|replace|persistent|temporary|temp|alter|drop)$/.test(verb))
  );
}

/** The value of a key among names of keys, wherever it stands. */
function isKeyValue(name: string): boolean {
  return (
    (name.length === 16 || name.length === 7) &&
    /^(?:footer_key_value|raw_key)$/i.test(name)
  );
}

/** What Azure calls so is a credential itself when it is no text of pairs, in which the credential has a name. */
function isConnectionString(name: string): boolean {
  return name.length === 17 && /^connection_string$/i.test(name);
}

/** A name of one token; `SESSION TOKEN` and the like are one name of two. */
function optionName(view: SqlView, index: number, anchor: Anchor): string {
  const token = view.tokens[index];
  if (token?.kind === "parameter") {
    const parameter = view.raw(index);
    // @parameter_name = 'password', @parameter_value = 'x'
    return /value$/i.test(parameter) && /name$/i.test(view.raw(index - 4))
      ? view.name(index - 2)
      : parameter.startsWith("@")
        ? parameter.slice(1)
        : "";
  }
  const name = view.name(index);
  if (name.length !== 3 || name.toLowerCase() !== "key") {
    return name;
  }
  if (anchor.kind === "attach") {
    // ATTACH 'x.db' AS x KEY 'k' of SQLCipher
    return "encryption_key";
  }
  const isDotted = view.sign(index - 1) === ".";
  return `${isDotted ? view.name(index - 2) : view.word(index - 1)}_key`;
}

/** What stands between a name and its value. */
const signs = new Set(["=", "=>", ":=", ":"]);
const signWords = new Set(["hashed", "as", "to", "default"]);

function afterSign(view: SqlView, index: number): number {
  let at = index;
  while (signs.has(view.sign(at)) || signWords.has(view.word(at))) {
    at++;
  }
  return at;
}

function optionRule(
  view: SqlView,
  index: number,
  name: string,
  place: OptionPlace,
  sign: string,
): RuleId | null {
  const isParameter = view.tokens[index]?.kind === "parameter";
  if (isParameter) {
    const isAssigned =
      sign === ":=" ||
      (sign === "=" &&
        (place.anchor.kind === "call" || view.word(index - 1) === "select"));
    return isAssigned ? "CS110" : null;
  }
  if (place.paren === "options") {
    return "CS103";
  }
  if (sign === "=" && isProperty(view, index, place)) {
    return "CS110";
  }
  if (sign === "=>" || sign === ":=") {
    return "CS110";
  }
  if (isKeyValue(name) && sign === ":") {
    return "CS108";
  }
  if (place.isQuery) {
    const isArgument = place.paren === "tableFunction" && sign === "=";
    return isArgument && ["(", ","].includes(view.sign(index - 1))
      ? "CS110"
      : null;
  }
  // A function of that name, as in `VALUES (PASSWORD('x'))`, or a string that happens to be called so.
  const mayBeMember = sign === ":" || place.anchor.kind === "secret";
  if (
    view.tokens[index]?.kind === "string" &&
    sign !== "=" &&
    (!mayBeMember || isWeakName(name))
  ) {
    return null;
  }
  const { kind, rule } = place.anchor;
  // ATTACH is told which secret to use by its name: SECRET 'lake', META_SECRET 'lake'
  const isSecretName = kind === "attach" && /^(?:meta_)?secret$/i.test(name);
  if (rule === null || kind === "grant" || isSecretName) {
    return null;
  }
  // ALTER ROLE r SET app.api_key = 'x'
  const start = nameStart(view, index);
  if (kind === "role" && start < index && view.word(start - 1) === "set") {
    return "CS107";
  }
  return encryptionNames.test(name) || view.word(index - 1) === "by"
    ? "CS108"
    : rule;
}

/** `'s3.secret_key' = 'x'` among properties: nothing is compared there, whatever the statement is. */
function isProperty(view: SqlView, index: number, place: OptionPlace): boolean {
  const isFirst = ["(", ","].includes(view.sign(nameStart(view, index) - 1));
  const isDotted =
    view.tokens[index]?.kind !== "word" &&
    /[\w-]\.[\w-]/.test(view.name(index));
  return (
    (place.paren === "properties" && (isFirst || !place.isQuery)) ||
    place.isSetting === true ||
    (isFirst && isDotted)
  );
}

/** Index of the first word of a name with dots that ends at `index`. */
function nameStart(view: SqlView, index: number): number {
  let at = index;
  while (view.punctuation(at - 1) === point && index - at < longestName) {
    at -= 2;
  }
  return at;
}

function isAccessKey(name: string): boolean {
  return /(?:^|[._])access_?key$/i.test(name) && !/secret|shared/i.test(name);
}

/** `access_key = 'id', secret_key = 'x'`: with a secret beside it the access key is an id. */
function isBesideSecret(view: SqlView, index: number): boolean {
  for (let at = Math.max(0, index - 20); at < index + 20; at++) {
    if (at !== index && /secret(?:[._]?access)?[._]?key/i.test(view.name(at))) {
      return true;
    }
  }
  return false;
}

/** A literal that is only a part of what is given: `'a' || x`. */
function isExpression(view: SqlView, literal: Literal): boolean {
  return view.sign(literal.next) === "||" || view.sign(literal.next) === ".";
}

/** The user that stands next to the password among the options. */
function userBeside(view: SqlView, index: number): string | undefined {
  for (let at = Math.max(0, index - 12); at < index + 8; at++) {
    const word = view.word(at) || view.name(at).toLowerCase();
    if (word === "user" || word === "username" || word === "uid") {
      const literal = view.literal(afterSign(view, at + 1));
      if (literal !== null) {
        return literal.value;
      }
    }
  }
  return undefined;
}
