// The DuckDB extensions that Viaduct needs, for exactly the DuckDB that is pinned, in DuckDB's repository layout.
import { existsSync } from "node:fs";
import {
  copyFile,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { extensionSources } from "./extensionSources.mjs";
import { extensionCache, extensionRepository } from "./paths.mjs";
import { SetupError, messageOf, say } from "./say.mjs";

const names = ["postgres_scanner", "fts"];
/** A DuckDB extension ends with eight fields of 32 bytes, the last first, and a signature of 256 bytes. */
const FOOTER_BYTES = 512;

/** Puts the extensions into dist/extensions; fetches what the cache does not have. Returns the folder. */
export async function duckdbExtensions() {
  const duckdb = await loadDuckdb();
  const build = await duckdb.describe();
  const folder = path.join(extensionRepository, build.version, build.platform);
  for (const name of names) {
    const file = `${name}.duckdb_extension`;
    const cached = path.join(
      extensionCache,
      build.version,
      build.platform,
      file,
    );
    if (!(await isVerified(cached)))
      await fetchExtension(duckdb, { name, ...build }, cached);
    await copyWhenDifferent(cached, path.join(folder, file));
  }
  return folder;
}

/** The binding is loaded late: before the Node modules are there, this file must still load. */
async function loadDuckdb() {
  let api;
  try {
    api = await import("@duckdb/node-api");
  } catch (error) {
    throw new SetupError(
      `DuckDB's binding does not load: ${messageOf(error)}`,
      [
        "Run npm ci again; optional dependencies must not be left out (no --omit=optional).",
        `On Linux it needs glibc 2.25 or newer; there is no build for ${process.platform}-${process.arch} with musl.`,
      ],
    );
  }
  return { describe: () => describe(api), load: (file) => load(api, file) };
}

async function describe(api) {
  return withConnection(api, {}, async (connection) => {
    const version = await connection.runAndReadAll("PRAGMA version");
    const platform = await connection.runAndReadAll("PRAGMA platform");
    return {
      version: String(version.getRows()[0][0]),
      platform: String(platform.getRows()[0][0]),
    };
  });
}

/** Really loads the file, with DuckDB's signature check on. */
async function load(api, file) {
  const strict = {
    allow_unsigned_extensions: "false",
    autoinstall_known_extensions: "false",
  };
  await withConnection(api, strict, async (connection) => {
    await connection.run(`LOAD '${file.replaceAll("'", "''")}'`);
  });
}

async function withConnection(api, settings, use) {
  const instance = await api.DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fetchExtension(duckdb, wanted, target) {
  say(
    `Fetching the DuckDB extension ${wanted.name} ${wanted.version} for ${wanted.platform} …`,
  );
  const failures = [];
  for (const source of extensionSources) {
    try {
      const content = await source.fetch(wanted);
      await keepWhenGood(duckdb, wanted, content, target);
      say(`${wanted.name} came from ${source.name}; its signature is good.`);
      return;
    } catch (error) {
      failures.push(`${source.name}: ${messageOf(error)}`);
    }
  }
  throw new SetupError(
    `The DuckDB extension ${wanted.name} could not be fetched:\n${failures.map((line) => `    ${line}`).join("\n")}`,
    [
      "Connect to the network (http://extensions.duckdb.org, or PyPI with python3 and pip) and run the command again.",
      `Or put the file there yourself: ${path.relative(process.cwd(), target)}`,
    ],
  );
}

async function keepWhenGood(duckdb, wanted, content, target) {
  checkFooter(content, wanted);
  // DuckDB derives the name of the entry function from the file's name, so the folder is what is provisional.
  const folder = path.join(path.dirname(target), `.partial-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    const partial = path.join(folder, path.basename(target));
    await writeFile(partial, content);
    await duckdb.load(partial);
    await rename(partial, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await writeFile(markOf(target), String(content.length));
}

/** @param {Buffer} content */
function checkFooter(content, { version, platform }) {
  const field = (fromEnd) => {
    const start = content.length - FOOTER_BYTES + 256 - 32 * fromEnd;
    return content.toString("latin1", start, start + 32).replace(/\0+$/, "");
  };
  if (content.length < FOOTER_BYTES || field(1) !== "4")
    throw new Error("this is not a DuckDB extension");
  if (field(2) !== platform)
    throw new Error(`it is for ${field(2)}, not for ${platform}`);
  if (field(3) !== version)
    throw new Error(`it is for DuckDB ${field(3)}, not for ${version}`);
}

function markOf(file) {
  return `${file}.verified`;
}

/** A file that was put there by hand has no mark: it is checked like a fetched one. */
async function isVerified(file) {
  if (!existsSync(file)) return false;
  if (!existsSync(markOf(file))) return adopt(file);
  return (
    (await readFile(markOf(file), "utf8")) === String((await stat(file)).size)
  );
}

async function adopt(file) {
  const duckdb = await loadDuckdb();
  try {
    checkFooter(await readFile(file), await duckdb.describe());
    await duckdb.load(file);
  } catch (error) {
    throw new SetupError(
      `${path.basename(file)} in the cache cannot be used: ${messageOf(error)}`,
      [
        `Delete it and run the command again: ${path.relative(process.cwd(), file)}`,
      ],
    );
  }
  await writeFile(markOf(file), String((await stat(file)).size));
  return true;
}

async function copyWhenDifferent(from, to) {
  if (existsSync(to) && (await sameEnd(from, to))) return;
  await mkdir(path.dirname(to), { recursive: true });
  const partial = `${to}.${process.pid}.partial`;
  await copyFile(from, partial);
  await rename(partial, to);
}

/** Same size and same signature: enough to tell another version or a file cut short. */
async function sameEnd(left, right) {
  const [a, b] = await Promise.all([endOf(left), endOf(right)]);
  return a.equals(b);
}

async function endOf(file) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(FOOTER_BYTES);
    await handle.read(end, 0, FOOTER_BYTES, Math.max(0, size - FOOTER_BYTES));
    return Buffer.concat([Buffer.from(`${size} `), end]);
  } finally {
    await handle.close();
  }
}
