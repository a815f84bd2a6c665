import assert from "node:assert/strict";
import path from "node:path";
import type { DoctorCheck, DoctorReport } from "../../src/core/doctor/report";
import type { ErrorInfo } from "../../src/core/errors/errorInfo";
import { faultOf, TestEngine } from "./engineHarness";
import {
  admin,
  canaryPassword,
  connectAdmin,
  testServer,
  writeEnvFile,
} from "./postgres";

/** Of every role that the suites make. */
export const rolePassword = "r3ader$canary";

/** The one check of an id, about one subject where there are several. */
export function find(
  report: DoctorReport,
  id: string,
  subject?: string,
): DoctorCheck {
  const found = report.checks.filter(
    (check) =>
      check.id === id && (subject === undefined || check.subject === subject),
  );
  assert.equal(found.length, 1, `${id} of ${subject ?? "anything"}`);
  const [check] = found;
  assert.ok(check);
  return check;
}

/** How an attachment of the suite is made. */
export interface DoctorAttach {
  readonly readOnly?: boolean;
  readonly schemas?: readonly string[];
  readonly env?: Readonly<Record<string, string | null>>;
}

/** A database with roles of its own, and for each test an engine; no password leaves any of them. */
export class DoctorSuite {
  private current: TestEngine | undefined;

  constructor(readonly database: string) {}

  get engine(): TestEngine {
    assert.ok(this.current);
    return this.current;
  }

  async start(
    options: Parameters<typeof TestEngine.start>[0] = {},
  ): Promise<void> {
    await this.current?.close();
    this.current = await TestEngine.start(options);
  }

  async end(): Promise<void> {
    const { engine } = this;
    this.current = undefined;
    await engine.close();
    const all = JSON.stringify([engine.answers, engine.events]);
    assert.ok(!all.includes(canaryPassword), "a password left the engine");
    assert.ok(!all.includes(rolePassword), "a password left the engine");
  }

  /** Runs SQL as the owner in the suite's database. */
  async sql(text: string): Promise<void> {
    const client = await connectAdmin(testServer(), {
      database: this.database,
    });
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  /** The name of one of the suite's roles; the server has them all together. */
  role(name: string): string {
    return `${this.database}_${name}`;
  }

  envFile(
    name: string,
    values: Readonly<Record<string, string | null>> = {},
  ): Promise<string> {
    return writeEnvFile(path.join(this.engine.folder, `${name}.env`), {
      DATABASE: this.database,
      ...values,
    });
  }

  /** Attaches as one of the suite's roles; `owner` is the server's superuser. */
  async attach(
    alias: string,
    role: string,
    { readOnly = true, schemas = [], env = {} }: DoctorAttach = {},
  ): Promise<void> {
    const login: Readonly<Record<string, string>> =
      role === "owner" ? {} : { USER: this.role(role), PASSWORD: rolePassword };
    await this.engine.handlers.attach({
      alias,
      readOnly,
      source: {
        kind: "envFile",
        file: await this.envFile(alias, { ...login, ...env }),
        prefix: "POSTGRES_",
      },
      options: { schemas },
    });
  }

  /** Why an attach with these values in its env file fails. */
  async attachFault(
    env: Readonly<Record<string, string | null>>,
    connectTimeoutSeconds = 5,
  ): Promise<ErrorInfo> {
    const login = { USER: this.role("reader"), PASSWORD: rolePassword };
    return faultOf(
      this.engine.handlers.attach({
        alias: "bad",
        readOnly: true,
        source: {
          kind: "envFile",
          file: await this.envFile("bad", { ...login, ...env }),
          prefix: "POSTGRES_",
        },
        options: { connectTimeoutSeconds },
      }),
    );
  }

  diagnose(): Promise<DoctorReport> {
    return this.engine.handlers.diagnose(null);
  }

  async makeDatabase(): Promise<void> {
    await admin(`CREATE DATABASE ${this.database}`);
    await this.sql(`
      CREATE SCHEMA app;
      CREATE TABLE app.seen (id int);
      CREATE TABLE app."Odd ""Name" (id int);
      CREATE SCHEMA hidden;
      CREATE TABLE hidden.secret (id int);`);
    for (const name of ["reader", "writer", "member"]) {
      const role = this.role(name);
      await this.sql(`
        CREATE ROLE ${role} LOGIN NOINHERIT PASSWORD '${rolePassword}';
        GRANT USAGE ON SCHEMA app TO ${role};
        GRANT SELECT ON ALL TABLES IN SCHEMA app TO ${role};`);
    }
    await this.sql(`
      GRANT CREATE ON SCHEMA app TO ${this.role("writer")};
      GRANT INSERT (id) ON app.seen TO ${this.role("writer")};
      GRANT pg_write_all_data TO ${this.role("member")};`);
  }
}

/** The hooks of a suite with a database of that name. */
export function useDoctor(database: string): DoctorSuite {
  const suite = new DoctorSuite(database);
  before(() => suite.makeDatabase());
  beforeEach(() => suite.start());
  afterEach(() => suite.end());
  return suite;
}
