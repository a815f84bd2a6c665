import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Measurement } from "../measurement";
import { secretlintProgram } from "./secretlint";

const root = join(import.meta.dirname, "../../..");
const home = join(root, ".cache/bench/lint/programs");

/** Says on the way out how much processor time a program took. */
const meter = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").writeFileSync(process.env.BENCH_METER, String((user + system) / 1000));
});`;

/** What a user measures: the two programs over one folder of SQL files, from their start to their end. */
export async function lintPrograms(shipped: string): Promise<Measurement[]> {
  rmSync(home, { recursive: true, force: true });
  // A repository of its own: what git ignores is not checked.
  mkdirSync(join(home, ".git"), { recursive: true });
  writeFileSync(join(home, "meter.cjs"), meter);
  const { files, megabytes } = copySql(shipped);
  const ours = least(await bundledCli(), ["lint", "sql"]);
  if (!ours.said.includes(`in ${files} files`)) {
    throw new Error(`viaduct lint did not check ${files} files: ${ours.said}`);
  }
  const peer = secretlintProgram();
  writeFileSync(join(home, ".secretlintrc.json"), peer.config);
  const theirs = least(peer.path, ["sql/**/*"]);
  const rate = (milliseconds: number): number =>
    megabytes / (milliseconds / 1000);
  return [
    {
      name: `viaduct lint over ${files} files of SQL, from start to end`,
      value: rate(ours.time),
      unit: "MB/s",
    },
    {
      name: "… secretlint over the same folder",
      value: rate(theirs.time),
      unit: "MB/s",
    },
    {
      name: "… times slower than ours",
      value: theirs.time / ours.time,
      unit: "×",
      goal: 10,
      atMost: false,
    },
  ];
}

/** The files that are shipped, three times over. */
function copySql(shipped: string): {
  readonly files: number;
  readonly megabytes: number;
} {
  let bytes = 0;
  let files = 0;
  const names = readdirSync(shipped, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".sql"))) {
    for (const copy of ["a", "b", "c"]) {
      const path = join(home, "sql", copy, name);
      cpSync(join(shipped, name), path);
      bytes += statSync(path).size;
      files++;
    }
  }
  return { files, megabytes: bytes / 1e6 };
}

async function bundledCli(): Promise<string> {
  const outfile = join(home, "cli.js");
  await build({
    entryPoints: [join(root, "src/cli/main.ts")],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    define: { VIADUCT_VERSION: '"bench"' },
    // As it ships: the engine is in a file of its own, which a lint never reads.
    external: ["./run", "./doctor"],
    logLevel: "error",
  });
  return outfile;
}

/** What a program said, and its milliseconds of processor time: the least of two runs. */
function least(
  program: string,
  args: readonly string[],
): { readonly said: string; readonly time: number } {
  const output = join(home, "meter.txt");
  let said = "";
  const times = [1, 2].map(() => {
    said = execFileSync(
      process.execPath,
      ["--require", join(home, "meter.cjs"), program, ...args],
      {
        cwd: home,
        encoding: "utf8",
        env: { ...process.env, BENCH_METER: output },
      },
    );
    return Number(readFileSync(output, "utf8"));
  });
  return { said, time: Math.min(...times) };
}
