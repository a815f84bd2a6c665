import { duckdbSupport } from "./endOfSupport";
import type { SessionFacts } from "./facts";
import {
  counted,
  fail,
  judge,
  makeCheck,
  pass,
  sizeText,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck } from "./report";

/** DuckDB itself: version, settings, disk, secrets. */
export function engineChecks(facts: SessionFacts): DoctorCheck[] {
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `engine.${id}`, subject: "", title }, verdict);
  return [
    check("version", "DuckDB version", version(facts)),
    check("settings", "Settings in force", settings(facts)),
    check("refusedSettings", "Settings that were asked for", refused(facts)),
    check("profile", "dbt profile", profile(facts)),
    check("temporary", "Disk space for temporary files", temporary(facts)),
    check("secrets", "Secrets", secrets(facts)),
    check("inlinePasswords", "Passwords in ATTACH", inlinePasswords(facts)),
  ];
}

function version({ version, platform, today }: SessionFacts): Verdict {
  const { state, end } = duckdbSupport(version, today);
  const which = `DuckDB ${version} on ${platform}`;
  const hint = "Update Viaduct: it brings its own DuckDB.";
  switch (state) {
    case "supported":
      return pass(`${which}, supported until ${end}.`);
    case "endsSoon":
      return warn(`${which} is supported until ${end} only.`, { hint });
    case "ended":
      return warn(`${which} is not supported any more, since ${end}.`, {
        hint,
      });
    case "unknown":
      return pass(`${which}.`);
  }
}

const shownSettings = ["memory_limit", "threads", "temp_directory"];

function settings(facts: SessionFacts): Verdict {
  return judge(facts.settings, (values) => {
    const shown = shownSettings.flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : [`${name} = ${value}`];
    });
    return pass(`${shown.join(", ")}.`);
  });
}

function refused({ asked }: SessionFacts): Verdict {
  const problems = asked.filter(({ problem }) => problem !== null);
  const [first] = problems;
  if (first?.problem !== null && first?.problem !== undefined) {
    return fail(
      `DuckDB refused ${problems.map(({ name }) => name).join(", ")}: ${firstLine(first.problem.message)}`,
      { hint: first.problem.hint, fixes: ["openSettings"] },
    );
  }
  if (asked.length === 0) {
    return skip("No setting was asked for: DuckDB's defaults are in force.");
  }
  const texts = asked.map(({ name, value, note }) =>
    note === "" ? `${name} = ${value}` : `${name}: ${note}`,
  );
  return pass(`In force: ${texts.join("; ")}`.replace(/\.?$/, "."));
}

function profile({ profileProblems }: SessionFacts): Verdict {
  const [first] = profileProblems;
  return first === undefined
    ? skip("Nothing of a dbt profile was left out.")
    : warn(
        `${counted(profileProblems.length, "entry").replace("entrys", "entries")} of the dbt profile could not be taken over: ${firstLine(first.message)}`,
        { hint: first.hint, fixes: ["openProfile"] },
      );
}

/** Below this a join or a sort that spills will soon fail. */
const littleDisk = 1024 ** 3;

function temporary(facts: SessionFacts): Verdict {
  return judge(facts.temporary, ({ folder, freeBytes }) => {
    const what = `${sizeText(freeBytes)} free in ${folder}`;
    return freeBytes >= littleDisk
      ? pass(`${what}.`)
      : warn(`Only ${what}: large joins and sorts may fail.`, {
          hint: "Free disk space there, or set temp_directory to a folder with more of it.",
          fixes: ["openSettings"],
        });
  });
}

function secrets(facts: SessionFacts): Verdict {
  return judge(facts.secrets, (all) => {
    if (all.length === 0) {
      return skip("There is no secret: each attachment makes its own.");
    }
    const names = all.map(({ name, type }) => `${name} (${type})`).join(", ");
    const kept = all.filter(({ persistent }) => persistent);
    return kept.length === 0
      ? pass(`${names}: temporary, with values that nobody is shown.`)
      : warn(
          `Persistent secrets lie on disk with their passwords in clear: ${kept.map(({ name }) => name).join(", ")}.`,
          {
            hint: "Drop them, and attach from an env file or from VS Code's secret storage instead.",
            sql: kept
              .map(
                ({ name }) =>
                  `DROP PERSISTENT SECRET "${name.replaceAll('"', '""')}";`,
              )
              .join("\n"),
          },
        );
  });
}

function inlinePasswords(facts: SessionFacts): Verdict {
  return judge(facts.databases, (all) => {
    const bad = all.filter(({ hasInlinePassword }) => hasInlinePassword);
    return bad.length === 0
      ? pass("No database was attached with a password in its ATTACH.")
      : warn(
          `${bad.map(({ name }) => name).join(", ")}: the ATTACH had a password in it, which every statement of the session can read (duckdb_databases()).`,
          {
            hint: "Detach it, and attach it from an env file or with a SECRET.",
            fixes: ["attachFromEnvFile"],
          },
        );
  });
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}
