import assert from "node:assert/strict";
import { find, rolePassword, useDoctor } from "../support/doctorSuite";
import { admin } from "../support/postgres";

describe("the doctor, about roles", () => {
  const suite = useDoctor("doctor_roles");

  it("passes a role that can only SELECT, with what was negotiated and measured", async () => {
    await suite.attach("shop", "reader", { schemas: ["app"] });
    const report = await suite.diagnose();
    const states = new Map(
      report.checks
        .filter(({ subject }) => subject === "shop")
        .map(({ id, status, reason }) => [id, `${status}: ${reason}`]),
    );
    for (const [id, wanted] of [
      ["source.readable", /^pass: The env file .*shop\.env/],
      ["source.variables", /^pass: .*POSTGRES_HOST, POSTGRES_PASSWORD/],
      ["source.attached", /^pass: It is attached, read-only/],
      ["server.reachable", /^pass: Connected in \d+ ms, one round trip \d+ ms/],
      [
        "server.tls",
        /^pass: Not encrypted, and it does not leave this machine/,
      ],
      ["server.version", /^pass: PostgreSQL 18\.4, supported until 2030-11-14/],
      ["server.encoding", /^pass: UTF8/],
      ["server.clock", /^pass: /],
      ["server.timeouts", /^pass: connect 5 s \(Viaduct\), statement none/],
      ["server.readOnly", /^pass: /],
      ["server.query", /^pass: /],
      ["role.superuser", /^pass: doctor_roles_reader is an ordinary role/],
      [
        "role.writes",
        /^pass: doctor_roles_reader has no right to change anything/,
      ],
      ["role.rowSecurity", /^pass: No table has row-level security/],
      ["role.permissions", /^pass: All 2 tables can be read/],
      ["server.statistics", /^pass: /],
      [
        "server.pool",
        /^pass: \d+ connections? of this session open, .* at most \d+/,
      ],
      ["server.transactions", /^pass: /],
      ["server.locks", /^pass: /],
    ] as const) {
      assert.match(states.get(id) ?? "missing", wanted, id);
    }
    assert.equal(find(report, "extension.validation").status, "pass");
    assert.match(
      find(report, "engine.secrets").reason,
      /viaduct_shop \(postgres\)/,
    );
  });

  it("warns of a superuser, and makes it a role that can only SELECT by SQL that works", async () => {
    await suite.attach("shop", "owner");
    const report = await suite.diagnose();
    assert.equal(find(report, "role.superuser").status, "warn");
    assert.match(
      find(report, "role.superuser").reason,
      /viaduct is a superuser/,
    );
    const writes = find(report, "role.writes");
    assert.equal(writes.status, "warn");
    assert.match(writes.reason, /read-only, and viaduct may change everything/);
    assert.ok(writes.fixes.includes("copySql"));
    assert.ok(writes.sql);
    try {
      await suite.sql(writes.sql);
      await admin(`ALTER ROLE viaduct_reader PASSWORD '${rolePassword}'`);
      await suite.attach("reader", "reader", {
        env: { USER: "viaduct_reader" },
      });
      const second = await suite.diagnose();
      for (const id of ["role.superuser", "role.writes", "role.permissions"]) {
        const check = find(second, id, "reader");
        assert.equal(check.status, "pass", check.reason);
      }
    } finally {
      await suite.engine.handlers.detach({ alias: "reader" });
      await suite.sql("DROP OWNED BY viaduct_reader; DROP ROLE viaduct_reader");
    }
  });

  it("tells that a role could write although its attachment is read-only", async () => {
    await suite.attach("writer", "writer");
    await suite.attach("member", "member");
    const report = await suite.diagnose();
    const writer = find(report, "role.writes", "writer");
    assert.equal(writer.status, "warn");
    assert.match(writer.reason, /may change 1 table \(app\.seen\)/);
    assert.match(writer.reason, /may create in the schemas app/);
    const member = find(report, "role.writes", "member");
    assert.equal(member.status, "warn");
    assert.match(member.reason, /pg_write_all_data/);
    await suite.attach("writer", "writer", { readOnly: false });
    assert.equal(
      find(await suite.diagnose(), "role.writes", "writer").status,
      "pass",
    );
  });

  it("counts the tables that cannot be read, in the attached schemas only", async () => {
    await suite.attach("all", "reader");
    await suite.attach("some", "reader", { schemas: ["app"] });
    const report = await suite.diagnose();
    const all = find(report, "role.permissions", "all");
    assert.equal(all.status, "warn");
    assert.match(all.reason, /1 of 3 tables cannot be read: hidden\.secret/);
    assert.equal(find(report, "role.permissions", "some").status, "pass");
  });

  it("warns of tables with row-level security, and not the role that is exempt", async () => {
    await suite.sql(
      "CREATE TABLE app.mine (id int); ALTER TABLE app.mine ENABLE ROW LEVEL SECURITY; GRANT SELECT ON app.mine TO doctor_roles_reader",
    );
    try {
      await suite.attach("shop", "reader");
      await suite.attach("super", "owner");
      const report = await suite.diagnose();
      const check = find(report, "role.rowSecurity", "shop");
      assert.equal(check.status, "warn");
      assert.match(check.reason, /1 table from this role: app\.mine/);
      const exempt = find(report, "role.rowSecurity", "super");
      assert.equal(exempt.status, "pass");
      assert.match(exempt.reason, /exempt/);
    } finally {
      await suite.sql("DROP TABLE app.mine");
    }
  });
});
