/** Names of a zip archive's files. */
export function namesInZip(archive: Buffer): string[];
