import type { AttachmentSource } from "../connections/attachment";
import type { ErrorInfo } from "../errors/errorInfo";
import type { AttachmentFacts, SourceFileFact } from "./facts";
import {
  fail,
  failed,
  makeCheck,
  pass,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck, DoctorFix } from "./report";

/** Where an attachment's values come from, and whether they can be read. */
export function sourceChecks(facts: AttachmentFacts): DoctorCheck[] {
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `source.${id}`, subject: facts.alias, title }, verdict);
  return [
    check("readable", "Source of the connection", readable(facts)),
    check("variables", "Variables of the source", variables(facts)),
    check("ignored", "Source kept out of git", ignored(facts.file)),
    check("attached", "Attached in DuckDB", attached(facts)),
  ];
}

/** An env file that no attachment is made from. */
export function envFileCheck(
  file: string,
  problem: ErrorInfo | null,
): DoctorCheck {
  return makeCheck(
    { id: "source.readable", subject: file, title: "Env file" },
    problem === null ? pass("It can be read.") : failed(problem),
  );
}

function readable({ source, values, file }: AttachmentFacts): Verdict {
  if (!values.ok) {
    return failed(values.problem);
  }
  const where = sourceText(source);
  return file !== null && !file.exists
    ? fail(`${where} does not exist any more.`, {
        hint: "Put the file back, or choose another source for the attachment.",
        fixes: ["editAttachment"],
      })
    : pass(`${where} can be read.`);
}

function variables({ file, values }: AttachmentFacts): Verdict {
  if (file?.variables === null || file === null) {
    return skip("The source has no variables.");
  }
  if (!file.exists) {
    return skip("The file is not there.");
  }
  const names = file.variables.join(", ");
  if (values.ok) {
    return pass(`Found by name: ${names}.`);
  }
  return names === ""
    ? fail("The file has no variable of this connection.", {
        hint: "Add the variables, or choose the prefix that theirs begin with.",
        fixes: ["openEnvFile", "editAttachment"],
      })
    : warn(`Found by name, not all that is needed: ${names}.`, {
        fixes: ["openEnvFile"],
      });
}

function ignored(file: SourceFileFact | null): Verdict {
  if (file === null) {
    return skip("The source is no file that a repository could hold.");
  }
  if (!file.exists) {
    return skip("The file is not there.");
  }
  switch (file.git) {
    case "ignored":
      return pass("git ignores the file.");
    case "noRepository":
      return skip("The file is in no git repository.");
    case "tracked":
      return warn("The file is committed to git, with what is in it.", {
        hint: `Run git rm --cached on it, add it to .gitignore, and change the passwords that were in it.`,
        fixes: [openFix(file)],
      });
    case "exposed":
      return warn(
        "git does not ignore the file: the next commit may take it.",
        {
          hint: "Add its name to .gitignore.",
          fixes: [openFix(file)],
        },
      );
  }
}

function openFix({ variables }: SourceFileFact): DoctorFix {
  return variables === null ? "openProfile" : "openEnvFile";
}

function attached({ problem, readOnly }: AttachmentFacts): Verdict {
  return problem === null
    ? pass(
        readOnly
          ? "It is attached, read-only."
          : "It is attached, with writes.",
      )
    : fail(`It is not attached: ${problem.message.split("\n", 1)[0] ?? ""}`, {
        hint: problem.hint,
        fixes: ["reconnect"],
      });
}

function sourceText(source: AttachmentSource): string {
  switch (source.kind) {
    case "envFile":
      return `The env file ${source.file} (${source.prefix === "" ? "no prefix" : source.prefix})`;
    case "dbt":
      return `The target ${source.target} of the dbt profile ${source.profile} in ${source.file}`;
    case "service":
      return `The service ${source.service}`;
    case "environment":
      return "The environment (PGHOST, PGUSER, …)";
    case "connection":
      return "The connection string";
  }
}
