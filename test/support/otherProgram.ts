import { execFileSync } from "node:child_process";
import { inRepository } from "./paths";

const script = `
const { DuckDBInstance } = require(${JSON.stringify(inRepository("node_modules", "@duckdb", "node-api"))});
const [file, sql] = process.argv.slice(1);
(async () => {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
})().catch((error) => process.stdout.write(error.message));
`;

/** What another program gets that opens a DuckDB file, runs SQL in it and ends: the error's text, or nothing. */
export function otherProgram(file: string, sql: string): string {
  return execFileSync(process.execPath, ["-e", script, file, sql], {
    encoding: "utf8",
  });
}
