import type { SessionFacts } from "./facts";
import {
  failed,
  makeCheck,
  pass,
  sizeText,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck } from "./report";

/** The workspace's DuckDB file. */
export function fileChecks(facts: SessionFacts): DoctorCheck[] {
  const { file } = facts;
  const subject = file?.path ?? "";
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `file.${id}`, subject, title }, verdict);
  if (file === null) {
    return [
      check("open", "DuckDB file", skip("The database is kept in memory.")),
    ];
  }
  return [
    check("open", "DuckDB file", open(file)),
    check("size", "Size of the DuckDB file", size(file)),
    check("storage", "Storage version", storage(facts, file.catalog)),
  ];
}

/** A file that was named and is not there; examining it must not make it. */
export function missingFileCheck(path: string): DoctorCheck {
  return makeCheck(
    { id: "file.open", subject: path, title: "DuckDB file" },
    warn("There is no such file; the first run makes it.", {
      hint: "Check the path when you expect your tables in it.",
    }),
  );
}

type FileFact = NonNullable<SessionFacts["file"]>;

function open({ problem, readOnly, catalog }: FileFact): Verdict {
  if (problem !== null) {
    return failed(problem);
  }
  return pass(
    `It can be opened${readOnly ? ", read-only" : ""}, as the database ${catalog}.`,
  );
}

/** A log that was not folded into the file for so long makes opening slow; DuckDB does it at 16 MB. */
const bigLog = 256 * 1024 ** 2;

function size({ bytes, walBytes }: FileFact): Verdict {
  if (bytes === null) {
    return skip("The file is not there yet: the first write makes it.");
  }
  const text = `${sizeText(bytes)}${walBytes === 0 ? "" : ` and ${sizeText(walBytes)} of write-ahead log`}.`;
  return walBytes > bigLog
    ? warn(`${text} The log is replayed at every start.`, {
        hint: "Run CHECKPOINT, and close what keeps a transaction open.",
        sql: "CHECKPOINT;",
      })
    : pass(text);
}

function storage({ databases }: SessionFacts, catalog: string): Verdict {
  if (!databases.ok) {
    return skip("The file is not open.");
  }
  const version = databases.value.find(
    ({ name }) => name.toLowerCase() === catalog.toLowerCase(),
  )?.storageVersion;
  return version === undefined || version === ""
    ? skip("The file is not open: its storage version is not known.")
    : pass(`Storage version ${version}: that DuckDB and later ones read it.`);
}
