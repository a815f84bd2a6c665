import assert from "node:assert/strict";
import path from "node:path";
import type { AttachmentSource } from "../../../src/core/connections/attachment";
import {
  placeToSave,
  withEntry,
} from "../../../src/extension/settings/attachmentPlaces";
import { WorkspacePaths } from "../../../src/extension/settings/settingPaths";

const a = { name: "a", path: path.resolve("/w/a") };
const b = { name: "b", path: path.resolve("/w/b") };
const inner = { name: "inner", path: path.resolve("/w/a/inner") };

function envFile(file: string): AttachmentSource {
  return { kind: "envFile", file: path.resolve(file), prefix: "POSTGRES_" };
}

describe("the list that an attachment is saved to", () => {
  const shared = { folder: null, entries: [] };

  it("is that of the folder that its source's file is in", () => {
    const place = placeToSave([shared], [a, b], "pg", envFile("/w/b/.env"));
    assert.deepEqual(place, { folder: b, entries: [] });
  });

  it("is that of the innermost folder, whatever their order", () => {
    for (const folders of [
      [a, inner],
      [inner, a],
    ]) {
      const source = envFile("/w/a/inner/conf/.env");
      assert.equal(placeToSave([shared], folders, "pg", source).folder, inner);
    }
  });

  it("is the shared one for a source of no folder, and where there is one folder", () => {
    const outside = envFile("/elsewhere/.env");
    const text: AttachmentSource = { kind: "connection", connection: "host=h" };
    const service: AttachmentSource = {
      kind: "service",
      service: "s",
      file: null,
    };
    for (const source of [outside, text, service]) {
      assert.equal(placeToSave([shared], [a, b], "pg", source), shared);
    }
    assert.equal(placeToSave([shared], [], "pg", envFile("/w/a/.env")), shared);
  });

  it("is the one that has the attachment already, in any case, wherever its source moves", () => {
    const own = { folder: a, entries: [{ alias: "PG", envFile: ".env" }] };
    const places = [shared, own, { folder: b, entries: [] }];
    const source = envFile("/w/b/.env");
    assert.equal(placeToSave(places, [a, b], "pg", source), own);
    assert.equal(placeToSave(places, [a, b], "pg", undefined), own);
  });
});

describe("a list with another entry", () => {
  const entries = [{ alias: "x" }, "junk", { alias: "y" }, { alias: "z" }];
  const list = { folder: null, entries };

  it("has it in the place of the old one, and keeps what it does not understand", () => {
    assert.deepEqual(withEntry(list, "Y", { alias: "new" }), [
      { alias: "x" },
      "junk",
      { alias: "new" },
      { alias: "z" },
    ]);
  });

  it("has a new one at its end, and loses one that is removed", () => {
    assert.deepEqual(withEntry(list, "n", { alias: "n" }).at(-1), {
      alias: "n",
    });
    assert.deepEqual(withEntry(list, "x", null), entries.slice(1));
  });
});

describe("a path of a workspace of several folders", () => {
  const pathsOf = (...folders: (typeof a)[]) =>
    new WorkspacePaths(() => ({
      folders,
      home: path.resolve("/home/ann"),
      profilesDir: null,
      environment: {},
    }));

  it("is shown with its folder, and read back as what was written", () => {
    const paths = pathsOf(a, b);
    const file = path.join(b.path, ".env");
    assert.equal(paths.shown(file), "b/.env");
    assert.equal(paths.shown(path.join(a.path, ".env")), "a/.env");
    assert.equal(paths.absolute(paths.relative(file)), file);
  });

  it("is shown as it is written where there is one folder", () => {
    assert.equal(pathsOf(a).shown(path.join(a.path, ".env")), ".env");
  });

  it("is not taken for that of a folder with the same name", () => {
    const twin = { name: "a", path: path.resolve("/other/a") };
    const paths = pathsOf(b, a, twin);
    for (const folder of [a, twin]) {
      const file = path.join(folder.path, ".env");
      assert.equal(paths.absolute(paths.relative(file)), file);
    }
  });
});
