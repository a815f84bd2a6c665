import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { panelActions } from "../../src/protocol/panelActions";
import { resultCommandIds } from "../../src/extension/commands/resultTable";
import { inRepository } from "../support/paths";

interface Place {
  readonly command?: string;
  readonly when?: string;
}

const { contributes } = JSON.parse(
  readFileSync(inRepository("package.json"), "utf8"),
) as {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly Place[]>>;
    readonly keybindings: readonly (Place & { readonly key: string })[];
  };
};
const titles = JSON.parse(
  readFileSync(inRepository("package.nls.json"), "utf8"),
) as Readonly<Record<string, string>>;
const { commands, menus, keybindings } = contributes;

/** Actions of the page that are about a tab, and not about its rows. */
const aboutTabs = new Set([
  "focusTabs",
  "nextStatement",
  "previousStatement",
  "toggleMessages",
  "toggleSent",
]);

/** Every `viaduct.` context key that the extension sets. */
function contextsSet(): ReadonlySet<string> {
  const folder = inRepository("src/extension");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...readFileSync(path.join(folder, file), "utf8").matchAll(
        /(?:\.tell\(|"setContext",\s*)"(?:viaduct\.)?(\w+)"/g,
      ),
    ])
    .map(([, name]) => name ?? "");
  return new Set(names);
}

describe("the commands about results, in the manifest", () => {
  it("look at nothing that the extension does not say", () => {
    const known = contextsSet();
    const clauses = [
      ...commands.map(({ enablement }) => enablement),
      ...Object.values(menus)
        .flat()
        .map(({ when }) => when),
      ...keybindings.map(({ when }) => when),
    ];
    const asked = clauses.flatMap((clause) =>
      [...(clause ?? "").matchAll(/(?<![=!]=\s*|')viaduct\.(\w+)/g)].map(
        ([, name]) => name ?? "",
      ),
    );
    assert.ok(asked.includes("hasRows"));
    assert.deepEqual(
      asked.filter((name) => !known.has(name)),
      [],
    );
  });

  it("are all offered in the palette, where they can do something", () => {
    const hidden = (menus["commandPalette"] ?? []).filter(
      ({ when }) => when === "false",
    );
    for (const id of resultCommandIds) {
      const command = commands.find((each) => each.command === id);
      assert.match(
        command?.enablement ?? "",
        /^isWorkspaceTrusted && viaduct\.(?:has|several)\w+$/,
        id,
      );
      assert.ok(!hidden.some((each) => each.command === id), id);
    }
    for (const action of panelActions) {
      const id = `viaduct.results.${action}`;
      const command = commands.find((each) => each.command === id);
      assert.ok(command, id);
      assert.match(
        titles[command.title.replaceAll("%", "")] ?? "",
        /^Results: [A-Z]\S*(?: \S+)*$/,
      );
      const needsRows = command.enablement?.endsWith("viaduct.hasRows");
      assert.equal(needsRows, !aboutTabs.has(action), id);
    }
  });

  it("share no key where both could hold", () => {
    const seen = new Set<string>();
    for (const { key, when } of keybindings) {
      const place = `${key} ${when ?? ""}`;
      assert.ok(!seen.has(place), place);
      seen.add(place);
    }
  });

  it("have their keys in the README", () => {
    const readme = readFileSync(inRepository("README.md"), "utf8")
      .toLowerCase()
      .replaceAll("`", "");
    for (const { key } of keybindings) {
      assert.ok(readme.includes(key), `the README has no ${key}`);
    }
  });
});
