import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { AttachRequest } from "../../protocol/engine";
import type { ConnectionSources } from "./connectionSources";

/** Options that name a file whose content counts, too. */
const fileOptions = ["sslcert", "sslkey", "sslcrl"];

/**
 * Tells whether what a source refers to has changed, without telling what it is: a keyed digest of the values and of the
 * certificates. The key is random and never leaves the process, so nobody can try passwords against a digest.
 */
export class SourceDigests {
  private readonly key = randomBytes(32);

  /** The digest of what an attachment would connect with now; null when that cannot be read. */
  async of(
    sources: Pick<ConnectionSources, "read">,
    request: AttachRequest,
  ): Promise<string | null> {
    // A password from elsewhere is not of the source, and is not known here.
    const isElsewhere = request.options?.password !== undefined;
    const values = await sources
      .read(isElsewhere ? { ...request, password: "" } : request)
      .catch(() => null);
    return values === null ? null : this.digest(values);
  }

  private async digest(values: ConnectionValues): Promise<string> {
    const hmac = createHmac("sha256", this.key).update(JSON.stringify(values));
    const files = fileOptions.map((name) => values.options[name] ?? "");
    for (const file of [values.sslrootcert, ...files]) {
      if (file !== "" && file !== "system") {
        hmac.update("\0").update(await readFile(file).catch(() => "missing"));
      }
    }
    return hmac.digest("base64url");
  }
}
