import { nameWords } from "./nameWords";

/** Words that a value has only when somebody is meant to put another one there, whatever is added to them. */
const fillIn =
  /(?:^|[^a-z])(?:change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|with|this|by|default)|place[-_ ]?holder|fill[-_ ]?in|set[-_]me|not[-_]?set|goes[-_]here|(?:redacted|filtered|scrubbed|masked|hidden|removed|censored|todo|tbd|fixme|dummy|unset)(?![a-z]))/i;

/** The same where it is plainly named: `your_key`, `my-example`. `yourStrong(!)Pass1` and `Example#Town-77x` are passwords. */
const namedFillIn =
  /(?:^|[^a-z])(?:your[-_ /]?\w|insert[-_ ]|enter[-_ ]|put[-_ ](?:your|the|a)|example|sample[-_]|to[-_]be[-_]|paste[-_ ]|use[-_ ]a[-_ ]|a[-_]strong[-_]|(?:fake|mock|bogus)(?![a-z]))/i;

/** True for what no name is written with, and a password is made strong with; `me@example.org` is an address. */
function isStrong(value: string): boolean {
  return (
    /[!@#^&()]/.test(value) &&
    /[A-Z\d]/.test(value) &&
    !/\s/.test(value) &&
    !/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value)
  );
}

/** `your-key-here`, `PasswordHere`: what belongs there is named; `winter-is-here` is a passphrase like any other. */
const fillInEnd =
  /(?:(?:pass(?:word|wd|phrase|code)?|pwd?|secret|token|key|credentials?|value|string|text|code|hash|id|name|user|url|connection|goes|it|something|stuff|your\w{0,60})[-_ ]?here|[-_ ](?:aqu[ií]|ici)|example(?:key|secret|password|token)?)$/i;

/** The same in German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese and Korean. */
const fillInElsewhere =
  /^(?:(?:dein|deine|ihr|ihre|euer|das|hier|neues|sicheres)[-_ ]?(?:pass?wort|kennwort|geheimnis|schl(?:ü|ue)ssel)\w*|(?:votre|ton|le|un)[-_ ]?mot[-_ ]de[-_ ]passe\w*|mot[-_ ]?de[-_ ]?passe|(?:tu|su|la|una|sua|tua|senha|la[-_]tua)[-_ ]?(?:contrase(?:ñ|n)a|clave|senha|password|secreta?)\w*|(?:contrase(?:ñ|n)a|senha|parola[-_]chiave)[-_ ]?(?:aqu(?:í|i)|segura|forte)|bitte[-_ ](?:ändern|aendern)|(?:à|a)[-_ ]?(?:changer|remplacer)|changez[-_]?moi|(?:cambiar?me|cambia[-_]?questo)|(?:你的|您的|数据库|用户|请输入|修改)?(?:密码|密碼|口令|密钥)|(?:ваш[-_ ])?пароль|パスワード|비밀번호)$/iu;

/** `PleaseGenerateAKey`, and the bare order: what is to be done with the value. */
const order =
  /^(?:[Pp]lease[-_ ]?(?:[Cc]hange|[Ss]et|[Rr]eplace|[Gg]enerate|[Ee]nter|[Ff]ill|[Uu]se|[Pp]rovide|[Pp]ut|[Ii]nsert|[Aa]dd|[Uu]pdate|[Aa]sk|[Ss]ee|[Cc]hoose|[Cc]reate|[Ss]pecify)|PLEASE_|(?:REPLACE|CHANGE|UPDATE)D?$|(?:INSERT|FILL|ENTER)(?:ED)?$)/;

const nothing =
  /^(?:none|null|nil|undefined|n\/?a|true|false|yes|no|on|off|~|-+|\?+|empty|default|void|unused|unneeded|(?:not?|none)[-_ ]?(?:needed|required|used|necessary)|no[-_ ](?:key|token|password|secret)[-_ ](?:needed|required|necessary))$/i;

/** What tokens of the providers begin with, and not only of those that are told by their form. */
const tokenPrefix =
  /^(?:hf_|api_|r8_|gsk_|xai-|nvapi-|tvly-|pplx-|(?:sk|pk|rk)[-_](?:(?:live|test|proj|svcacct|admin|ant|or)[-_])*(?:(?:api\d\d|sid\d\d|v1)[-_])?|gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|dt|soat|cbt|agent|oas)-|npm_|xox[abeoprs]-|xapp-|(?:AKIA|ASIA|AIza(?:Sy)?)|GOCSPX-|ya29\.|SG\.|sq[pua]_|sq0(?:atp|csp)-|do[opr]_v1_|pypi-|dckr_(?:pat|oat)_|dapi|whsec_|shp(?:at|ca|pa|ss)_|xkeysib-|key-|lin_api_|gl(?:sa|c)_|hv[sbr]\.|dp\.(?:pt|st|ct|sa)\.|PMAK-|NRAK-|napi_|pscale_(?:tkn|pw|oauth)_|sb(?:p|_secret)_|dbt[cu]_|eyJ|AGE-SECRET-KEY-)/;

/** What is left of a token when nobody is to see it: `XXXX`, `****-0000`, `aaaaaaaa`. */
const tokenFill = /^(?:[x*0.•_-]{3,}|([^\s])\1{2,})$/i;

/** `google-key-XXXX`: words, and then what stands for the rest. */
const wordsAndFill =
  /^(?:[A-Za-z]{1,20}[-_.])+(?:X{3,}|x{4,}|\*{3,})(?:[-_.](?:X{3,}|x{4,}|\*{3,}))*$/;

/** `<x>`, `⟨x⟩`, `[x]`, `«x»`, `(x)`, `***REMOVED***`: brackets all around. */
const bracketed =
  /^(?:<+[^<>]*>+|⟨[^⟩]*⟩|\[[^\]]*\]+|«[^»]*»|\([^)]*\)|(\*{2,})[\w -]+\1)$/;

const fillCharacters = /^[.*•x_%#?\-–—…+=~\s]+$/i;

/** `SECRET 'secret_access_key'`: what a parameter of a cloud's is called, where its value would be. */
const parameterName =
  /^(?:(?:aws|gcs|r2|s3|my)[-_])?(?:secret[-_]access[-_]key|access[-_]key[-_]id|session[-_]token)$/;

/** `LICENSE_HERE`, `SERVICE_ACCOUNT_JSON_HERE`: in capitals nothing else is called so. */
const capitalsHere = /^\W*[A-Z][A-Z\d_-]*[_-]HERE\W*$/;

/** True for a value that stands where a credential is to be put. */
export function isPlaceholder(
  value: string,
  key: string,
  language: "sql" | "yaml",
): boolean {
  return (
    nothing.test(value) ||
    order.test(value) ||
    bracketed.test(value) ||
    fillCharacters.test(value) ||
    fillIn.test(value) ||
    (namedFillIn.test(value) && !isStrong(value)) ||
    // `hf_...`, `abc123…`: shortened
    /\.{3}|…|x{8}/i.test(value) ||
    fillInEnd.test(value) ||
    capitalsHere.test(value) ||
    fillInElsewhere.test(value) ||
    /<[A-Za-z][\w .-]*>/.test(value) ||
    isPattern(value) ||
    parameterName.test(value) ||
    isMonotonous(value) ||
    wordsAndFill.test(value) ||
    isTokenOfNothing(value) ||
    isExplainedUser(value, key) ||
    isExplainedPair(value) ||
    namesItsKey(value, key, language)
  );
}

/** `[^&]*`, `\\S+`, `(?i)…`: a regular expression, by which credentials are looked for. */
function isPattern(value: string): boolean {
  return /^\[\^\]?$|^\(\?(?:[:=!<]|[ims]{1,3}\))|\[(?:\^[^\]]{1,20}|[^\]]{0,20}\w-\w[^\]]{0,20})\][*+{]|\\[SWDswd](?:[*+{]|$)|^\.[*+]|\.[*+]\??(?:\)|$)/.test(
    value,
  );
}

/** `ghp_xxxx`, `AKIA0000`: a provider's prefix, and no token behind it. */
function isTokenOfNothing(value: string): boolean {
  const prefix = tokenPrefix.exec(value);
  return prefix !== null && tokenFill.test(value.slice(prefix[0].length));
}

/** `0000…`, `5555:AAAA…`, `yyyy`: a run of hardly anything; `1111` is what people type. */
function isMonotonous(value: string): boolean {
  let length = 0;
  let first = "";
  let second = "";
  for (const character of value) {
    if ("-:._ ".includes(character)) {
      continue;
    }
    length += character.length;
    if (first === "") {
      first = character;
    } else if (character !== first) {
      if (second !== "" && character !== second) {
        return false;
      }
      second = character;
    }
  }
  const isOne = second === "";
  return (length >= 3 && isOne && !/^[1-9]{3,12}$/.test(value)) || length >= 16;
}

/** `basic.auth.user.info: username:password`, of which the value is what is behind the colon. */
function isExplainedUser(value: string, key: string): boolean {
  return value === "password" && /user[._]info$/i.test(key);
}

/** `id:api_key`, `user:password`: what is to stand on either side of the colon. */
function isExplainedPair(value: string): boolean {
  return /^(?:my_?|your_?)?(?:id|user(?:_?name)?|login|name|key(?:_?id)?|client(?:_?id)?):(?:my_?|your_?)?(?:password|passwd|pass|secret|token|key|(?:api|secret|access)_?key)$/i.test(
    value,
  );
}

/** Words that names of variables for credentials are made of. */
const variableWords = new Set(
  (
    "aws gcs gcp r2 s3 azure db pg postgres postgresql mysql my the app user " +
    "root admin secret access key token password passwd pass pw pwd api " +
    "client session connection string id hmac bearer auth account storage " +
    "motherduck md hf huggingface github gitlab slack stripe openai supabase jwt anon service role demo smtp " +
    "database new old prod dev test"
  ).split(" "),
);

/**
 * `password: user_password` says what belongs there. Not so in SQL, which takes every string for what it is, nor below
 * the name of a variable: `POSTGRES_PASSWORD: db_password` is what the program is given.
 */
const lowerVariable =
  /^(?:(?:user|db|database)[-_](?:(?:user|db|database)[-_])?(?:password|secret|token|key)|(?:(?:api|auth|access|session|client|private|secret|refresh|bearer|aws)[-_])+(?:key|token|secret)(?:[-_]passphrase)?|token)$/;

/** What a lexer's tokens are called. */
const tokenKinds = new Set(
  (
    "ident identifier name word number integer int float decimal string char " +
    "literal keyword symbol operator punctuation comma colon semicolon dot " +
    "newline whitespace space tab indent dedent comment eof eol expr term " +
    "plus minus star slash equals lparen rparen lbrace rbrace lbracket rbracket"
  ).split(" "),
);

/** `password=PASSWORD`, `DB_PASSWORD=DB_PASSWORD`, and in YAML `passwordEnv`-like names of variables. */
function namesItsKey(
  value: string,
  key: string,
  language: "sql" | "yaml",
): boolean {
  const isUpper = /^[A-Z][A-Z0-9_]*$/.test(value);
  const words = nameWords(value);
  const keyWords = nameWords(key);
  if (
    words.join(" ") === keyWords.join(" ") &&
    (isUpper || language === "yaml")
  ) {
    return true;
  }
  if (!isUpper) {
    // `token: ident` of a parser: its kind.
    const isKind = /^tokens?$/i.test(key) && tokenKinds.has(value);
    return (
      isKind ||
      (language === "yaml" &&
        lowerVariable.test(value) &&
        !/^[A-Z][A-Z0-9_]*$/.test(key))
    );
  }
  // The same in capitals: no token is made of them alone.
  if (
    language === "yaml" &&
    /^(?:.*_)?tokens?$/i.test(key) &&
    /^[A-Z]+(?:_[A-Z]+)*$/.test(value) &&
    value.length < 20
  ) {
    return true;
  }
  const isGeneric =
    words.length === 1 &&
    /^(?:PASSWORD|SECRET|TOKEN|PASS|KEY|PWD)$/.test(value);
  const isVariable =
    language === "yaml"
      ? /_(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|KEY)$/.test(value)
      : words.length > 1 && words.every((word) => variableWords.has(word));
  return isGeneric || isVariable;
}
