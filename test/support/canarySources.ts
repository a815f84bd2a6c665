import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AttachRequest } from "../../src/protocol/engine";
import { canary } from "./canary";

/** Where the canary's server is. */
export interface CanaryPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

type Request = Omit<AttachRequest, "alias" | "readOnly">;

/** Files with the canary in them, one for each way in, and what attaches by it. */
export interface CanarySources {
  readonly files: readonly string[];
  readonly envFile: string;
  readonly profile: string;
  readonly serviceFile: string;
  readonly requests: Readonly<Record<string, Request>>;
}

const encoded = encodeURIComponent(canary);
const backslashed = canary.replaceAll(/[\\']/g, "\\$&");

/** Writes them into a folder. */
export async function writeCanarySources(
  folder: string,
  name: string,
  { host, port, user, database }: CanaryPlace,
): Promise<CanarySources> {
  const files: string[] = [];
  const write = async (file: string, lines: readonly string[]) => {
    const full = path.join(folder, `${name}${file}`);
    await writeFile(full, `${lines.join("\n")}\n`);
    await chmod(full, 0o600);
    files.push(full);
    return full;
  };
  const plain = [
    `POSTGRES_HOST=${host}`,
    `POSTGRES_PORT=${port}`,
    `POSTGRES_DATABASE=${database}`,
    `POSTGRES_USER=${user}`,
  ];
  const envFile = await write(".env", [
    ...plain,
    `POSTGRES_PASSWORD=\`${canary}\``,
  ]);
  const urlFile = await write("url.env", [
    `DATABASE_URL=postgresql://${user}:${encoded}@${host}:${port}/${database}`,
  ]);
  const passFile = await write("pgpass", [
    `${host}:${port}:*:${user}:${canary.replaceAll(/[\\:]/g, "\\$&")}`,
  ]);
  const serviceFile = await write("pg_service.conf", [
    ...["[canary]", `host=${host}`, `port=${port}`, `dbname=${database}`],
    ...[`user=${user}`, `password=${canary}`],
  ]);
  const profile = await write("profiles.yml", [
    ...["canary:", "  target: dev", "  outputs:", "    dev:"],
    ...["      type: postgres", `      host: ${host}`, `      port: ${port}`],
    ...[
      `      user: ${user}`,
      `      dbname: ${database}`,
      "      schema: public",
    ],
    `      password: '${canary.replaceAll("'", "''")}'`,
    ...["    duck:", "      type: duckdb", "      attach:"],
    `        - path: "host=${host} port=${port} user=${user} dbname=${database} password='${backslashed.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}'"`,
    ...["          type: postgres", "          alias: entry"],
  ]);
  const pairs = `host=${host} port=${port} user=${user} dbname=${database}`;
  const dbt = { kind: "dbt", file: profile, profile: "canary" } as const;
  return {
    files,
    envFile,
    profile,
    serviceFile,
    requests: {
      envFile: {
        source: { kind: "envFile", file: envFile, prefix: "POSTGRES_" },
      },
      url: { source: { kind: "envFile", file: urlFile, prefix: "" } },
      service: {
        source: { kind: "service", service: "canary", file: serviceFile },
      },
      given: {
        source: { kind: "connection", connection: pairs },
        password: canary,
      },
      passfile: {
        source: {
          kind: "connection",
          connection: `${pairs} passfile=${passFile}`,
        },
      },
      written: {
        source: {
          kind: "connection",
          connection: `${pairs} password='${backslashed}'`,
        },
      },
      dbt: { source: { ...dbt, target: "dev", entry: "output" } },
      dbtAttach: { source: { ...dbt, target: "duck", entry: "attach:entry" } },
    },
  };
}
