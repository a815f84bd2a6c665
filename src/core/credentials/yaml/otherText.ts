import { isCredentialName } from "../keys";

/** The word for a password in the languages that labels are written in. */
const labels =
  /^(?:passwort|kennwort|contraseña|clave|senha|palavra-passe|mot de passe|wachtwoord|lösenord|passord|adgangskode|salasana|hasło|heslo|jelszó|parola|şifre|lozinka|geslo|parool|slaptažodis|parole)$/i;

/** True for a value that says itself that it is something else: a label, code, a type, a public key. */
export function isOtherText(text: string): boolean {
  return (
    isAssignment(text) ||
    labels.test(text) ||
    // JSON has credentials of its own: it is read as what it is.
    /^\{\s*\\?["']|^\[\s*\\?["'{]/.test(text) ||
    isSchema(text) ||
    isMeasure(text) ||
    isCode(text) ||
    /^[^ -~]+$/.test(text) ||
    // The public half of a pair of keys.
    /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-|sk-ssh-|-----BEGIN (?:CERTIFICATE|PUBLIC|RSA PUBLIC))/.test(
      text,
    )
  );
}

/** `token: 15m`, `secret: 90 days`, `PT1H`: how long, or how much. */
function isMeasure(text: string): boolean {
  return (
    text.length < 20 &&
    /^(?:\d{1,6} ?(?:ns|us|ms|s|m|h|d|w|y|sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|[kmgt]i?b)|P(?=T?\d)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?)$/i.test(
      text,
    )
  );
}

/** `App\Security\Token`, `PasswordType::class`, `TokenHandler`, `/auth/password`: what does it, or where it is done. */
function isCode(text: string): boolean {
  return (
    /^\\?[A-Za-z_]\w*(?:\\{1,2}[A-Z]\w*)+(?:::\w+)?$|^[A-Za-z_]\w*::\w+$/.test(
      text,
    ) ||
    /^(?:\/[a-z]+(?:[-_][a-z]+)*)+\/?$/.test(text) ||
    /^(?:[A-Z][a-z]+)+(?:Handler|Encoder|Provider|Validator|Factory|Strategy|Filter|Converter|Generator|Hasher|Authenticator|Middleware|Controller|Serializer|Resolver)$/.test(
      text,
    )
  );
}

/** `SECRET_KEY = 'x'`: a line of code, which says itself what it is about. */
function isAssignment(text: string): boolean {
  if (!text.includes("=")) {
    return false;
  }
  const [, name = ""] =
    /^\s*([A-Za-z_][\w.]*)\s+=\s+(["'])[^"'\n]*\2\s*$/.exec(text) ?? [];
  return isCredentialName(name);
}

/** `password: varchar(255)`, `token: !!str` of schemas, and the name of a column's type. */
function isSchema(text: string): boolean {
  return (
    // `required|min:8|confirmed` of a validator
    (text.includes("|") &&
      /^(?:required|nullable|sometimes|string|filled|present|bail|confirmed)\|[a-z_]+(?::[^|\s]+)?(?:\||$)/.test(
        text,
      )) ||
    // An icon, and a colour of a design's tokens
    (text.includes(":") &&
      /^(?:mdi|hass|lucide|tabler|heroicons|material-symbols|fa[bsrl]?):[a-z][a-z0-9-]*$/.test(
        text,
      )) ||
    /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text) ||
    /^(?:(?:var)?char\s*\(\d+\)|(?:nullable|text|string)\b.*$)/i.test(text)
  );
}
