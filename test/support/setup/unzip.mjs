// Reads one file out of a zip archive (a Python wheel is one), so that no unzip program is needed.
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/**
 * Content of the archive's first file whose name ends like this, or null.
 * @param {Buffer} archive
 * @param {string} ending
 */
export function readFromZip(archive, ending) {
  for (const entry of directory(archive)) {
    if (entry.name.endsWith(ending)) return contentOf(archive, entry);
  }
  return null;
}

/**
 * Names of the archive's files.
 * @param {Buffer} archive
 */
export function namesInZip(archive) {
  return [...directory(archive)].map(({ name }) => name);
}

function* directory(archive) {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error("not a zip archive, or cut short");
  let at = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameLength = archive.readUInt16LE(at + 28);
    yield {
      method: archive.readUInt16LE(at + 10),
      compressed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      header: archive.readUInt32LE(at + 42),
      name: archive.toString("utf8", at + 46, at + 46 + nameLength),
    };
    at +=
      46 +
      nameLength +
      archive.readUInt16LE(at + 30) +
      archive.readUInt16LE(at + 32);
  }
}

function contentOf(archive, entry) {
  const start =
    entry.header +
    30 +
    archive.readUInt16LE(entry.header + 26) +
    archive.readUInt16LE(entry.header + 28);
  const data = archive.subarray(start, start + entry.compressed);
  const content = entry.method === 0 ? data : inflateRawSync(data);
  if (content.length !== entry.size)
    throw new Error(`${entry.name} is cut short in the archive`);
  return content;
}
