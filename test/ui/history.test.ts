import assert from "node:assert/strict";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { browserStorage } from "./support/browserStorage";
import { resultsSuite } from "./support/resultsSuite";

/** A password in a statement, and one that is given for a parameter. */
const written = "c4nary-in-a-run-statement";
const given = "c4nary-given-for-a-parameter";

const files = {
  "one.sql": "SELECT 1 AS first_one;\n",
  "two.sql": "SELECT 2 AS second_one;\n",
  "three.sql": "SELECT 3 AS third_one;\n",
  "secret.sql": `SELECT 'password=${written}' IS NULL AS nothing;\n`,
  "value.sql": "SELECT length(:login_password) AS n;\n",
};

/** The statement of a file, as it is kept. */
function statementOf(file: keyof typeof files): string {
  return files[file].replace(/;\s*$/, "");
}

describe("the query history in the workbench", () => {
  const suite = resultsSuite(files);

  before(async () => {
    for (const file of await keptFiles()) await rm(file);
  });

  /** Opens the history and answers its statements, once `fits` is true of them. */
  async function history(
    fits: (entries: readonly string[]) => boolean,
    workbench = suite.workbench,
  ): Promise<string> {
    await workbench.runCommand("Viaduct: Query History…");
    const prompt = await workbench.quickInput.waitForPrompt(/Query History/);
    const seen = { entries: [] as readonly string[] };
    await until("the statements of the history", async () => {
      seen.entries = await workbench.quickInput.entries();
      return fits(seen.entries);
    }).catch((error: unknown) => {
      throw new Error(`among: ${seen.entries.join(" | ")}`, { cause: error });
    });
    return prompt;
  }

  /** What is kept on the disk, a text for each statement. */
  async function kept(): Promise<readonly string[]> {
    const files = await keptFiles();
    return Promise.all(files.map((file) => readFile(file, "utf8")));
  }

  async function keptFiles(): Promise<readonly string[]> {
    const names = await suite.stored(
      /viaduct\.viaduct[\\/]history[\\/].+\.json$/,
    );
    return names.map((name) => path.join(suite.dataFolder, name));
  }

  it("finds a statement by what is in it, and runs it again", async () => {
    await suite.run("one.sql");
    await suite.run("two.sql");
    await history((entries) => entries.length === 2);
    const { quickInput } = suite.workbench;
    await quickInput.type("second");
    await until(
      "the one that fits",
      async () =>
        (await quickInput.entries()).join() === statementOf("two.sql"),
    );
    await quickInput.choose(/second_one/);
    await quickInput.choose("Run Again");
    await until(
      "a tab of its own",
      async () => (await suite.tabs()).length === 3,
    );
    await suite.panel().waitForText(/second_one[^]*complete/);
  });

  it("opens a statement in an editor", async () => {
    await history((entries) => entries.length >= 2);
    await suite.workbench.quickInput.choose(/first_one/);
    await suite.workbench.quickInput.choose("Open in a New Editor");
    await suite.workbench.editor.waitForActive("Untitled-1");
    await suite.workbench.editor.waitForText(statementOf("one.sql"));
    // Without a text it can be closed without a question.
    await suite.workbench.editor.press("Control+A");
    await suite.workbench.page.keyboard.press("Delete");
    await suite.workbench.editor.waitForText("");
  });

  it("has neither a password of a statement nor the value of a secret parameter", async () => {
    await suite.run("secret.sql");
    await suite.run("value.sql", {
      answer: async () => {
        const { quickInput } = suite.workbench;
        await quickInput.waitForPrompt(/login_password/);
        await quickInput.answer(/It is not kept/, given);
      },
    });
    await history(([first, second]) =>
      [
        first === statementOf("value.sql"),
        second?.includes("password=•••"),
      ].every(Boolean),
    );
    await suite.workbench.screenshot("history-dark");
    await suite.workbench.quickInput.dismiss();
    const texts = (await kept()).join("\n");
    assert.match(texts, /login_password/);
    assert.doesNotMatch(texts, new RegExp(`${written}|${given}`));
    assert.doesNotMatch(await browserStorage(suite.workbench), RegExp(given));
  });

  it("lets go of one statement", async () => {
    const before = (await kept()).length;
    await history((entries) => entries.some((one) => /first_one/.test(one)));
    const row = suite.workbench.page
      .locator(".quick-input-list .monaco-list-row")
      .filter({ hasText: "first_one" });
    await row.hover();
    await row.getByRole("button", { name: "Remove from the History" }).click();
    await until("the statement to be gone", async () => {
      const entries = await suite.workbench.quickInput.entries();
      return entries.length > 0 && !entries.join().includes("first_one");
    });
    await suite.workbench.quickInput.dismiss();
    await until(
      "its file to be gone",
      async () => (await kept()).length === before - 1,
    );
    assert.doesNotMatch((await kept()).join(), /first_one/);
  });

  it("is another one in another workspace", async () => {
    const folder = path.join(suite.demo.workspace, "sql");
    await mkdir(folder, { recursive: true });
    const other = await suite.openWindow(folder);
    try {
      await history((entries) => entries.length === 0, other);
      // It says so only once it has looked.
      await other.page
        .locator(".quick-input-progress.active")
        .waitFor({ state: "detached" });
      assert.deepEqual(await other.quickInput.entries(), []);
    } finally {
      await other.close();
    }
  });

  it("keeps nothing more when it is off, and nothing at all when it was cleared", async () => {
    const before = (await kept()).length;
    await suite.set({ "viaduct.history.enabled": false });
    await until("the history to be off", async () => {
      const prompt = await history((entries) => entries.length === before);
      await suite.workbench.quickInput.dismiss();
      return /\(off: nothing is added/.test(prompt);
    });
    await suite.run("three.sql");
    await history((entries) => entries.length === before);
    await suite.workbench.quickInput.dismiss();
    assert.doesNotMatch((await kept()).join(), /third_one/);
    await suite.workbench.runCommand("Viaduct: Clear Query History");
    const dialog = suite.workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText(`(${before} statements)`).waitFor();
    await dialog.getByRole("button", { name: "Clear" }).click();
    await until("all to be gone", async () => (await kept()).length === 0);
  });
});
