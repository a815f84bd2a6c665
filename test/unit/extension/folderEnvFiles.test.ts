import assert from "node:assert/strict";
import path from "node:path";
import { envFilesOfFolders } from "../../../src/extension/settings/folderEnvFiles";

const a = path.resolve("/w/a");
const b = path.resolve("/w/b");
const at = (folder: string, file: string): string => path.join(folder, file);

function found(
  folders: Parameters<typeof envFilesOfFolders>[0],
  existing: readonly string[],
): readonly string[] {
  return envFilesOfFolders(
    folders,
    (file) => path.resolve("/home/ann", file.replace(/^~\//, "")),
    (file) => existing.includes(file),
  );
}

describe("env files of a workspace", () => {
  it("are those of the only folder, whether they exist or not", () => {
    assert.deepEqual(
      found([{ folder: a, files: [".env", "~/x.env"], isOwn: false }], []),
      [at(a, ".env"), path.resolve("/home/ann/x.env")],
    );
  });

  it("are those of every folder, the first folder's last, so that they win", () => {
    const folders = [
      { folder: a, files: [".env"], isOwn: false },
      { folder: b, files: [".env", "conf/b.env"], isOwn: true },
    ];
    assert.deepEqual(found(folders, [at(a, ".env")]), [
      at(b, ".env"),
      at(b, "conf/b.env"),
      at(a, ".env"),
    ]);
  });

  it("are not those that only a default names and that do not exist, unless there are no others", () => {
    const folders = [
      { folder: a, files: [".env"], isOwn: false },
      { folder: b, files: [".env"], isOwn: false },
    ];
    assert.deepEqual(found(folders, [at(b, ".env")]), [at(b, ".env")]);
    assert.deepEqual(found(folders, []), [at(a, ".env")]);
  });
});
