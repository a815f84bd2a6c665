/** How the values of a file of hashes were hashed. */
export interface HashParameters {
  /** Random, as 32 to 128 hexadecimal digits. */
  readonly salt: string;
  readonly rounds: number;
}

/** Name of the algorithm in what is written down. */
export const hashAlgorithm = "pbkdf2-sha256";

/**
 * Rounds of PBKDF2 for new hashes, some 20 ms each. Only findings are hashed. A graphics card tries some 200,000 values
 * a second: 8 random characters take it months, and a word of a list takes it a minute. So hashes keep a value from
 * being read; they do not make a guessable one safe.
 */
export const hashRounds = 50_000;

/** Makes 16 bytes by PBKDF2 with SHA-256 out of a text and a salt, in hexadecimal digits; the programs have it from Node. */
export type DeriveHash = (text: string, salt: string, rounds: number) => string;

/** More rounds than this are refused: a file of a repository must not be able to stop the editor. */
const maxRounds = 200_000;

/** True for parameters that hashes can be made with. */
export function areHashParameters({ salt, rounds }: HashParameters): boolean {
  return (
    /^(?:[0-9a-f]{2}){16,64}$/.test(salt) &&
    Number.isInteger(rounds) &&
    rounds >= 1 &&
    rounds <= maxRounds
  );
}

/** Makes salted hashes of values, each once. Stays within the core: it holds the values that it hashed. */
export class ValueHasher {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly parameters: HashParameters,
    private readonly derive: DeriveHash,
  ) {}

  /** 32 hexadecimal digits for a value and what it belongs to. */
  hash(value: string, ...context: readonly string[]): string {
    const text = JSON.stringify([value, ...context]);
    const known = this.known.get(text);
    if (known !== undefined) {
      return known;
    }
    const { salt, rounds } = this.parameters;
    const hash = this.derive(text, salt, rounds);
    this.known.set(text, hash);
    return hash;
  }
}

/** One allowed value as it is written down: `pbkdf2-sha256:ROUNDS:SALT:HASH`. */
export function allowedValue(
  value: string,
  salt: string,
  derive: DeriveHash,
): string {
  const hash = new ValueHasher({ salt, rounds: hashRounds }, derive).hash(
    value,
  );
  return [hashAlgorithm, hashRounds, salt, hash].join(":");
}

/** An allowed value that was written down, read again. */
export interface AllowedValue extends HashParameters {
  readonly hash: string;
}

/** What an entry of the allowed values says, or null when it says nothing. */
export function readAllowedValue(text: string): AllowedValue | null {
  const [algorithm, rounds = "", salt = "", hash = "", ...more] = text
    .trim()
    .split(":");
  const parameters = { salt, rounds: Number(rounds) };
  return algorithm === hashAlgorithm &&
    /^\d+$/.test(rounds) &&
    /^[0-9a-f]{32}$/.test(hash) &&
    more.length === 0 &&
    areHashParameters(parameters)
    ? { ...parameters, hash }
    : null;
}
