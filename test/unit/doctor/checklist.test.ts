import assert from "node:assert/strict";
import { checklist } from "../../../src/core/doctor/checklist";
import type { DoctorCheck } from "../../../src/core/doctor/report";
import { errorInfo } from "../../../src/core/errors/makeError";
import { factsWith, unseen } from "../../support/doctorFacts";
import { sessionCases } from "./checklistCases";
import { serverCases } from "./serverCases";

function check(
  id: string,
  facts: Parameters<typeof factsWith>[0],
): DoctorCheck {
  const found = checklist(factsWith(facts)).checks.find(
    (each) => each.id === id,
  );
  assert.ok(found, id);
  return found;
}

describe("the doctor's checklist", () => {
  it("has nothing to say against a healthy session", () => {
    const { checks } = checklist(factsWith());
    assert.deepEqual(
      checks.filter(({ status }) => status === "warn" || status === "fail"),
      [],
    );
    const keys = checks.map(({ id, subject }) => `${id} ${subject}`);
    assert.equal(new Set(keys).size, keys.length, "an id twice");
  });

  for (const [name, id, facts, status, reason] of [
    ...sessionCases,
    ...serverCases,
  ]) {
    it(`${status}: ${name}`, () => {
      const found = check(id, facts);
      assert.equal(found.status, status, found.reason);
      assert.match(found.reason, reason);
      if (status !== "pass") {
        assert.ok((found.hint ?? "").length > 10, "no next step");
      }
      assert.equal(found.fixes.includes("copySql"), found.sql !== undefined);
    });
  }

  it("says of what cannot be seen that it could not be checked, and nothing else", () => {
    const facts = factsWith({
      connection: { tables: unseen("The rights on tables: no answer") },
    });
    const changed = checklist(facts).checks.filter(
      ({ status }) => status === "warn" || status === "fail",
    );
    assert.deepEqual(
      changed.map(({ id }) => id),
      ["role.writes", "role.permissions"],
    );
    assert.match(changed[0]?.reason ?? "", /could not be checked: The rights/);
  });

  it("skips what needs a server that was not reached", () => {
    const problem = errorInfo("connectionRefused", "Connection refused", {
      origin: "postgres",
    });
    const { checks } = checklist(
      factsWith({
        attachment: { connection: { ok: false, problem }, problem },
      }),
    );
    const failed = checks.filter(({ status }) => status === "fail");
    assert.deepEqual(
      failed.map(({ id }) => id),
      ["source.attached", "server.reachable"],
    );
    assert.ok(!failed[1]?.fixes.includes("retry"));
    assert.ok(
      checks
        .filter(({ id }) => id.startsWith("role."))
        .every(({ status }) => status === "skipped"),
    );
  });
});
