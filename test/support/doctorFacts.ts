import type {
  AttachmentFacts,
  ConnectionFacts,
  DoctorFacts,
  Fact,
  SessionFacts,
} from "../../src/core/doctor/facts";
import { errorInfo } from "../../src/core/errors/makeError";

/** Something that was seen. */
export function seen<T>(value: T): Fact<T> {
  return { ok: true, value };
}

/** Something that could not be seen. */
export function unseen(message: string): Fact<never> {
  return { ok: false, problem: errorInfo("statementTimeout", message) };
}

/** A session where everything is as it should be. */
export const healthySession: SessionFacts = {
  today: "2026-11-22",
  version: "v1.5.5",
  platform: "linux_amd64",
  asked: [],
  profileProblems: [],
  settings: seen(
    new Map([
      ["memory_limit", "12.4 GiB"],
      ["threads", "8"],
      ["temp_directory", "/home/ana/.cache/viaduct/spill"],
    ]),
  ),
  extensions: seen([
    {
      name: "postgres_scanner",
      installed: true,
      loaded: true,
      version: "41223e5",
      path: "/home/ana/ext/v1.5.5/linux_amd64/postgres_scanner.duckdb_extension",
      aliases: ["postgres"],
    },
  ]),
  secrets: seen([
    { name: "viaduct_source_memories", type: "postgres", persistent: false },
  ]),
  databases: seen([
    {
      name: "memory_lake",
      type: "duckdb",
      readOnly: false,
      storageVersion: "v1.0.0+",
      hasInlinePassword: false,
    },
  ]),
  file: {
    path: "/home/ana/shop/memory_lake.duckdb",
    catalog: "memory_lake",
    readOnly: false,
    problem: null,
    bytes: 48_234_496,
    walBytes: 0,
  },
  temporary: seen({ folder: "/home/ana/.cache/viaduct", freeBytes: 8e10 }),
};

/** A connection where everything is as it should be. */
export const healthyConnection: ConnectionFacts = {
  connectMs: 23.4,
  server: seen({
    version: "18.4",
    versionNumber: 180_004,
    encoding: "UTF8",
    database: "memories",
    user: "analyst",
    clockOffsetMs: 12,
    roundTripMs: 4.2,
  }),
  tls: seen({ version: "TLSv1.3" }),
  settings: seen([
    { name: "statement_timeout", value: "60000", source: "client" },
    { name: "lock_timeout", value: "0", source: "default" },
    {
      name: "idle_in_transaction_session_timeout",
      value: "0",
      source: "default",
    },
    { name: "default_transaction_read_only", value: "on", source: "client" },
  ]),
  role: seen({
    superuser: false,
    bypassRls: false,
    canBecomeSuperuser: false,
    createRole: false,
    createInDatabase: false,
    writesAllData: false,
    createSchemas: [],
    publicCreateSchemas: [],
  }),
  tables: seen({
    total: 14,
    schemas: ["public"],
    writable: 0,
    writableNames: [],
    unreadable: 0,
    unreadableNames: [],
    partlyReadable: 0,
  }),
  rowSecurity: seen({ total: 0, active: 0, activeNames: [] }),
  stale: seen([]),
  backends: seen([]),
  throughDuckdb: seen(null),
  pool: seen({
    max: 12,
    available: 1,
    acquireMode: "force",
    waitMs: 30_000,
    failures: 0,
  }),
};

/** An attachment where everything is as it should be. */
const healthyAttachment: AttachmentFacts = {
  alias: "source_memories",
  readOnly: true,
  source: { kind: "envFile", file: "/home/ana/shop/.env", prefix: "POSTGRES_" },
  file: {
    path: "/home/ana/shop/.env",
    exists: true,
    git: "ignored",
    variables: ["POSTGRES_HOST", "POSTGRES_PASSWORD", "POSTGRES_USER"],
  },
  asked: {
    connectTimeoutSeconds: 10,
    statementTimeoutSeconds: 60,
    idleInTransactionTimeoutSeconds: 0,
  },
  values: seen({
    host: "db.example.com",
    isLoopback: false,
    sslmode: "verify-full",
  }),
  problem: null,
  connection: seen(healthyConnection),
};

/** What the doctor is given, with some of it different. */
export function factsWith({
  session = {},
  attachment = {},
  connection = {},
}: {
  readonly session?: Partial<SessionFacts>;
  readonly attachment?: Partial<AttachmentFacts>;
  readonly connection?: Partial<ConnectionFacts>;
} = {}): DoctorFacts {
  return {
    session: { ...healthySession, ...session },
    attachments: [
      {
        ...healthyAttachment,
        connection: seen({ ...healthyConnection, ...connection }),
        ...attachment,
      },
    ],
    foreign: [],
  };
}
