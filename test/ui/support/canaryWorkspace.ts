import { writeFile } from "node:fs/promises";
import path from "node:path";
import { canary } from "../../support/canary";
import type { DemoInVscode } from "../../support/demo";

/** Names the demo's attachment in the settings, with an env file whose password is the canary; answers that file. */
export async function writeCanaryEnv(
  demo: DemoInVscode,
  {
    host = "127.0.0.1",
    port = demo.postgres.port,
  }: { readonly host?: string; readonly port?: number } = {},
): Promise<string> {
  const file = path.join(demo.workspace, ".env");
  const lines = [
    `POSTGRES_HOST=${host}`,
    `POSTGRES_PORT=${port}`,
    `POSTGRES_DATABASE=${demo.database.database}`,
    "POSTGRES_USER=canary_ui",
    `POSTGRES_PASSWORD=\`${canary}\``,
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  await writeFile(
    path.join(demo.workspace, ".vscode/settings.json"),
    JSON.stringify({
      "viaduct.database": "memory.duckdb",
      "viaduct.attachments": [{ alias: "source_memories", envFile: ".env" }],
    }),
  );
  return file;
}
