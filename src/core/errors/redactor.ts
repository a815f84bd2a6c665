const mask = "•••";

/** Below this length a value occurs in ordinary text by chance: replacing it everywhere would garble messages. */
const shortestSecret = 4;

/** What stands before or around a password wherever it is written: keyword forms, SQL options, URLs. */
const patterns: readonly { readonly find: RegExp; readonly replace: string }[] =
  [
    // A libpq keyword or a SQL option: password=x, PASSWORD 'x', password: "x".
    {
      find: /\b(passw(?:or)?d|pwd|sslpassword|oauth_client_secret|motherduck_token)(["']?\s*[=:]\s*|\s+(?='))(?:'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s'",;)&]+)/gi,
      replace: `$1$2${mask}`,
    },
    // The password of a URL: up to the last @ before a slash, because passwords with @ are pasted unencoded.
    {
      find: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/'"]*:)[^\s/'"]+(@)/gi,
      replace: `$1${mask}$2`,
    },
  ];

/**
 * Replaces secrets in every text that leaves the engine: values it was told, in the forms in which they are written in
 * SQL, URLs and JSON, and whatever looks like a password by its surroundings.
 */
export class Redactor {
  private readonly forms = new Set<string>();
  private ordered: readonly string[] = [];

  /**
   * Remembers a secret value. A value that is too short, or that equals one of `plain` (user `postgres`, password
   * `postgres`), is only replaced where the surroundings say that it is a password.
   */
  add(secret: string, plain: readonly string[] = []): void {
    const isPlain = plain.some(
      (value) => value.toLowerCase() === secret.toLowerCase(),
    );
    if (secret.length < shortestSecret || isPlain) {
      return;
    }
    const escaped = JSON.stringify(secret).slice(1, -1);
    for (const form of [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).replace(/[!'()*]/g, percentEncode),
      secret.replaceAll("'", "''"),
      secret.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
      escaped,
    ]) {
      this.forms.add(form);
    }
    // Longest first: a short secret may be a part of a long one.
    this.ordered = [...this.forms].sort((a, b) => b.length - a.length);
  }

  /** The text without secrets. */
  redact(text: string): string {
    let result = text;
    for (const form of this.ordered) {
      result = result.replaceAll(form, mask);
    }
    for (const { find, replace } of patterns) {
      result = result.replace(find, replace);
    }
    return result;
  }
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
