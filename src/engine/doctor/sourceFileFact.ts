import { existsSync } from "node:fs";
import type { AttachmentSource } from "../../core/connections/attachment";
import type { SourceFileFact } from "../../core/doctor/facts";
import type { EnvironmentFiles } from "../environment";
import { gitState } from "./gitState";

/** Looks at the file that an attachment's values are from; null for a source without one. */
export async function sourceFileFact(
  source: AttachmentSource,
  files: EnvironmentFiles,
): Promise<SourceFileFact | null> {
  const path = fileOf(source);
  if (path === null) {
    return null;
  }
  return {
    path,
    exists: existsSync(path),
    git: await gitState(path),
    variables:
      source.kind === "envFile"
        ? await variables(files, path, source.prefix)
        : null,
  };
}

async function variables(
  files: EnvironmentFiles,
  file: string,
  prefix: string,
): Promise<readonly string[]> {
  const all = await files.read(file).catch(() => new Map());
  const names = [...all.keys()].map(String).sort();
  return names.filter((name) =>
    prefix === ""
      ? /^(?:PG[A-Z]+|DATABASE_URL|HOST(?:NAME)?|PORT|DATABASE|DB(?:NAME)?|NAME|USER(?:NAME)?|PASS(?:WORD)?|URL|SSL[A-Z]+)$/.test(
          name,
        )
      : name.startsWith(prefix) || name === "DATABASE_URL",
  );
}

function fileOf(source: AttachmentSource): string | null {
  switch (source.kind) {
    case "envFile":
    case "dbt":
      return source.file;
    case "service":
      return source.file;
    case "environment":
    case "connection":
      return null;
  }
}
