// Where a DuckDB extension's binary can be had: DuckDB's own server, or the official binaries that DuckDB puts on PyPI.
// The signature inside the file, which DuckDB checks at LOAD, is what makes either of them trustworthy.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { outputOf, run, tail } from "./command.mjs";
import { messageOf } from "./say.mjs";
import { readFromZip } from "./unzip.mjs";

const DUCKDB_SERVER = "http://extensions.duckdb.org";
const PYPI_INDEX = "https://pypi.org/simple";

/** What a wheel's name says for a DuckDB platform. */
const wheelPlatforms = {
  linux_amd64: /manylinux.*x86_64/,
  linux_arm64: /manylinux.*aarch64/,
  osx_amd64: /macosx.*x86_64/,
  osx_arm64: /macosx.*arm64/,
  windows_amd64: /win_amd64/,
  windows_arm64: /win_arm64/,
};

/** Tried in order; each gives the binary's content or throws. */
export const extensionSources = [
  { name: "DuckDB's server", fetch: fromDuckdbServer },
  { name: "PyPI by pip", fetch: fromPip },
  { name: "PyPI", fetch: fromPypi },
];

async function fromDuckdbServer({ name, version, platform }) {
  const url = `${DUCKDB_SERVER}/${version}/${platform}/${name}.duckdb_extension.gz`;
  return gunzipSync(await download(url, 6));
}

async function fromPip({ name, version }) {
  const python = ["python3", "python"].find(
    (program) => outputOf(program, ["-m", "pip", "--version"]) !== null,
  );
  if (python === undefined) throw new Error("no Python with pip here");
  const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-wheel-"));
  try {
    const wanted = `${packageOf(name)}==${version.slice(1)}`;
    const options = [
      "--no-deps",
      "--only-binary",
      ":all:",
      "--disable-pip-version-check",
      "-d",
      folder,
    ];
    const { code, output } = await run(
      python,
      ["-m", "pip", "download", ...options, wanted],
      { seconds: 180 },
    );
    if (code !== 0) throw new Error(tail(output, 2));
    const [wheel] = await readdir(folder);
    return extensionIn(await readFile(path.join(folder, wheel)), name, version);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fromPypi({ name, version, platform }) {
  const wheelPlatform = wheelPlatforms[platform];
  if (wheelPlatform === undefined)
    throw new Error(`no wheel is made for ${platform}`);
  const base = `${PYPI_INDEX}/${packageOf(name)}/`;
  const page = (await download(base, 15)).toString("utf8");
  const prefix = `${packageOf(name).replaceAll("-", "_")}-${version.slice(1)}-`;
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(
    ([, href]) => new URL(href, base),
  );
  const link = links.find(({ pathname }) => {
    const file = path.posix.basename(pathname);
    return file.startsWith(prefix) && wheelPlatform.test(file);
  });
  if (link === undefined)
    throw new Error(`no wheel of version ${version} for ${platform}`);
  const wheel = await download(link, 180);
  const sha256 = /sha256=([0-9a-f]{64})/.exec(link.hash)?.[1];
  if (
    sha256 !== undefined &&
    createHash("sha256").update(wheel).digest("hex") !== sha256
  ) {
    throw new Error("the wheel’s checksum is wrong");
  }
  return extensionIn(wheel, name, version);
}

function packageOf(name) {
  return `duckdb-extension-${name.replaceAll("_", "-")}`;
}

function extensionIn(wheel, name, version) {
  const content = readFromZip(
    wheel,
    `/extensions/${version}/${name}.duckdb_extension`,
  );
  if (content === null)
    throw new Error(`the wheel has no ${name} for ${version}`);
  return content;
}

/** `seconds` until the server answers; the body then has as long as it needs, up to three minutes. */
async function download(url, seconds) {
  const abort = new AbortController();
  const fail = () => abort.abort(new Error(`no answer within ${seconds} s`));
  let timer = setTimeout(fail, seconds * 1000);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    clearTimeout(timer);
    timer = setTimeout(fail, 180_000);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(messageOf(error.cause ?? error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
