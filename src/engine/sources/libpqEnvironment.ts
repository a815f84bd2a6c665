import { existsSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import path from "node:path";
import type { MachineDefaults } from "../../core/connections/connectionValues";

/** Variables that no option of a secret can outvote: libpq reads them whatever the connection says. */
const unruly = ["PGSERVICE", "PGDATESTYLE", "PGTZ", "PGGEQO"] as const;

/** Variables under which the session leaves its own name and limits for whoever connects without a secret of ours. */
const overwritten = ["PGAPPNAME", "PGCONNECT_TIMEOUT", "PGOPTIONS"];

/** Where the builds of libpq look for sockets. */
const socketFolders = ["/var/run/postgresql", "/run/postgresql", "/tmp"];

/** libpq's own variables and files. Connections of other sources are kept from finding them. */
export class LibpqEnvironment {
  private readonly taken = new Map<string, string>();
  /** As it was at the start. */
  private readonly original: Readonly<Record<string, string | undefined>>;

  constructor(private readonly environment: NodeJS.ProcessEnv) {
    this.original = { ...environment };
  }

  /** Takes the variables that libpq would mix into every connection out of the environment of this process. */
  seclude(): void {
    for (const name of unruly) {
      const value = this.environment[name];
      if (value !== undefined) {
        this.taken.set(name, value);
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an empty PGSERVICE is one to libpq
        delete this.environment[name];
      }
    }
  }

  /** Puts back what `seclude` has taken. */
  restore(): void {
    for (const [name, value] of this.taken) {
      this.environment[name] ??= value;
    }
    this.taken.clear();
  }

  /** The environment as it was. */
  get variables(): Readonly<Record<string, string | undefined>> {
    const own = overwritten.map((name): [string, string | undefined] => [
      name,
      this.original[name],
    ]);
    return {
      ...this.environment,
      ...Object.fromEntries(this.taken),
      ...Object.fromEntries(own),
    };
  }

  /** The service files in libpq's order, whether they exist or not. */
  get serviceFiles(): readonly string[] {
    const { PGSERVICEFILE = "", PGSYSCONFDIR = "" } = this.environment;
    const personal =
      PGSERVICEFILE === ""
        ? path.join(configFolder(), ".pg_service.conf")
        : PGSERVICEFILE;
    // Where PGSYSCONFDIR says nothing, libpq looks where it was built for: on Debian and Ubuntu, this.
    const folder =
      PGSYSCONFDIR === "" ? "/etc/postgresql-common" : PGSYSCONFDIR;
    return [personal, path.join(folder, "pg_service.conf")];
  }

  /** The password file: PGPASSFILE, else the user's own. */
  get passFile(): string {
    const { PGPASSFILE = "" } = this.environment;
    const name = process.platform === "win32" ? "pgpass.conf" : ".pgpass";
    return PGPASSFILE === "" ? path.join(configFolder(), name) : PGPASSFILE;
  }
}

/** What libpq takes from the machine for what a source leaves out. */
export const machineDefaults: MachineDefaults = {
  get user() {
    try {
      return userInfo().username;
    } catch {
      // A user id without a name, as in some containers.
      return process.env["USER"] ?? "";
    }
  },
  host: (port) =>
    socketFolders.find((folder) =>
      existsSync(path.join(folder, `.s.PGSQL.${port}`)),
    ) ?? "localhost",
};

/** Where libpq looks for a user's own files. */
export function configFolder(): string {
  return process.platform === "win32"
    ? path.join(process.env["APPDATA"] ?? homedir(), "postgresql")
    : homedir();
}
