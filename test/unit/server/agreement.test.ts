import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { defaultLintSettings } from "../../../src/core/credentials/lintSettings";
import {
  lintWorkspaceRequest,
  settingsChanged,
  type WorkspaceLintResult,
} from "../../../src/protocol/server";
import { LintFolder } from "../../support/lintFolder";
import { startLintServer } from "../../support/lintServer";

const role = (name: string) => `CREATE ROLE ${name} PASSWORD 'k7Lp0q2';\n`;

/** A finding as `--format json` has it. */
interface Shown {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: string;
}

describe("the editor and the command line over one folder", () => {
  it("find the same, before and after the folder's own settings and baseline change", async () => {
    const folder = new LintFolder();
    const uri = pathToFileURL(folder.path).href;
    const server = await startLintServer(uri, () => undefined);
    try {
      folder.git("init", "-q");
      folder.write(".gitignore", "out/\n");
      folder.write("a.sql", `SELECT 'ä😀';\r\n${role("a")}-- ${role("old")}`);
      folder.write("known.sql", role("known"));
      folder.write("b/c.yaml", "p:\n  password: k7Lp0q2\n  door_code: 4711x\n");
      folder.write("b/d.sql.j2", `{% if x %}\n${role("d")}{% endif %}\n`);
      folder.write("b/e.mustache", role("e"));
      folder.write("fixtures/f.sql", role("f"));
      folder.write("out/g.sql", role("g"));
      folder.write("prod.env", "DB_PASSWORD=k7Lp0q2\n");
      const cells = [{ cell_type: "code", source: ["SELECT 1;\n", role("n")] }];
      const metadata = { language_info: { name: "sql" } };
      folder.write("n.ipynb", JSON.stringify({ cells, metadata }));

      const ofCommand = async (): Promise<readonly string[]> => {
        const { stdout } = await folder.lint(["--format", "json", "."]);
        const found = JSON.parse(stdout) as Shown[];
        return found
          .map(
            ({ file, line, column, endLine, endColumn, rule, severity }) =>
              `${file}:${line}:${column}-${endLine}:${endColumn} ${rule} ${severity}`,
          )
          .sort();
      };
      const ofEditor = async (): Promise<readonly string[]> => {
        // What the editor says when one of these files changes.
        await server.connection.sendNotification(settingsChanged, {
          lintEnabled: true,
          lint: defaultLintSettings,
        });
        const { files } =
          await server.connection.sendRequest<WorkspaceLintResult>(
            lintWorkspaceRequest,
            { folders: [uri], token: "t", gitHistory: false },
          );
        return files
          .flatMap((file) =>
            file.findings.map(({ range: { start, end }, rule, severity }) => {
              const name = file.uri.slice(uri.length + 1);
              return `${name}:${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${rule} ${severity}`;
            }),
          )
          .sort();
      };

      const first = await ofEditor();
      assert.deepEqual(first, await ofCommand());
      assert.deepEqual(
        [...new Set(first.map((each) => each.replace(/:.*/, "")))],
        "a.sql b/c.yaml b/d.sql.j2 fixtures/f.sql known.sql n.ipynb prod.env".split(
          " ",
        ),
      );
      await folder.lint(["--update-baseline", "known.sql"]);
      folder.write(
        "viaduct-lint.json",
        JSON.stringify({
          rules: { CS101: "warning", CS112: "off" },
          extraKeys: ["door code"],
          include: ["*.mustache"],
          exclude: ["fixtures/"],
        }),
      );
      const second = await ofEditor();
      assert.deepEqual(second, await ofCommand());
      const text = second.join("\n");
      assert.match(text, /a\.sql\S+ CS101 warning/);
      assert.match(text, /e\.mustache/);
      assert.match(text, /c\.yaml:3/);
      assert.doesNotMatch(text, /CS112|fixtures|known/);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
