import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { freePort } from "./freePort";
import { GroupProcess } from "./process/groupProcess";
import {
  type PostgresProgram,
  dataFolder,
  postgresProgram,
} from "./postgresProgram";
import { copyWhole, processFolder } from "./template";

const READY_MS = 30_000;

/** A real PostgreSQL on loopback; its data outlive it. */
export class PostgresServer {
  readonly #process: GroupProcess;
  readonly port: number;
  /** Of the superuser `postgres`. */
  readonly #password: string;

  private constructor(process: GroupProcess, port: number, password: string) {
    this.#process = process;
    this.port = port;
    this.#password = password;
  }

  /**
   * Starts one with its data below `folder`, made when there are none. `port` is a wish: a taken one gives another.
   * `sockets` is a folder to listen in, too; it becomes the server's own.
   */
  static async start(
    folder: string,
    port: number,
    sockets = "",
  ): Promise<PostgresServer> {
    const program = await postgresProgram();
    const data = await dataFolder(path.join(folder, "postgres"), program.user);
    const passwordFile = path.join(folder, "postgres.password");
    if (
      !existsSync(path.join(data, "PG_VERSION")) ||
      !existsSync(passwordFile)
    ) {
      await initialise(program, data, passwordFile);
    }
    if (sockets !== "" && program.user !== null) {
      await chown(sockets, program.user.uid, program.user.gid);
    }
    const free = await freePort(port);
    const server = new GroupProcess({
      command: program.postgres,
      args: [
        ...["-D", data, "-p", String(free)],
        ...["-c", "listen_addresses=127.0.0.1"],
        // No socket file unless it is asked for: nothing is left behind, and no path is too long for one.
        ...["-c", `unix_socket_directories=${sockets}`],
        ...["-c", "logging_collector=off", "-c", "fsync=off"],
      ],
      cwd: data,
      env: { LC_ALL: "C" },
      user: program.user,
    });
    try {
      await server.printed(/ready to accept connections/, READY_MS);
    } catch (error) {
      await server.stop();
      throw error;
    }
    const password = await readFile(passwordFile, "utf8");
    return new PostgresServer(server, free, password);
  }

  /** A connection of the superuser; the caller ends it. */
  async connect(database = "postgres"): Promise<Client> {
    const client = new Client({
      host: "127.0.0.1",
      port: this.port,
      user: "postgres",
      password: this.#password,
      database,
    });
    await client.connect();
    return client;
  }

  /** The server's log, the newest part. */
  get log(): string {
    return this.#process.log;
  }

  /** Ends it at once; what was committed is kept. */
  async stop(): Promise<void> {
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
    await this.#process.stop("SIGINT");
  }
}

/** A cluster that was made once in this process: a copy of it is there at once. */
interface Cluster {
  readonly data: string;
  readonly password: string;
}

const made: { cluster?: Promise<Cluster> } = {};

async function initialise(
  program: PostgresProgram,
  data: string,
  passwordFile: string,
): Promise<void> {
  made.cluster ??= makeCluster(program);
  const cluster = await made.cluster;
  await rm(data, { recursive: true, force: true });
  await dataFolder(data, program.user);
  await copyWhole(cluster.data, data);
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
}

async function makeCluster(program: PostgresProgram): Promise<Cluster> {
  const folder = await processFolder("viaduct-initdb-");
  await chmod(folder, 0o711);
  const data = await dataFolder(path.join(folder, "data"), program.user);
  const password = randomBytes(18).toString("base64url");
  // initdb runs as another user, who cannot read ours.
  const handed = path.join(folder, "password");
  await writeFile(handed, password, { mode: 0o644 });
  try {
    const initdb = new GroupProcess({
      command: program.initdb,
      args: [
        ...["--pgdata", data, "--username", "postgres", "--pwfile", handed],
        ...["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"],
        "--no-sync",
      ],
      cwd: data,
      env: { LC_ALL: "C" },
      user: program.user,
    });
    await initdb.printed(/Success\./, READY_MS);
    await initdb.stop();
  } finally {
    await rm(handed, { force: true });
  }
  return { data, password };
}
