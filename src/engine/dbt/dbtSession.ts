import { existsSync } from "node:fs";
import {
  exposesPassword,
  type AttachEntry,
} from "../../core/dbt/attachEntries";
import {
  duckdbOutput,
  filePath,
  placeKind,
  type DuckdbExtension,
  type DuckdbOutput,
} from "../../core/dbt/duckdbOutput";
import {
  dbtAttachStatement,
  dbtSecretStatement,
} from "../../core/dbt/duckdbSql";
import { outputType } from "../../core/dbt/outputConnections";
import type { DbtSelection } from "../../core/dbt/profiles";
import { problemsIn } from "../../core/dbt/render";
import { distinctProblems } from "../../core/dbt/rendered";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo, FilePlace } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { DbtProblem } from "../../protocol/options";
import type { Connection } from "../duckdb";
import type { Extensions } from "../extensions/extensions";
import { redactedError } from "../runs/statementRecorder";
import type { DbtProfileReader } from "./dbtProfiles";
import { resolveHere } from "./profileFiles";

/** What an output is applied with. */
export interface DbtTools {
  readonly connection: Connection;
  readonly extensions: Pick<Extensions, "ensure" | "install" | "list">;
  readonly redactor: Redactor;
}

/** Repositories beside DuckDB's own that it knows by a word. */
const repositoryWords: Readonly<Record<string, string>> = {
  core_nightly: "http://nightly-extensions.duckdb.org",
  community: "http://community-extensions.duckdb.org",
};

/** The dbt output that a session begins with. What is wrong in it is told and stops nothing. */
export class DbtSession {
  private readonly found: DbtProblem[] = [];

  private constructor(
    private readonly selection: DbtSelection | null,
    readonly output: DuckdbOutput | null,
    /** Name of the output that is used: the profile's default when the selection names none; null for none. */
    readonly target: string | null,
    problems: readonly ErrorInfo[],
  ) {
    this.found.push(...problems);
  }

  /** Reads the output of a selection. Never rejects for what is wrong with it. */
  static async read(
    selection: DbtSelection | null,
    reader: DbtProfileReader,
  ): Promise<DbtSession> {
    if (selection === null) {
      return new DbtSession(null, null, null, []);
    }
    try {
      const { map, place, target } = await reader.output(selection);
      const output =
        outputType(map) === "duckdb" ? duckdbOutput(map, place) : null;
      return new DbtSession(selection, output, target, [
        ...problemsIn(map),
        ...(output?.problems ?? []),
      ]);
    } catch (error) {
      const problem = toErrorInfo(error);
      return new DbtSession(selection, null, selection.target, [problem]);
    }
  }

  /** Absolute path of the DuckDB file that the output names; null for none. */
  get database(): string | null {
    const file = filePath(this.output?.path ?? null);
    return file === null ? null : this.resolve(file);
  }

  /** Installs what is not there and loads it. */
  async loadExtensions({ extensions }: DbtTools): Promise<void> {
    for (const extension of this.output?.extensions ?? []) {
      const { name, file } = extension;
      await this.attempt({ kind: "extension", name }, file, () =>
        load(extension, extensions),
      );
    }
  }

  /** Makes the secrets and attaches the databases that are not PostgreSQL's. */
  async apply(tools: DbtTools): Promise<void> {
    const { connection } = tools;
    for (const secret of this.output?.secrets ?? []) {
      const { sql, values } = dbtSecretStatement(secret);
      const { name, file } = secret;
      await this.attempt({ kind: "secret", name }, file, async () => {
        if (/^postgres/i.test(secret.type)) {
          await tools.extensions.ensure("postgres_scanner");
        }
        await connection.run(sql, new Map(Object.entries(values)));
      });
    }
    for (const entry of this.output?.attach ?? []) {
      if (entry.kind === "duckdb") {
        const { alias: name, file } = entry;
        await this.attempt({ kind: "attach", name }, file, () =>
          this.attach(entry, tools),
        );
      }
    }
  }

  /** What could not be taken over so far. */
  problems(redactor: Redactor): readonly DbtProblem[] {
    return distinctProblems(this.found).map((problem) => ({
      ...problem,
      ...redactedError(problem, redactor),
    }));
  }

  private async attach(entry: AttachEntry, tools: DbtTools): Promise<void> {
    const kind = placeKind(entry.path);
    if (kind === "motherduck" || exposesPassword(entry.path)) {
      throw viaductError(
        "profileInvalid",
        kind === "motherduck"
          ? "A database of MotherDuck cannot be attached here."
          : "A path with a password is not attached: DuckDB would show it in its list of databases. Use a secret.",
      );
    }
    const type = entry.type === "" ? schemeExtension(entry.path) : entry.type;
    if (type !== null && type !== "duckdb") {
      await tools.extensions.ensure(type);
    }
    const path = this.resolvedPath(entry.path);
    if (kind === "file" && entry.readOnly && !existsSync(path)) {
      throw viaductError(
        "databaseInvalid",
        `The file ${path} does not exist, and read_only: true makes none.`,
      );
    }
    await tools.connection.run(dbtAttachStatement(entry, path));
  }

  /** A relative path starts in the project's folder, also one with the name of its format before it. */
  private resolvedPath(path: string): string {
    const [, format, file] =
      /^(sqlite|ducklake):(?!\w{2,}:)(.+)$/is.exec(path) ?? [];
    if (format !== undefined && file !== undefined) {
      return `${format}:${this.resolve(file)}`;
    }
    return placeKind(path) === "file" ? this.resolve(path) : path;
  }

  private resolve(path: string): string {
    return resolveHere(this.selection?.projectFolder ?? ".", path);
  }

  private async attempt(
    entry: NonNullable<DbtProblem["entry"]>,
    file: FilePlace,
    task: () => Promise<void>,
  ): Promise<void> {
    try {
      await task();
    } catch (error) {
      const raw = toErrorInfo(error);
      const info =
        raw.class === "unknown" ? classifyDuckdbError(raw.message) : raw;
      const actions = info.actions.includes("installExtension")
        ? info.actions
        : (["openProfile"] as const);
      // Which of the entries it is, and that the others are not touched, is not always in the engine's words.
      const message =
        entry.kind === "attach"
          ? `attach ${entry.name === "" ? "" : `"${entry.name}" `}of the dbt target is left out: ${info.message}`
          : info.message;
      this.found.push({ ...info, message, actions, file, entry });
    }
  }
}

/** The extension that a path needs by its beginning, such as `ducklake:` or `s3:`; null for none that is known. */
function schemeExtension(path: string): string | null {
  const scheme = /^([a-z][a-z0-9]+):/i.exec(path)?.[1]?.toLowerCase() ?? "";
  if (/^(?:ducklake|sqlite|mysql|quack)$/.test(scheme)) {
    return scheme;
  }
  if (/^(?:https?|s3|s3a|s3n|gcs|gs|r2|hf)$/.test(scheme)) {
    return "httpfs";
  }
  return /^(?:az|azure|abfss?)$/.test(scheme) ? "azure" : null;
}

async function load(
  { name, repository }: DuckdbExtension,
  extensions: DbtTools["extensions"],
): Promise<void> {
  if (repository === null || repository === "core") {
    await extensions.ensure(name);
    return;
  }
  const known = (await extensions.list()).find(
    (one) => one.name === name || one.aliases.includes(name),
  );
  if (known?.installed === true) {
    await extensions.ensure(name);
    return;
  }
  await extensions.install(name, {
    kind: "repository",
    place:
      repositoryWords[repository] ??
      repository.replace(/^(['"])(.*)\1$/s, "$2"),
  });
}
