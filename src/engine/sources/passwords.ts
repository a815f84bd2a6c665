import { readFile, stat } from "node:fs/promises";
import {
  serverPlaces,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import { findPassword } from "../../core/connections/passFile";
import { viaductError } from "../../core/errors/makeError";

/**
 * Values with what libpq's password file has for them; the values themselves when it has nothing. Throws
 * `passwordMissing` for a password in a file that others can read: libpq does not use that either.
 */
export async function withPassFile(
  values: ConnectionValues,
  file: string,
): Promise<ConnectionValues> {
  const text = await textOf(file);
  if (text === null) {
    return values;
  }
  const found = serverPlaces(values).map(({ host, hostaddr, port }) =>
    findPassword(text, {
      host: host === "" ? hostaddr : host,
      port,
      database: values.database,
      user: values.user,
    }),
  );
  if (found.every((password) => password === null)) {
    return values;
  }
  await refuseOpenFile(file);
  const passwords = found.map((password) => password ?? "");
  const [password = ""] = passwords;
  return passwords.every((one) => one === password)
    ? { ...values, password }
    : {
        ...values,
        hostPasswords: passwords,
        options: { ...values.options, passfile: file },
      };
}

async function textOf(file: string): Promise<string | null> {
  try {
    return (await stat(file)).isFile() ? await readFile(file, "utf8") : null;
  } catch {
    // As libpq: a password file that cannot be read is one that is not there.
    return null;
  }
}

async function refuseOpenFile(file: string): Promise<void> {
  const mode = (await stat(file)).mode & 0o777;
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw viaductError(
      "passwordMissing",
      `The password file ${file} is not used, because others have access to it (mode ${mode.toString(8).padStart(4, "0")}).`,
      {
        hint: `Close it to others (chmod 0600 ${file}), or enter the password.`,
      },
    );
  }
}
