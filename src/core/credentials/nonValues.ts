const nonValues =
  /^(?:string|str|text|varchar|integer|int|number|boolean|bool|object|array|password|required|optional|bearer|basic|oauth2?|jwt|opaque|random|auto|automatic|generated?|prompt|ask|env|environment|vault|file|header|cookie|query|body|read|write|admin_only|always|never|on_create|enabled|disabled|plain|plaintext|base(?:32|58|64)|hex|[hre]s256|sha(?:1|256|512)|aes(?:128|256)|ed25519|md5|bcrypt|hidden|all|any|inherit|same|secure|unencrypted|encrypted|omit|none|kdf|self|default|null|undefined|masked|forbidden|allowed|internal|external|sensitive|confidential|uuid|guid|ulid|citext|bytea|timestamp|datetime|bigint|bytes|blob|clob|passed|failed|skipped|pending|running|expired|revoked|active|inactive|rotated|invalid|valid|missing|unknown|manual)$/i;

/** As long as the longest of them. */
const longest = 12;

/** True for a value that names a type, a mode or a rule rather than being one: `password: string`, `id-token: write`. */
export function isNonValue(value: string): boolean {
  return value.length <= longest && nonValues.test(value);
}
