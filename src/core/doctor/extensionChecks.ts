import type { ExtensionFact, SessionFacts } from "./facts";
import {
  fail,
  judge,
  makeCheck,
  pass,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck } from "./report";

/** The extension that every attachment needs, as DuckDB calls its file. */
const scanner = "postgres_scanner";

/** Extensions: the one that attachments need, and what is installed beside it. */
export function extensionChecks(
  facts: SessionFacts,
  isNeeded: boolean,
): DoctorCheck[] {
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `extension.${id}`, subject: scanner, title }, verdict);
  const { extensions, version, platform } = facts;
  const on = (decide: (found: ExtensionFact) => Verdict): Verdict =>
    judge(extensions, (all) => {
      const found = all.find(
        ({ name, aliases }) => name === scanner || aliases.includes(scanner),
      );
      return found === undefined ? missing(isNeeded) : decide(found);
    });
  return [
    check(
      "validation",
      "Installed and loaded",
      on((found) => validation(found, isNeeded)),
    ),
    check(
      "build",
      "Built for this DuckDB",
      on((found) => build(found, version, platform)),
    ),
    check("names", "Known under both names", on(names)),
    others(facts),
  ];
}

function missing(isNeeded: boolean): Verdict {
  const reason = "The DuckDB extension postgres_scanner is not installed.";
  return isNeeded
    ? fail(reason, {
        hint: "Install it: from DuckDB's server, from a mirror, or from a downloaded file.",
        fixes: ["installExtension"],
      })
    : warn(reason, {
        hint: "The first attachment installs it; without a network it has to be installed before.",
        fixes: ["installExtension"],
      });
}

/** The guide's extension validation test: `loaded` and `installed` are both true. */
function validation(found: ExtensionFact, isNeeded: boolean): Verdict {
  if (found.loaded) {
    return found.installed
      ? pass("loaded = true, installed = true.")
      : warn(
          "It is loaded from a file and not installed: another session does not find it.",
          {
            hint: "Install the extension, so that it is there at the next start.",
            fixes: ["installExtension"],
          },
        );
  }
  if (!found.installed) {
    return missing(isNeeded);
  }
  return isNeeded
    ? warn("It is installed and not loaded.", {
        hint: "Reconnect the database: that loads it, or says why it cannot be loaded.",
        fixes: ["reconnect"],
      })
    : pass("It is installed; the first attachment loads it.");
}

function build(
  { loaded, installed, version, path }: ExtensionFact,
  duckdb: string,
  platform: string,
): Verdict {
  if (loaded) {
    return pass(
      `Version ${version === "" ? "unknown" : version}, loaded by DuckDB ${duckdb} on ${platform}.`,
    );
  }
  if (!installed) {
    return skip("It is not installed.");
  }
  // An installed file lies below <version>/<platform>: DuckDB loads it from nowhere else.
  const folders = path.split(/[\\/]/).slice(-3, -1);
  return folders[0] === duckdb && folders[1] === platform
    ? pass(
        `Version ${version === "" ? "unknown" : version}, installed for DuckDB ${duckdb} on ${platform}.`,
      )
    : fail(
        `It is installed for ${folders.join(" on ")}, and this is DuckDB ${duckdb} on ${platform}.`,
        {
          hint: "Install it again for this DuckDB.",
          fixes: ["updateExtension", "installExtension"],
        },
      );
}

function names({ name, aliases }: ExtensionFact): Verdict {
  const both = [name, ...aliases];
  return both.includes("postgres") && both.includes(scanner)
    ? pass("INSTALL postgres and INSTALL postgres_scanner are the same.")
    : warn(`DuckDB knows it as ${both.join(", ")} only.`);
}

function others({ extensions }: SessionFacts): DoctorCheck {
  return makeCheck(
    { id: "extension.others", subject: "", title: "Other extensions" },
    judge(extensions, (all) => {
      const installed = all.filter(
        ({ name, installed, path }) =>
          installed && name !== scanner && path !== "(BUILT-IN)",
      );
      return installed.length === 0
        ? skip("No other extension is installed.")
        : pass(
            `${installed.map(({ name, loaded }) => (loaded ? `${name} (loaded)` : name)).join(", ")}.`,
          );
    }),
  );
}
