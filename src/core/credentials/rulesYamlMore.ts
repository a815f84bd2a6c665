import { named, type RuleRecord } from "./ruleRecord";

/** Rules for pipelines, connection texts and generic keys in YAML. */
export const moreYamlRules = {
  CY207: {
    title: "Literal credential in a pipeline",
    severity: "warning",
    message: (_subject: string, key: string) =>
      `Literal value for ${key} in a pipeline.`,
    why: "Pipelines are readable by everybody who may read the repository, forks included.",
    remedy: "Use `${{ secrets.NAME }}` or a masked variable of the project.",
    example: {
      language: "yaml",
      bad: "on: push\njobs:\n  a:\n    env:\n      DB_PASSWORD: k7Lp0q2\n",
      good: "on: push\njobs:\n  a:\n    env:\n      DB_PASSWORD: ${{ secrets.DB_PASSWORD }}\n",
    },
  },
  CY208: {
    title: "Password in a URL",
    severity: "error",
    message: () => "Password in a URL.",
    why: "URLs are printed by almost every program that fails to open them.",
    remedy: "Put a reference in the place of the password part only.",
    example: {
      language: "yaml",
      bad: "dsn: postgresql://app:k7Lp0q2@db1/app\n",
      good: "dsn: postgresql://app:${DB_PASSWORD}@db1/app\n",
    },
  },
  CY209: {
    title: "Password in a connection string",
    severity: "error",
    message: () => "Password in a connection string.",
    why: "Connection strings are printed in errors and kept in logs.",
    remedy: "Put a reference in the place of the password.",
    example: {
      language: "yaml",
      bad: "conn: Server=db1;Database=app;User Id=app;Password=k7Lp0q2\n",
      good: "conn: Server=db1;Database=app;User Id=app;Password=${DB_PASSWORD}\n",
    },
  },
  CY210: {
    title: "Literal credential",
    severity: "warning",
    message: (_subject: string, key: string) => `Literal value for ${key}.`,
    why: "The file is shared; the credential is shared with it.",
    remedy:
      "Use a reference to the environment, in the form that the program reads.",
    bounds:
      "Names in other languages count where the word means nothing else: `passwort`, `kennwort`, `contraseña`, `motdepasse`, `senha`, `wachtwoord`. `parola` and `clave` do not (a word and a key, in Italian and Spanish), nor do names in other scripts: they are labels far more often than keys. A value that ends in `here` is to be filled in only when the thing is named before it: `your-key-here` is, `winter-is-here` is not. A path of names that ends in a credential’s (`params.password`, `app.config.db.password`) says where the value is, and is none itself.",
    example: {
      language: "yaml",
      bad: "smtp:\n  password: k7Lp0q2\n",
      good: "smtp:\n  password: ${SMTP_PASSWORD}\n",
    },
  },
  CY211: {
    title: "Credential on a command line",
    severity: "warning",
    message: (_subject: string, key: string) =>
      `Literal value for ${key} on a command line.`,
    why: "Command lines are visible to every process of the machine and are printed in logs.",
    remedy: "Let the command read a variable that is set from a secret.",
    example: {
      language: "yaml",
      bad: "script:\n  - PGPASSWORD=k7Lp0q2 psql -h db1\n",
      good: "script:\n  - PGPASSWORD=$DB_PASSWORD psql -h db1\n",
    },
  },
  CY212: {
    title: "Literal credential in a list of names and values",
    severity: "warning",
    message: (subject: string, key: string) =>
      `Literal value for${named(subject === "" ? key : subject)}.`,
    why: "The file is shared; the credential is shared with it.",
    remedy: "Use a reference.",
    example: {
      language: "yaml",
      bad: "params:\n  - key: db_password\n    value: k7Lp0q2\n",
      good: "params:\n  - key: db_password\n    value: ${DB_PASSWORD}\n",
    },
  },
} as const satisfies Partial<Record<string, RuleRecord>>;
