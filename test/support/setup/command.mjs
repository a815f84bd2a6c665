// Runs other programs.
import { spawn, spawnSync } from "node:child_process";
import { root } from "./paths.mjs";
import { SetupError } from "./say.mjs";

const windows = process.platform === "win32";

/** npm is a script on Windows, which needs a shell. */
export const npm = windows ? "npm.cmd" : "npm";

/** Whether a program can be started at all. */
export function exists(program, args = ["--version"]) {
  const result = spawnSync(program, args, { stdio: "ignore", shell: windows });
  return result.error === undefined && result.status === 0;
}

/** Output of a short program, or null when it fails. */
export function outputOf(program, args, options = {}) {
  const result = spawnSync(program, args, {
    encoding: "utf8",
    shell: windows,
    ...options,
  });
  return result.error === undefined && result.status === 0
    ? result.stdout.trim()
    : null;
}

/**
 * Runs a program and collects its output. Resolves with `{ code, output }`; never rejects for an exit code.
 * `show` prints the output as it comes.
 */
export function run(
  program,
  args,
  { cwd = root, env = process.env, show = false, seconds = 900 } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      shell: windows,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    const collect = (stream, target) =>
      stream.on("data", (chunk) => {
        chunks.push(chunk);
        if (show) target.write(chunk);
      });
    collect(child.stdout, process.stdout);
    collect(child.stderr, process.stderr);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(
        new SetupError(`“${program}” cannot be started: ${error.message}`),
      );
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({
        code: code ?? 1,
        output: signal === null ? output : `${output}\n(ended by ${signal})`,
      });
    });
  });
}

/** The last lines of a program's output, for an error message. */
export function tail(output, lines = 12) {
  return output.trim().split("\n").slice(-lines).join("\n");
}
