import assert from "node:assert/strict";
import { decodeText, formOfFile } from "../../../src/core/files/lintableFile";
import {
  isWalked,
  walkFiles,
  type FileSelection,
  type FolderReader,
} from "../../../src/core/files/walkFiles";

const all: FileSelection = { include: [], exclude: [], gitIgnore: true };

/** A tree of files in memory: by path, the text of each. */
function tree(files: Readonly<Record<string, string>>): FolderReader {
  return {
    list(folder) {
      if (folder.endsWith("locked")) {
        return Promise.reject(new Error("locked"));
      }
      const prefix = folder === "" ? "" : `${folder}/`;
      const names = Object.keys(files)
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).split("/"));
      const kinds = new Map(
        names.map(([name = "", ...rest]) => [
          name,
          rest.length > 0 ? ("folder" as const) : ("file" as const),
        ]),
      );
      return Promise.resolve(
        [...kinds].reverse().map(([name, kind]) => ({ name, kind })),
      );
    },
    read: (file) => Promise.resolve(files[file] ?? null),
  };
}

async function walk(
  files: Readonly<Record<string, string>>,
  folder = "",
  selection: Partial<FileSelection> = {},
): Promise<string[]> {
  const found: string[] = [];
  const walked = walkFiles(tree(files), folder, { ...all, ...selection });
  for await (const { kind, path } of walked) {
    found.push(kind === "file" ? path : `!${path}`);
  }
  return found;
}

describe("the files of a folder", () => {
  it("are SQL, YAML, env files and notebooks, in order of name", async () => {
    const files = {
      "b.yml": "",
      "a.SQL": "",
      "z/c.psql": "",
      ".env": "",
      ".env.local": "",
      "prod.env": "",
      "n.ipynb": "",
      "x.txt": "",
      "environment.ts": "",
      "node_modules/x.sql": "",
      ".git/x.sql": "",
      "dist/x.sql": "",
    };
    assert.deepEqual(await walk(files), [
      ".env",
      ".env.local",
      "a.SQL",
      "b.yml",
      "n.ipynb",
      "prod.env",
      "z/c.psql",
    ]);
  });

  it("leave out what git ignores, nested and with exceptions", async () => {
    const files = {
      ".gitignore":
        "\ufeff.env\r\n*.gen.sql\nbuild/\n/top.sql\ntmp/*\n!tmp/keep.sql\n",
      ".git/info/exclude": "private.sql\n",
      ".env": "",
      "top.sql": "",
      "private.sql": "",
      "a.gen.sql": "",
      "build/x.sql": "",
      "tmp/x.sql": "",
      "tmp/keep.sql": "",
      "d/top.sql": "",
      "d/.gitignore": "!*.gen.sql\nlocal.yml\n",
      "d/a.gen.sql": "",
      "d/local.yml": "",
      "d/build/x.sql": "",
      "d/e/local.yml": "",
      "e/local.yml": "",
    };
    const wanted = ["d/a.gen.sql", "d/top.sql", "e/local.yml", "tmp/keep.sql"];
    assert.deepEqual(await walk(files), wanted);
    assert.deepEqual(await walk(files, "d"), ["d/a.gen.sql", "d/top.sql"]);
    assert.deepEqual(await walk(files, "build"), ["build/x.sql"]);
    assert.deepEqual(await walk(files, "d/build"), ["d/build/x.sql"]);
    assert.equal((await walk(files, "", { gitIgnore: false })).length, 13);
  });

  it("asks what git has only where something is ignored, and once", async () => {
    let asked = 0;
    const tracked = () => {
      asked++;
      return Promise.resolve(new Set<string>());
    };
    await walk({ ".gitignore": "*.log\n", "a/x.sql": "" }, "", { tracked });
    assert.equal(asked, 0);
    const files = { ".gitignore": "a\nb.sql\n", "a/x.sql": "", "b.sql": "" };
    assert.deepEqual(await walk(files, "", { tracked }), []);
    assert.equal(asked, 1);
  });

  it("are also those that git has although it would ignore them", async () => {
    const files = {
      ".gitignore": ".env\nlocal/\n",
      ".env": "",
      "local/a.sql": "",
      "local/b.sql": "",
      "local/deep/c.sql": "",
      "local/node_modules/d.sql": "",
      "x.sql": "",
    };
    const tracked = () =>
      Promise.resolve(
        new Set([
          ".env",
          "local/a.sql",
          "local/deep/c.sql",
          "local/node_modules/d.sql",
        ]),
      );
    const found = [".env", "local/a.sql", "local/deep/c.sql", "x.sql"];
    assert.deepEqual(await walk(files, "", { tracked }), found);
    assert.deepEqual(
      await walk(files, "", { tracked, exclude: ["local/a.sql"] }),
      [".env", "local/deep/c.sql", "x.sql"],
    );
    for (const path of Object.keys(files)) {
      assert.equal(
        await isWalked(tree(files), path, { ...all, tracked }),
        found.includes(path),
        path,
      );
    }
  });

  it("are told one by one as a walk comes to them", async () => {
    const files = {
      ".gitignore": "out/\n*.local.sql\n",
      "a.sql": "",
      "a.txt": "",
      "out/a.sql": "",
      "d/.gitignore": "!b.local.sql\n",
      "d/b.local.sql": "",
      "d/c.local.sql": "",
      "d/fixtures/c.sql": "",
      "node_modules/x/c.sql": "",
    };
    const selection = { ...all, exclude: ["fixtures/"] };
    const told = [];
    for (const path of Object.keys(files)) {
      if (await isWalked(tree(files), path, selection)) {
        told.push(path);
      }
    }
    assert.deepEqual(told, await walk(files, "", selection));
    assert.deepEqual(told, ["a.sql", "d/b.local.sql"]);
  });

  it("are chosen by globs from the folder on", async () => {
    const files = {
      "a.sql": "",
      "a.txt": "",
      "d/fixtures/x.sql": "",
      "d/a.sql": "",
      "d/a.tpl": "",
      "d/ä b [1].sql": "",
    };
    assert.deepEqual(
      await walk(files, "d", { exclude: ["fixtures/"], include: ["*.tpl"] }),
      ["d/a.sql", "d/a.tpl", "d/ä b [1].sql"],
    );
    assert.deepEqual(
      await walk(files, "", { exclude: ["d/**/*.sql", "!d/a.sql"] }),
      ["a.sql", "d/a.sql"],
    );
    assert.deepEqual(await walk(files, "", { exclude: ["./d/"] }), ["a.sql"]);
  });

  it("are gone through when a folder between them cannot be read", async () => {
    assert.deepEqual(await walk({ "a/locked/x.sql": "", "b.sql": "" }), [
      "!a/locked",
      "b.sql",
    ]);
  });

  it("are read by their name, or by how they begin", () => {
    for (const [path, text, form] of [
      ["C:\\x\\a.Yaml", "", "yaml"],
      [".env.production", "", "env"],
      ["compose", "services:\n  db:\n", "yaml"],
      ["settings", "# x\nexport A=1\n", "env"],
      ["query", "-- x: y\nSELECT 1", "sql"],
    ] as const) {
      assert.equal(formOfFile(path, text), form, path);
    }
    const decode = (bytes: number[]) =>
      decodeText(Uint8Array.from(bytes), (encoding) => encoding);
    assert.equal(decode([0xff, 0xfe, 65, 0]), "utf-16le");
    assert.equal(decode([65, 0, 66]), null);
    assert.equal(decode([65, 0, 66, 0]), "utf-16le");
    assert.equal(decode([0, 65, 0, 66]), "utf-16be");
    assert.equal(decode([0, 65, 66, 0]), null);
    assert.equal(
      decodeText(Uint8Array.from([1, 0, 66, 0]), () => "\u0001B"),
      null,
    );
    assert.equal(decode([]), "utf-8");
  });
});
