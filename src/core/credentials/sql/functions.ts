import type { RuleId } from "../ruleIds";

/** The argument at a place (from 0), in lower case; null when there are not so many, empty when it is no name or string. */
type ArgumentAt = (place: number) => string | null;

/** A function that takes credentials. */
interface Known {
  readonly rule: RuleId;
  readonly places: readonly number[];
  /** Tells the function from others of its name. */
  readonly isMeant?: (argument: ArgumentAt) => boolean;
}

const cipher = /^(?:aes|bf|blowfish|3des|des|cast5)\b/;

const signature = /^(?:hs|rs|es)(?:256|384|512)$/;

/**
 * What stands for a key where a function is explained or tested: a word for anything, one byte again and again, and
 * digits or bytes that count up from zero.
 */
const anyKey =
  /^(?:key|foo|bar|baz|foobar|x|\\x([0-9a-f]{2})\1*|\\x(?:00)?0102030405[0-9a-f]*|\\x0123456[0-9a-f]*|\\xfedcba98[0-9a-f]*|0123456[0-9a-z]*)$/;

/** The key at a place, unless it is only named so. */
function key(...places: readonly number[]): Known {
  return {
    rule: "CS108",
    places,
    isMeant: (argument) => !anyKey.test(argument(places[0] ?? 0) ?? ""),
  };
}

/** A function of pgcrypto that takes a key, known by the algorithm at `place`. */
function raw(place: number): Known {
  return {
    ...key(1),
    isMeant: (argument) =>
      cipher.test(argument(place) ?? "") && !anyKey.test(argument(1) ?? ""),
  };
}

/** Functions by name. */
const functions: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    "password",
    // `password('x')` hashes its argument; with more than one it is something else.
    {
      rule: "CS101",
      places: [0],
      isMeant: (argument) => argument(1) === null,
    },
  ],
  ["old_password", { rule: "CS101", places: [0] }],
  ["add_parquet_key", { rule: "CS108", places: [1] }],
  ["create_simple_secret", { rule: "CS110", places: [2] }],
  ["create_azure_secret", { rule: "CS110", places: [0] }],
  ["create_aws_credentials", { rule: "CS110", places: [1, 2] }],
  ["create_credential", { rule: "CS110", places: [2] }],
  ["set_wallet", { rule: "CS110", places: [1] }],
  ["pgp_sym_encrypt", key(1)],
  ["pgp_sym_encrypt_bytea", key(1)],
  ["pgp_sym_decrypt", key(1)],
  ["pgp_sym_decrypt_bytea", key(1)],
  ["pgp_pub_decrypt", key(2)],
  ["pgp_pub_decrypt_bytea", key(2)],
  ["aes_encrypt", key(1)],
  ["aes_decrypt", key(1)],
  ["encrypt", raw(2)],
  ["decrypt", raw(2)],
  ["encrypt_iv", raw(3)],
  ["decrypt_iv", raw(3)],
  ["encryptbypassphrase", key(0)],
  ["decryptbypassphrase", key(0)],
  ["crypto_secretbox", key(2)],
  ["crypto_secretbox_open", key(2)],
  ["crypto_aead_det_encrypt", key(2)],
  ["crypto_aead_det_decrypt", key(2)],
  [
    "hmac",
    {
      ...key(1),
      isMeant: (argument) =>
        /^(?:md5|sha\d+)$/.test(argument(2) ?? "") &&
        !anyKey.test(argument(1) ?? ""),
    },
  ],
  [
    // pgjwt
    "sign",
    {
      ...key(1),
      isMeant: (argument) =>
        signature.test(argument(2) ?? "") ||
        (argument(2) === null && /^\{|json/.test(argument(0) ?? "")),
    },
  ],
  [
    "verify",
    { ...key(1), isMeant: (argument) => signature.test(argument(2) ?? "") },
  ],
]);

function places(rule: RuleId, ...of: readonly number[]): Known {
  return { rule, places: of };
}

/** Functions of a schema that alone makes them what they are. */
const schemaFunctions: ReadonlyMap<string, Known> = new Map<string, Known>([
  ["vault.create_secret", places("CS110", 0)],
  ["vault.update_secret", places("CS110", 1)],
  ["utl_http.set_authentication", places("CS110", 2)],
  ["aws_s3.table_import_from_s3", places("CS110", 7, 8)],
  ["mysql.rds_set_external_master", places("CS110", 3)],
  ["mysql.rds_set_external_master_with_delay", places("CS110", 3)],
  ["mysql.rds_set_external_source", places("CS110", 3)],
  ["azure_storage.account_add", places("CS110", 1)],
  ["azure_storage.account_options_credentials", places("CS110", 1)],
]);

/** Functions that are given a setting's name and its value. */
export const settersOfNames: ReadonlySet<string> = new Set([
  ..."config setting option parameter variable value env curlopt"
    .split(" ")
    .flatMap((each) => [`set_${each}`, `http_set_${each}`]),
  "setenv",
]);

/** Functions that are given a document, the path of a member of it, and its value. */
export const settersOfPaths: ReadonlySet<string> = new Set([
  "jsonb_set",
  "jsonb_set_lax",
  "jsonb_insert",
  "json_set",
  "json_replace",
  "json_insert",
]);

/** Names of those functions without their schema. */
const inSchemas: ReadonlySet<string> = new Set(
  [...schemaFunctions.keys()].map((each) => each.slice(each.indexOf(".") + 1)),
);

/** All of their names. */
export const functionNames: readonly string[] = [
  ...functions.keys(),
  ...inSchemas,
];

/** The function `name`, or that of a schema, when it takes credentials. */
export function knownFunction(name: string, schema: string): Known | undefined {
  const scoped = inSchemas.has(name)
    ? schemaFunctions.get(`${schema}.${name}`)
    : undefined;
  return scoped ?? functions.get(name);
}

/** Where a function takes credentials, and the rule for each. */
export function credentialPlaces(
  { isMeant, places: of, rule }: Known,
  argument: ArgumentAt,
): (readonly [rule: RuleId, place: number])[] {
  return isMeant?.(argument) === false
    ? []
    : of.map((place) => [rule, place] as const);
}
