const nonValues =
  /^(?:string|str|text|varchar|integer|int|number|boolean|bool|object|array|password|required|optional|bearer|basic|oauth2?|jwt|opaque|random|auto|automatic|generated?|prompt|ask|env|environment|vault|file|header|cookie|query|body|read|write|admin_only|always|never|on_create|enabled|disabled|plain|plaintext|base(?:32|58|64)|hex|[hre]s256|sha(?:1|256|512)|aes(?:128|256)|ed25519|md5|bcrypt|hidden|all|any|inherit|same|secure|unencrypted|encrypted|omit|none|kdf|self|default|null|undefined|masked|forbidden|allowed|internal|external|sensitive|confidential|uuid|guid|ulid|citext|bytea|timestamp|datetime|bigint|bytes|blob|clob|passed|failed|skipped|pending|running|expired|revoked|active|inactive|rotated|invalid|valid|missing|unknown|manual|wrong|incorrect)$/i;

/** Those of them that no password is, whatever its name: what is to be done, and what has become of it. */
const instructions =
  /^(?:required|optional|generated?|prompt|ask|vault|never|always|on_create|enabled|disabled|hidden|inherit|omit|none|null|undefined|masked|forbidden|allowed|passed|failed|skipped|pending|expired|revoked|inactive|missing)$/i;

/** True for an instruction, or a state. */
export function isInstruction(value: string): boolean {
  return value.length <= longest && instructions.test(value);
}

/** As long as the longest of them. */
const longest = 12;

/** True for a value that names a type, a mode or a rule rather than being one: `password: string`, `id-token: write`. */
export function isNonValue(value: string): boolean {
  return value.length <= longest && nonValues.test(value);
}
