import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(import.meta.dirname, "../../../.cache/secretlint");
const packages = [
  "@secretlint/core",
  "@secretlint/secretlint-rule-preset-recommend",
  "secretlint",
] as const;

/** Lints one text with secretlint and its recommended preset. */
export type PeerLint = (text: string, fileName: string) => Promise<unknown>;

interface Core {
  lintSource(input: object): Promise<unknown>;
}

interface Preset {
  readonly creator: object;
}

function install(): void {
  if (!existsSync(join(home, "node_modules", packages[2]))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "package.json"), '{ "private": true }\n');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", ...packages], {
      cwd: home,
      stdio: "ignore",
    });
  }
}

/** secretlint, installed beside the product's own packages and never one of them. */
export async function secretlint(): Promise<PeerLint> {
  install();
  const require = createRequire(join(home, "package.json"));
  const load = async (name: string): Promise<unknown> =>
    import(pathToFileURL(require.resolve(name)).href);
  const core = (await load(packages[0])) as Core;
  const preset = (await load(packages[1])) as Preset;
  const rules = [{ id: packages[1], rule: preset.creator }];
  return (content, filePath) =>
    core.lintSource({
      source: {
        content,
        filePath,
        ext: filePath.slice(filePath.lastIndexOf(".")),
        contentType: "text",
      },
      options: { config: { rules } },
    });
}

/** secretlint's own program, and the configuration that it gives a new user. */
export function secretlintProgram(): {
  readonly path: string;
  readonly config: string;
} {
  install();
  return {
    path: join(home, "node_modules/secretlint/bin/secretlint.js"),
    config: JSON.stringify({ rules: [{ id: packages[1] }] }),
  };
}
