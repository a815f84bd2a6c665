import { named, type RuleRecord } from "./ruleRecord";

const psqlRemedy =
  "Pass it as a psql variable (`\\getenv pw APP_PASSWORD`, then `PASSWORD :'pw'`), or leave the clause out and set it with `\\password`.";

const secretRemedy =
  "Keep the value in `.env` and read it: `PASSWORD getenv('NAME')`. `getenv` exists in Viaduct and in the DuckDB CLI, not in other clients; those can bind a parameter or use `PROVIDER credential_chain`.";

/** Rules for roles, foreign servers and connection texts in SQL. */
export const sqlRules = {
  CS101: {
    title: "Hard-coded password of a role",
    severity: "error",
    message: (subject: string) =>
      `Hard-coded password for role${named(subject)}.`,
    why: "It is stored in version control, in the server's log and in `pg_stat_statements`.",
    remedy: psqlRemedy,
    bounds:
      "MySQL's `PASSWORD('x')` counts where a user of the server is given it (`SET PASSWORD`, `mysql.user`). In the rows of any other table it is data, as `crypt` is.",
    example: {
      language: "sql",
      bad: "CREATE ROLE loader LOGIN PASSWORD 'hu8jmn3';",
      good: "\\getenv pw LOADER_PASSWORD\nCREATE ROLE loader LOGIN PASSWORD :'pw';",
    },
  },
  CS102: {
    title: "Hard-coded password after IDENTIFIED BY",
    severity: "error",
    message: (subject: string) =>
      `Hard-coded password for user${named(subject)}.`,
    why: "The same as CS101, in the words of MySQL, Oracle and others.",
    remedy:
      "Use a variable of your client, or let the user change it at the first login.",
    example: {
      language: "sql",
      bad: "CREATE USER 'app'@'localhost' IDENTIFIED BY 'k7Lp0q2';",
      good: "CREATE USER 'app'@'localhost' IDENTIFIED BY RANDOM PASSWORD;",
    },
  },
  CS103: {
    title: "Password of a foreign server in clear text",
    severity: "error",
    message: (subject: string) =>
      `Password for foreign server${named(subject)} in clear text.`,
    why: "It is readable in `pg_user_mappings` by its owner and in every dump.",
    remedy:
      "Use a psql variable (`password :'pw'`), or `passfile` or a service on the server.",
    example: {
      language: "sql",
      bad: "CREATE USER MAPPING FOR app SERVER films OPTIONS (user 'app', password 'k7Lp0q2');",
      good: "CREATE USER MAPPING FOR app SERVER films OPTIONS (user 'app', password :'pw');",
    },
  },
  CS104: {
    title: "Password inside a connection string",
    severity: "error",
    message: () => "Password inside a connection string.",
    why: "DuckDB shows the whole string in error texts and in `duckdb_databases()`; it ends in logs and histories.",
    remedy:
      "In DuckDB, create a secret and `ATTACH '' AS a (TYPE postgres, SECRET s)`. In PostgreSQL, use `service=` or `passfile=`.",
    example: {
      language: "sql",
      bad: "ATTACH 'host=db1 dbname=app user=app password=k7Lp0q2' AS app (TYPE postgres);",
      good: "ATTACH '' AS app (TYPE postgres, SECRET app_connection);",
    },
  },
  CS105: {
    title: "Password in a URL",
    severity: "error",
    message: () => "Password in a URL.",
    why: "DuckDB shows the URL in error texts and in `duckdb_databases()`; psql keeps it in its history.",
    remedy:
      "In DuckDB, create a secret and `ATTACH '' AS a (TYPE postgres, SECRET s)`. In psql, leave the password to `~/.pgpass`.",
    example: {
      language: "sql",
      bad: "ATTACH 'postgresql://app:k7Lp0q2@db1:5432/app' AS app (TYPE postgres);",
      good: "ATTACH 'postgresql://app@db1:5432/app' AS app (TYPE postgres);",
    },
  },
  CS106: {
    title: "Literal credential in a DuckDB secret",
    severity: "error",
    message: (subject: string, key: string) =>
      `Literal ${key.toUpperCase()} in secret${named(subject)}.`,
    why: "The file holds the value; a PERSISTENT secret is also written unencrypted to `~/.duckdb`.",
    remedy: secretRemedy,
    example: {
      language: "sql",
      bad: "CREATE SECRET app (TYPE postgres, HOST 'db1', PASSWORD 'k7Lp0q2');",
      good: "CREATE SECRET app (TYPE postgres, HOST 'db1', PASSWORD getenv('APP_PASSWORD'));",
    },
  },
  CS107: {
    title: "Setting that holds a credential",
    severity: "error",
    message: (_subject: string, key: string) =>
      `Literal credential in setting ${key}.`,
    why: "Settings are readable by `current_setting()` and `duckdb_settings()`.",
    remedy: `Create a secret instead. ${secretRemedy}`,
    example: {
      language: "sql",
      bad: "SET s3_secret_access_key = 'k7Lp0q2m9Xw4';",
      good: "CREATE SECRET s (TYPE s3, PROVIDER credential_chain);",
    },
  },
} as const satisfies Partial<Record<string, RuleRecord>>;
