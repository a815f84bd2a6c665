import { named, type RuleRecord } from "./ruleRecord";

/** Rules for keys, cloud storage, arguments, psql, comments and hashes in SQL. */
export const moreSqlRules = {
  CS108: {
    title: "Encryption key in the source",
    severity: "error",
    message: (_subject: string, key: string) =>
      `Literal encryption key (${key}).`,
    why: "Who has the file can read everything that the key protects.",
    remedy: "Read the key from a variable of the session.",
    bounds:
      "A literal key or passphrase of pgcrypto (`pgp_sym_encrypt(data, 'x')`, `encrypt`, `hmac`), of pgjwt, of MySQL and of SQL Server counts: it opens what was encrypted with it, wherever the data is. `crypt('x', gen_salt('bf'))` does not: it stores the hash of a user's password, which is data. The words `key`, `foo` and `bar`, one byte again and again, and digits or bytes that count up do not either: they stand in explanations and tests.",
    example: {
      language: "sql",
      bad: "ATTACH 'vault.duckdb' AS v (ENCRYPTION_KEY 'k7Lp0q2m9Xw4');",
      good: "ATTACH 'vault.duckdb' AS v (ENCRYPTION_KEY getvariable('vault_key'));",
    },
  },
  CS109: {
    title: "Cloud key in COPY or UNLOAD",
    severity: "error",
    message: (_subject: string, key: string) =>
      `Literal cloud credential (${key}).`,
    why: "Cloud keys reach far more than this table, and servers log the statement.",
    remedy: "Use a role (`IAM_ROLE`) or a storage integration.",
    example: {
      language: "sql",
      bad: "COPY t FROM 's3://b/p' CREDENTIALS 'aws_access_key_id=AKIA2;aws_secret_access_key=k7Lp0q2';",
      good: "COPY t FROM 's3://b/p' IAM_ROLE 'arn:aws:iam::123456789012:role/load';",
    },
  },
  CS110: {
    title: "Literal credential as an option or argument",
    severity: "error",
    message: (_subject: string, key: string) => `Literal value for ${key}.`,
    why: "The statement is logged, shown in activity views, and stored with the file.",
    remedy: "Bind a parameter or use a variable.",
    bounds:
      "What rows hold is data and not looked at (`INSERT INTO users (name, password) …`), unless it can be nothing but a credential of the system's own: a name and its value in a table of settings (`('smtp_password', 'x')`), a connection as JSON or as a row with a host, a user and a password, `vault.secrets`, and the headers of a request. The default of a function’s parameter (`api_key text DEFAULT 'x'`) counts, that of a column does not.",
    example: {
      language: "sql",
      bad: "SELECT connect_to(host => 'db1', password => 'k7Lp0q2');",
      good: "SELECT connect_to(host => 'db1', password => $1);",
    },
  },
  CS111: {
    title: "Credential in a psql command",
    severity: "warning",
    message: (_subject: string, key: string) =>
      `Literal value for psql variable ${key}.`,
    why: "The file holds the value, and psql keeps the line in its history.",
    remedy: "Use `\\getenv pw APP_PASSWORD` or `\\prompt`.",
    example: {
      language: "sql",
      bad: "\\set db_password k7Lp0q2",
      good: "\\getenv db_password DB_PASSWORD",
    },
  },
  CS112: {
    title: "Credential left in a comment",
    severity: "info",
    message: () => "Credential left in a comment.",
    why: "A comment is stored and shared like the rest of the file: it leaks the same.",
    remedy: "Delete it, and change the password if it was ever a real one.",
    example: {
      language: "sql",
      bad: "-- ALTER ROLE app PASSWORD 'k7Lp0q2';\nSELECT 1;",
      good: "-- the password of app is in the vault\nSELECT 1;",
    },
  },
  CS113: {
    title: "Password as a positional argument",
    severity: "warning",
    message: () => "Literal password as a positional argument.",
    why: "Nothing around it says that it is a password, so it is copied along with the rest.",
    remedy: "Use a named collection or the like.",
    example: {
      language: "sql",
      bad: "CREATE DATABASE d ENGINE = PostgreSQL('db1:5432', 'd', 'app', 'k7Lp0q2');",
      good: "CREATE DATABASE d ENGINE = PostgreSQL(app_connection);",
    },
  },
  CS114: {
    title: "Password hash in the source",
    severity: "info",
    message: (subject: string) =>
      `Password hash${subject === "" ? "" : ` of${named(subject)}`}.`,
    why: "An md5 verifier is as good as the password to a server that asks for md5, and any hash can be tried offline.",
    remedy: "Set the password outside of the file (`\\password`).",
    example: {
      language: "sql",
      bad: "ALTER ROLE app PASSWORD 'md5d41d8cd98f00b204e9800998ecf8427e';",
      good: "ALTER ROLE app PASSWORD NULL;",
    },
  },
} as const satisfies Partial<Record<string, RuleRecord>>;
