import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { commandIds } from "../../src/extension/commands/commandTable";
import { inRepository } from "../support/paths";

interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: Readonly<
    Record<
      string,
      { readonly supported: unknown; readonly description: string }
    >
  >;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
    }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command?: string }[]>
    >;
    readonly keybindings: readonly { readonly command: string }[];
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
  };
}

/** Commands of VS Code itself that a welcome view offers. */
const editorsOwn = new Set(["vscode.openFolder", "workbench.trust.manage"]);

function read(file: string): string {
  return readFileSync(inRepository(file), "utf8");
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const titles = JSON.parse(read("package.nls.json")) as Record<string, string>;
const { contributes } = manifest;
const declared = contributes.commands.map(({ command }) => command).sort();

describe("the manifest", () => {
  it("declares exactly the commands of the table", () => {
    assert.deepEqual(declared, [...commandIds].sort());
  });

  it("names only declared commands in menus, keys and welcome views", () => {
    const welcome = contributes.viewsWelcome.flatMap(({ contents }) => [
      ...(titles[contents.replaceAll("%", "")] ?? contents).matchAll(
        /command:([\w.]+)/g,
      ),
    ]);
    const named = [
      ...Object.values(contributes.menus)
        .flat()
        .flatMap(({ command }) => command ?? []),
      ...contributes.keybindings.map(({ command }) => command),
      ...welcome.map(([, command]) => command ?? ""),
    ].filter((command) => !editorsOwn.has(command));
    assert.ok(welcome.length > 0, "no welcome view offers a command");
    assert.deepEqual(
      named.filter((command) => !declared.includes(command)),
      [],
    );
  });

  it("is activated by use only", () => {
    for (const event of manifest.activationEvents)
      assert.match(event, /^(onLanguage|onCommand|onView|onWebviewPanel):/);
  });

  it("describes every setting, each of which the code reads, and reads no other", () => {
    const properties = Object.entries(contributes.configuration.properties);
    for (const [name, setting] of properties) {
      const text = setting.markdownDescription ?? setting.description ?? "";
      assert.ok((titles[text.replaceAll("%", "")] ?? "").length > 20, name);
      assert.ok(setting.scope, `${name} has no scope`);
    }
    const source = read("src/extension/settings/settings.ts");
    const used = [...source.matchAll(/read(?:<[^(]*>)?\(\s*"([\w.]+)"/g)].map(
      ([, key]) => `viaduct.${key ?? ""}`,
    );
    assert.deepEqual(
      [...new Set(used)].sort(),
      properties.map(([name]) => name).sort(),
    );
  });

  it("has a text for every placeholder, and a place for every text", () => {
    const text = JSON.stringify(manifest);
    const placeholders = [...text.matchAll(/"%([\w.-]+)%"/g)].map(
      ([, key]) => key ?? "",
    );
    assert.deepEqual(
      [...new Set(placeholders)].sort(),
      Object.keys(titles).sort(),
    );
  });

  it("says why it is limited in untrusted and absent from virtual workspaces", () => {
    assert.equal(
      manifest.capabilities["untrustedWorkspaces"]?.supported,
      "limited",
    );
    assert.equal(manifest.capabilities["virtualWorkspaces"]?.supported, false);
    for (const { description } of Object.values(manifest.capabilities)) {
      assert.ok((titles[description.replaceAll("%", "")] ?? "").length > 30);
    }
    assert.deepEqual(manifest.extensionKind, ["workspace"]);
  });

  it("has a category and a title for every command, and its icons", () => {
    for (const { command, title, category } of contributes.commands) {
      assert.ok(category, `${command} has no category`);
      assert.match(title, /^%[\w.]+%$/, `${command} cannot be translated`);
    }
    assert.ok(existsSync(inRepository(manifest.icon)));
    assert.ok(existsSync(inRepository("media/viaduct.svg")));
  });
});
