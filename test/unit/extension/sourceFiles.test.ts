import assert from "node:assert/strict";
import path from "node:path";
import type { AttachmentSource } from "../../../src/core/connections/attachment";
import { sourceFiles } from "../../../src/extension/attach/sourceFiles";

const home = path.resolve("/home/ann");
const places = { home, environment: {}, envFiles: ["/w/.env"] };

function files(
  source: AttachmentSource,
  environment: Record<string, string> = {},
  options = {},
): readonly string[] {
  return sourceFiles(
    { alias: "a", readOnly: true, source, options },
    { ...places, environment },
  );
}

describe("files that an attachment connects with", () => {
  it("are those that its source names, and those that env_var() reads", () => {
    assert.deepEqual(
      files({ kind: "envFile", file: "/w/.env", prefix: "PG" }),
      ["/w/.env"],
    );
    assert.deepEqual(
      files({
        kind: "dbt",
        file: "/w/profiles.yml",
        profile: "p",
        target: "t",
        entry: "output",
      }),
      ["/w/profiles.yml", "/w/.env", "/w/.env.t"],
    );
  });

  it("are libpq's own where the source names none", () => {
    const service = { kind: "service", service: "s", file: null } as const;
    assert.deepEqual(files(service), [
      path.join(home, ".pg_service.conf"),
      path.join(home, ".pgpass"),
    ]);
    assert.deepEqual(
      files(service, {
        PGSERVICEFILE: "/etc/s.conf",
        PGSYSCONFDIR: "/etc/pg",
        PGPASSFILE: "/etc/pass",
      }),
      ["/etc/s.conf", "/etc/pg/pg_service.conf", "/etc/pass"].map((file) =>
        path.resolve(file),
      ),
    );
    assert.deepEqual(files({ ...service, file: "/w/s.conf" }), [
      "/w/s.conf",
      path.join(home, ".pgpass"),
    ]);
  });

  it("are certificates, too, but not what is no file", () => {
    assert.deepEqual(
      files(
        { kind: "envFile", file: "/w/.env", prefix: "" },
        {},
        {
          sslrootcert: "system",
          sslcert: path.resolve("/c/client.crt"),
          sslkey: path.resolve("/c/client.key"),
        },
      ),
      ["/w/.env", path.resolve("/c/client.crt"), path.resolve("/c/client.key")],
    );
  });
});
