import { isCredentialHeader, isCredentialName, isWeakName } from "../keys";
import { countedWords, nameWords } from "../nameWords";
import type { Entry } from "./entry";
import { isArgumentKey, isCommandKey } from "./commandKeys";
import { isLoginName } from "./logins";

/** What a name in a path says of the values below it, as bits. */
export const below = {
  /** What is there refers to a secret that is elsewhere. */
  reference: 1,
  secrets: 1 << 1,
  rows: 1 << 2,
  /** Words for people. */
  labels: 1 << 3,
  log: 1 << 4,
  example: 1 << 5,
  environment: 1 << 6,
  command: 1 << 7,
  outputs: 1 << 8,
} as const;

const belowPatterns: readonly (readonly [bit: number, pattern: RegExp])[] = [
  [
    below.reference,
    /^(?:secrets-manager|parameter-store)$|(?:KeyRef|SecretRef|secretRef|valueFrom|remoteRef|existingSecret|secretKeys|from_secret|fromSecret|secretKeyRefs?|configMapRef)$|^encrypted(?:Data|_data|Secrets?)?$|^sealed_?[sS]ecrets?$/,
  ],
  [below.secrets, /^secrets$/],
  [below.rows, /^rows$/],
  [
    below.labels,
    /^(?:labels?|translations?|messages?|i18n|l10n|locales?|placeholders?|permissions|columns|descriptions?|tooltips?|headers_map|scopes|claims|documentation|parameter_?labels)$/i,
  ],
  [below.log, /^(?:log(?:ging|gers?|back)?|levels?)\b/i],
  [below.example, /^(?:x-)?(?:examples?|default)$/i],
  [below.environment, /^(?:environment|env|variables|env_vars|envVars)$/],
  [below.outputs, /^outputs$/],
];

/** Keys whose value is called what the `name` beside it says. */
const valueKeys =
  /^(?:value|(?:parameter|field|param|variable|env)_?value|default|defaultvalue|default_value|example|val|content|secretvalue)$/i;

/** Keys whose value is called what the key above it is. */
const valueBelow =
  /^(?:value|default|defaultvalue|example|_default|content|inline_?string|inline_?bytes)$/i;

/** Keys of text for people. */
const proseKey =
  /^(?:descriptions?|notes?|summary|help|docs?|documentation|message|changelog|readme|markdown|comment|title|about)$/i;

/** Words that make of a credential's name one of something else, in configuration. */
const otherWords =
  /^(?:random|empty|ask|prompt|expire|expires|valid|bos|eos|pad|unk|mask|sep|cls|type|check|verify|validate|insecure|skip|without|via|per|need|needs|supports?|can|accept|remember|save|keep|rotate|send|print|store_in|whether|if|when|before|after|until|unless|field|label|title|text|header|button|link|page|screen|form|dialog|icon|error|warning|help|hint)$/;

/** Names that are those of credentials in one place only: `isOwnName` decides. */
const ownName =
  /^(?:credentials|auth|key|cipher|system|client-key-data|routing_key|server_?[kK]ey|pepper|pat|token_?[aA]uth|httpHeaderValue\d*)$|enable[-_]?(?:password|secret)$/i;

/** Lists of logins: `basicAuth: {users: [a:x]}` of Traefik's, `slack: {rooms: [a:x]}` and `slack: a:x` of Travis'. */
const loginList = /^(?:users|rooms|slack)$/;

/** What a name says by itself of the value that has it. */
export type Claim =
  | "none"
  | "credential"
  /** That of a pair's public half, or of a credential: what is beside it decides. */
  | "keyId"
  /** That of a credential in one place only. */
  | "own";

/** What a key tells of the values below it. */
export type KeyKind = "none" | "credential" | "value" | "command";

/** The name of a value, and what it says. */
export class Name {
  readonly words: readonly string[];
  /** True when it says that it is a credential's, wherever it stands. */
  readonly isCredential: boolean;
  readonly isHeader: boolean;
  /** True for a password's, not for a token's or a key's. */
  readonly isPassword: boolean;
  /** True for a key whose value is called what the `name` beside it says. */
  readonly isLabelled: boolean;
  /** True for a key whose value is called what the key above it is. */
  readonly isCalledAbove: boolean;
  /** True when a whole login may be given to it, or to the items of its list. */
  readonly mayBeLogin: boolean;
  readonly claim: Claim;

  constructor(readonly text: string) {
    this.words = countedWords(text);
    this.isCredential = isCredentialName(text);
    this.isHeader = isCredentialHeader(text);
    this.isPassword = this.words.some((word) =>
      /pass|pwd|^pw$|^pin$/.test(word),
    );
    this.isLabelled = valueKeys.test(text);
    this.isCalledAbove = valueBelow.test(text);
    this.mayBeLogin = mayBeLogin(text);
    this.claim = claimOf(this);
  }

  get isWeak(): boolean {
    return isWeakName(this.text);
  }

  /** True for text for people, whose `password: x` is an example at most. */
  get isProse(): boolean {
    return proseKey.test(this.text);
  }
}

function claimOf({ isCredential, isHeader, text, words }: Name): Claim {
  if (!isCredential) {
    return ownName.test(text) || isHeader ? "own" : "none";
  }
  // The function behind a custom resource is called so.
  if (text === "ServiceToken" || isOfOther(text)) {
    return "none";
  }
  const isAccessKey =
    words.at(-1) === "accesskey" ||
    (words.at(-1) === "key" && words.at(-2) === "access");
  return isAccessKey &&
    !/^(?:secret|shared|storage|account)$/.test(words.at(-3) ?? "")
    ? "keyId"
    : "credential";
}

/** The names of a text: files repeat them, and so each is looked at once. */
export class Names {
  private readonly known = new Map<string, Name>();
  private readonly kinds = new Map<string, KeyKind>();
  private readonly belows = new Map<string, number>();
  private lastPath: readonly string[] = [];
  private lastBelow = 0;

  of(text: string): Name {
    let name = this.known.get(text);
    if (name === undefined) {
      name = new Name(text);
      this.known.set(text, name);
    }
    return name;
  }

  /** What a key tells of its value: every key of a text is asked. */
  kindOf(key: string): KeyKind {
    let kind = this.kinds.get(key);
    if (kind === undefined) {
      kind = keyKind(key);
      this.kinds.set(key, kind);
    }
    return kind;
  }

  /** What all names of an entry's path say of what is below them, as bits of `below`. */
  belowOf({ around, key }: Entry): number {
    const bits = this.belowPath(around.path);
    return key === undefined ? bits : bits | this.belowName(key);
  }

  /** The last is kept: entries of one map come one behind the other. */
  private belowPath(path: readonly string[]): number {
    if (path !== this.lastPath) {
      this.lastPath = path;
      this.lastBelow = path.reduce(
        (bits, name) => bits | this.belowName(name),
        0,
      );
    }
    return this.lastBelow;
  }

  private belowName(name: string): number {
    let bits = this.belows.get(name);
    if (bits === undefined) {
      bits = isCommandKey(name) ? below.command : 0;
      for (const [bit, pattern] of belowPatterns) {
        bits |= pattern.test(name) ? bit : 0;
      }
      this.belows.set(name, bits);
    }
    return bits;
  }
}

function mayBeLogin(name: string): boolean {
  return loginList.test(name) || isLoginName(name);
}

function keyKind(key: string): KeyKind {
  // Of cloud-init's `chpasswd` the list is one of lines with passwords.
  if (
    mayNameCredential(key) ||
    (/s$/i.test(key) && mayNameCredential(key.slice(0, -1))) ||
    key === "list" ||
    mayBeLogin(key)
  ) {
    return "credential";
  }
  return valueKeys.test(key) || valueBelow.test(key)
    ? "value"
    : isArgumentKey(key)
      ? "command"
      : "none";
}

/** True for a name that a word makes one of something else: `MYSQL_RANDOM_ROOT_PASSWORD`, `password_field_token`. */
export function isOfOther(name: string): boolean {
  return (
    !/^(?:form[-_]?secret|plain[-_]?text[-_]?pass(?:wd|word))$/i.test(name) &&
    nameWords(name)
      .slice(0, -1)
      .some((word) => otherWords.test(word))
  );
}

/** False for a name that is no credential's wherever it stands. */
function mayNameCredential(key: string): boolean {
  return isCredentialName(key) || ownName.test(key) || isCredentialHeader(key);
}
