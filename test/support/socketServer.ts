import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { canaryPassword, type TestServer } from "./postgres";
import { PostgresServer } from "./postgresServer";

/** A real PostgreSQL that listens on a socket in a folder, and what it takes to end it. */
export interface SocketServer {
  /** Its host is the folder. */
  readonly server: TestServer;
  readonly stop: () => Promise<void>;
}

/** Starts one; the folder's name has a space, as folders of people do. */
export async function startSocketServer(): Promise<SocketServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "viaduct-socket-"));
  await chmod(folder, 0o755);
  const sockets = await mkdtemp(path.join(tmpdir(), "v sock-"));
  await chmod(sockets, 0o755);
  const postgres = await PostgresServer.start(folder, 0, sockets);
  const server: TestServer = {
    host: sockets,
    port: postgres.port,
    user: "viaduct",
    password: canaryPassword,
    database: "postgres",
  };
  const owner = await postgres.connect();
  await owner.query(
    `CREATE ROLE ${server.user} SUPERUSER LOGIN PASSWORD ${owner.escapeLiteral(server.password)}`,
  );
  await owner.end();
  return {
    server,
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(sockets, { recursive: true, force: true });
    },
  };
}
