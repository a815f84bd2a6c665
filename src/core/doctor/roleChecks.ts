import type {
  AttachmentFacts,
  ConnectionFacts,
  Fact,
  RoleFact,
  ServerFact,
  TablesFact,
} from "./facts";
import {
  counted,
  judge,
  makeCheck,
  namesOf,
  pass,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import { readerRoleSql } from "./readerRole";
import type { DoctorCheck } from "./report";
import { unreached } from "./serverChecks";

/** What the role may do, and what it may not see. */
export function roleChecks(facts: AttachmentFacts): DoctorCheck[] {
  const { alias, connection } = facts;
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `role.${id}`, subject: alias, title }, verdict);
  const on = (decide: (found: ConnectionFacts) => Verdict): Verdict =>
    connection.ok ? decide(connection.value) : unreached;
  return [
    check(
      "superuser",
      "Rights of the role",
      on((found) => judge(found.role, (role) => superuser(role, found))),
    ),
    check(
      "writes",
      "Role cannot write",
      on((found) => writes(found, facts.readOnly)),
    ),
    check(
      "rowSecurity",
      "Row-level security",
      on((found) => rowSecurity(found)),
    ),
    check(
      "permissions",
      "Tables can be read",
      on(({ tables }) => judge(tables, permissions)),
    ),
  ];
}

const readerHint =
  "Attach with a role that can only SELECT; the SQL makes one.";

function superuser(role: RoleFact, found: ConnectionFacts): Verdict {
  const rights = [
    ...(role.superuser ? ["is a superuser"] : []),
    ...(role.superuser || !role.canBecomeSuperuser
      ? []
      : ["can become a superuser with SET ROLE"]),
    ...(role.bypassRls && !role.superuser
      ? ["sees all rows in spite of row-level security (BYPASSRLS)"]
      : []),
    ...(role.createRole && !role.superuser ? ["can make roles"] : []),
  ];
  const user = userOf(found.server);
  if (rights.length === 0) {
    return pass(`${user} is an ordinary role.`);
  }
  return warn(`${user} ${rights.join(", and ")}.`, {
    hint: readerHint,
    ...readerSql(found),
  });
}

function writes(found: ConnectionFacts, readOnly: boolean): Verdict {
  return judge(found.role, (role) =>
    judge(found.tables, (tables) => {
      const rights = writeRights(role, tables);
      const user = userOf(found.server);
      if (rights.length === 0) {
        return readOnly
          ? pass(`${user} has no right to change anything.`)
          : warn(
              `The attachment allows writes, and ${user} has no right to write.`,
              { hint: "Attach it read-only, or with a role that may write." },
            );
      }
      const what = `${user} ${rights.join(", ")}`;
      return readOnly
        ? warn(`The attachment is read-only, and ${what}.`, {
            hint: `Viaduct refuses writes; the server would not. ${readerHint}`,
            ...readerSql(found),
          })
        : pass(`The attachment allows writes: ${what}.`);
    }),
  );
}

function writeRights(role: RoleFact, tables: TablesFact): string[] {
  if (role.superuser) {
    return ["may change everything"];
  }
  return [
    ...(role.canBecomeSuperuser ? ["may become a superuser"] : []),
    ...(role.writesAllData ? ["is a member of pg_write_all_data"] : []),
    ...(tables.writable > 0
      ? [
          `may change ${counted(tables.writable, "table")} (${namesOf(tables.writableNames, tables.writable)})`,
        ]
      : []),
    ...(role.createSchemas.length > 0
      ? [`may create in the schemas ${role.createSchemas.join(", ")}`]
      : []),
    ...(role.createInDatabase ? ["may create schemas"] : []),
  ];
}

function readerSql({ server, tables, role }: ConnectionFacts): {
  readonly sql?: string;
} {
  return server.ok && tables.ok && role.ok
    ? {
        sql: readerRoleSql({
          user: server.value.user,
          database: server.value.database,
          schemas: tables.value.schemas,
          publicCreateSchemas: role.value.publicCreateSchemas,
        }),
      }
    : {};
}

function rowSecurity({ rowSecurity: fact, role }: ConnectionFacts): Verdict {
  return judge(fact, ({ total, active, activeNames }) => {
    if (total === 0) {
      return pass("No table has row-level security.");
    }
    if (active > 0) {
      return warn(
        `Row-level security may hide rows of ${counted(active, "table")} from this role: ${namesOf(activeNames, active)}.`,
        {
          hint: "Counts and sums over these are of the rows that the role may see; ask the owner which those are.",
        },
      );
    }
    const isExempt = role.ok && (role.value.superuser || role.value.bypassRls);
    return pass(
      `${counted(total, "table")} with row-level security; ${isExempt ? "the role is exempt from it and sees" : "none of it applies to the role, which sees"} all rows.`,
    );
  });
}

function permissions(tables: TablesFact): Verdict {
  const { total, unreadable, unreadableNames, partlyReadable } = tables;
  if (total === 0) {
    return skip(
      "There are no tables in the attached schemas that the role could see.",
    );
  }
  if (unreadable === 0 && partlyReadable === 0) {
    return pass(`All ${counted(total, "table")} can be read.`);
  }
  const texts = [
    ...(unreadable > 0
      ? [
          `${unreadable} of ${counted(total, "table")} cannot be read: ${namesOf(unreadableNames, unreadable)}`,
        ]
      : []),
    ...(partlyReadable > 0
      ? [`${counted(partlyReadable, "table")} only in some columns`]
      : []),
  ];
  return warn(`${texts.join("; ")}.`, {
    hint: "Ask the owner for USAGE on the schema and SELECT on the tables.",
  });
}

function userOf(server: Fact<ServerFact>): string {
  return server.ok ? server.value.user : "The role";
}
