import assert from "node:assert/strict";
import { ESLint } from "eslint";
import { inRepository } from "../support/paths";

/** Rules that ESLint reports for this text, were it that file. */
async function rulesBroken(file: string, text: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: inRepository(),
    overrideConfig: {
      languageOptions: {
        parserOptions: {
          // In CI, typescript-eslint takes the first file from the disk instead of the text that it is given.
          disallowAutomaticSingleRunInference: true,
        },
      },
    },
  });
  const results = await eslint.lintText(text, {
    filePath: inRepository(file),
  });
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => ruleId ?? message),
  );
}

describe("ESLint", () => {
  // An existing file's name: a planted one would be in no tsconfig.
  const file = "src/core/errors/errorInfo.ts";
  const line = "export const a = 1;\n";

  const planted: readonly (readonly [rule: string, text: string])[] = [
    [
      "max-lines",
      Array.from({ length: 251 }, (_, i) => `export const a${i} = 1;\n`).join(
        "",
      ),
    ],
    [
      "max-lines-per-function",
      `export function f(): void {\n${"  f();\n".repeat(61)}}\n`,
    ],
    [
      "no-restricted-syntax",
      "let state = 1;\nexport const a = () => state++;\n",
    ],
    ["no-restricted-syntax", "export default 1;\n"],
    ["no-restricted-syntax", 'export * from "./viaductError";\n'],
    ["@typescript-eslint/no-explicit-any", "export const a = 1 as any;\n"],
    [
      "@typescript-eslint/no-non-null-assertion",
      "export const a = (b: string | null): string => b!;\n",
    ],
    [
      "@typescript-eslint/switch-exhaustiveness-check",
      "export function f(a: 1 | 2): void {\n  switch (a) {\n    case 1:\n      break;\n  }\n}\n",
    ],
  ];

  for (const [rule, text] of planted) {
    it(`${rule} catches ${text.split("\n")[0] ?? ""}`, async () => {
      const broken = await rulesBroken(file, text);
      assert.ok(broken.includes(rule), `reported only: ${broken.join(", ")}`);
    });
  }

  it("has nothing to say about a good file", async () => {
    assert.deepEqual(await rulesBroken(file, line), []);
  });
});
