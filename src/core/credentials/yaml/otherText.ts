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
    /^[^ -~]+$/.test(text) ||
    // The public half of a pair of keys.
    /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-|sk-ssh-|-----BEGIN (?:CERTIFICATE|PUBLIC|RSA PUBLIC))/.test(
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
