import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ICruiseResult } from "dependency-cruiser";
import { inRepository } from "../../support/paths";
import { fences } from "./fences";

/** A broken fence, in words: the rule, and both ends. */
export type Violation = string;

/** Which fences the modules below `base`/src break, each as `rule: from → to`; and how many modules were looked at. */
export async function brokenFences(
  base: string,
): Promise<{ readonly violations: readonly Violation[]; modules: number }> {
  // It is an ES module only, and tests are loaded by require.
  const { cruise } = await import("dependency-cruiser");
  const { output } = await cruise(["src"], {
    baseDir: base,
    ruleSet: { forbidden: [...fences] },
    validate: true,
    // Imports that are types only count, too: a contract is a dependency.
    tsPreCompilationDeps: true,
    // Built-in modules are always named with their scheme here.
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".d.ts", ".mjs", ".js", ".css"],
    },
  });
  const { summary, modules } = output as ICruiseResult;
  return {
    violations: summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
    ),
    modules: modules.length,
  };
}

/** Names of the fences that a tree of these files breaks: the tree lies in the repository, so that packages resolve. */
export async function brokenByPlanted(
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const parent = inRepository(".cache/planted");
  await mkdir(parent, { recursive: true });
  const base = await mkdtemp(path.join(parent, "tree-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(base, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const { violations } = await brokenFences(base);
    return violations.map((violation) => violation.split(":")[0] ?? "");
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
