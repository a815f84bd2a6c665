import assert from "node:assert/strict";
import { readAttachmentLists } from "../../../src/core/connections/attachmentLists";

function read(entry: object) {
  const paths = {
    absolute: (file: string) => file,
    relative: (file: string) => file,
    profilesFile: () => "/profiles.yml",
  };
  const entries = [{ alias: "a", ...entry }];
  return readAttachmentLists([{ entries, paths, folder: null }]);
}

describe("a password in an entry of viaduct.attachments", () => {
  const canary = "cnry-invented-77";
  for (const entry of [
    { connection: `postgresql://u:${canary}@h/d` },
    { connection: `postgresql://u:a/${canary}@h/d` },
    { connection: `postgresql://u@h/d?password=${canary}` },
    { connection: `postgresql://u@h/d?pass%77ord=${canary}` },
    { connection: `host=h user=u password=${canary}` },
    { connection: `host=h PASSWORD   =   '${canary}'` },
    { connection: `host=h sslpassword=${canary}` },
    { service: "s", password: canary },
    { service: "s", sslmode: canary },
    { service: "s", environment: canary },
  ]) {
    it(`is refused and not repeated: ${JSON.stringify(entry)}`, () => {
      const { specs, problems } = read(entry);
      assert.deepEqual(specs, []);
      const message = problems[0]?.message ?? canary;
      assert.ok(!message.includes(canary), message);
    });
  }

  for (const connection of [
    "postgresql://u@h:5432/d?sslmode=require",
    "postgresql://h:5432,h2:5433/d?target_session_attrs=any",
    "postgresql://u@[::1]:5432/d",
    "host=h port=5432 user=u dbname=d passfile=/etc/pgpass",
    "host=h password='' user=u",
  ]) {
    it(`is not seen where there is none: ${connection}`, () => {
      const { specs } = read({ connection });
      assert.deepEqual(specs[0]?.source, { kind: "connection", connection });
    });
  }
});
