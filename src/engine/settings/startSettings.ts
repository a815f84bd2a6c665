import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { Duckdb } from "../duckdb";
import { timeOf, type WantedSetting } from "./wantedSettings";

/** Settings with which DuckDB is started, and those that it would not start with. */
export interface StartSettings {
  readonly values: Readonly<Record<string, string>>;
  /** Each that was wanted, by name in lower case: null when it can be said. */
  readonly outcome: ReadonlyMap<string, ErrorInfo | null>;
}

/** Tries each in an instance of its own: a wrong one must not stop the session. */
export async function startSettings(
  wanted: readonly WantedSetting[],
): Promise<StartSettings> {
  const values: Record<string, string> = {};
  const outcome = new Map<string, ErrorInfo | null>();
  for (const setting of wanted.filter((one) => timeOf(one) === "start")) {
    const name = setting.name.toLowerCase();
    try {
      const trial = await Duckdb.open({ [name]: setting.value });
      trial.close();
      values[name] = setting.value;
      outcome.set(name, null);
    } catch (error) {
      const info = classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
      outcome.set(name, {
        ...info,
        message: `DuckDB does not start with the setting ${name}: ${info.message}`,
      });
    }
  }
  return { values, outcome };
}
