import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import {
  blamed,
  layered,
  type Blame,
  type ConnectionSettings,
} from "../../core/connections/connectionSettings";
import { parseConnection } from "../../core/connections/connectionText";
import { secretKeywords } from "../../core/connections/libpqOptions";
import type { AttachRequest } from "../../protocol/engine";

/** Options that name a file, which has to be there. */
const fileKeywords = ["sslrootcert", "sslcert", "sslkey", "sslcrl"];

/** A connection string as settings hold it. Throws `connectionInvalid`, also for a password: it stands in settings. */
export function connectionSettings(connection: string): ConnectionSettings {
  const blame: Blame = {
    errorClass: "connectionInvalid",
    subject: "The connection string",
  };
  const values = parseConnection(connection, blame);
  for (const keyword of secretKeywords) {
    if ((values.get(keyword) ?? "") !== "") {
      throw blamed(
        blame,
        `has a ${keyword} in it, and settings are no place for one: leave it out, and enter it when you are asked`,
      );
    }
  }
  return {
    values,
    blame: (keyword) => ({
      ...blame,
      subject: `The option ${keyword} of the connection string`,
    }),
  };
}

/** What an attachment says itself wins over its source. */
export function withOptions(
  settings: ConnectionSettings,
  { options = {}, password }: Pick<AttachRequest, "options" | "password">,
): ConnectionSettings {
  const { sslmode, sslrootcert, sslcert, sslkey } = options;
  const { connectTimeoutSeconds } = options;
  const own = { sslmode, sslrootcert, sslcert, sslkey, password };
  const values = new Map(
    Object.entries(own).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  if (connectTimeoutSeconds !== undefined) {
    values.set("connect_timeout", String(connectTimeoutSeconds));
  }
  // A weaker sslmode is a choice against the authorities of the machine, too.
  const isWeaker = sslmode !== undefined && sslmode !== "verify-full";
  if (isWeaker && settings.values.get("sslrootcert") === "system") {
    values.set("sslrootcert", sslrootcert ?? "");
  }
  return layered(settings, {
    values,
    blame: (keyword) => ({
      errorClass: "connectionInvalid",
      subject: `The option ${keyword} of the attachment`,
    }),
  });
}

/** Relative paths of certificates count from the file that names them. */
export function besideFile(
  settings: ConnectionSettings,
  file: string,
): ConnectionSettings {
  const values = new Map(settings.values);
  for (const keyword of [...fileKeywords, "sslcrldir", "passfile"]) {
    const value = values.get(keyword);
    if (value !== undefined && value !== "" && value !== "system") {
      // libpq knows no ~, but those who write an env file do.
      const plain = value.replace(/^~(?=[\\/])/, homedir());
      values.set(keyword, path.resolve(path.dirname(file), plain));
    }
  }
  return { ...settings, values };
}

/** Throws for a certificate that is not there; libpq would go on without a client certificate, and say something else. */
export function checkFiles(settings: ConnectionSettings): void {
  for (const keyword of fileKeywords) {
    const value = settings.values.get(keyword) ?? "";
    if (value !== "" && value !== "system" && !existsSync(value)) {
      throw blamed(settings.blame(keyword), "names a file that does not exist");
    }
  }
}
