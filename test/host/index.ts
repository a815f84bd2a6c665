import { readdirSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";
import { collect } from "../support/run/collect";

/** What the launcher tells from other lines of the page's console. */
const marker = "[viaduct host test]";

/** Runs every test file that was built beside this one. VS Code calls it in the extension host. */
export async function run(): Promise<void> {
  const file = process.env["VIADUCT_TEST_RESULTS"];
  if (file === undefined)
    throw new Error("VIADUCT_TEST_RESULTS names no file for the results");
  const mocha = new Mocha({ ui: "bdd", timeout: 120_000 });
  const folder = path.join(__dirname, "tests");
  // Beginnings of file names, between commas: the bench wants one file only, a second try those that failed.
  const only = (process.env["VIADUCT_HOST_ONLY"] ?? "").split(",");
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".test.js") && only.some((each) => name.startsWith(each)))
      mocha.addFile(path.join(folder, name));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.reporter(HostReporter, { file });
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}

/** Says each test as it ends, and collects them all. */
class HostReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { file } = options.reporterOptions as { readonly file: string };
    collect(runner, file);
    const say = (sign: string, test: Mocha.Test): void => {
      console.log(
        `${marker} ${sign} ${test.fullTitle()} (${test.duration ?? 0}ms)`,
      );
    };
    runner.on("pass", (test) => {
      say("✔", test);
    });
    runner.on("fail", (test) => {
      say("✘", test);
    });
  }
}
