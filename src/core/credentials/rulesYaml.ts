import { named, type RuleRecord } from "./ruleRecord";

/** Rules for YAML that know what kind of file it is. */
export const yamlRules = {
  CY201: {
    title: "Literal credential in a dbt profile",
    severity: "error",
    message: (subject: string, key: string) =>
      `Literal ${key} for dbt target${named(subject)}.`,
    why: "Profiles get committed and copied between machines.",
    remedy:
      "Use `\"{{ env_var('DBT_ENV_SECRET_…') }}\"`: dbt masks variables of that prefix in its logs.",
    example: {
      language: "yaml",
      bad: "shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      user: app\n      password: k7Lp0q2\n",
      good: "shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      user: app\n      password: \"{{ env_var('DBT_ENV_SECRET_PASSWORD') }}\"\n",
    },
  },
  CY202: {
    title: "env_var() with a literal credential as default",
    severity: "warning",
    message: (_subject: string, key: string) =>
      `Default value of ${key} is a literal credential.`,
    why: "The default is used wherever the variable is missing, and it is in the file for all to see.",
    remedy: "Leave the default out: a missing variable should be an error.",
    example: {
      language: "yaml",
      bad: "password: \"{{ env_var('DB_PASSWORD', 'k7Lp0q2') }}\"\n",
      good: "password: \"{{ env_var('DB_PASSWORD') }}\"\n",
    },
  },
  CY203: {
    title: "Literal credential in an environment",
    severity: "warning",
    message: (_subject: string, key: string) => `Literal value for ${key}.`,
    why: "The file is committed, and the environment is readable from outside: `docker inspect` shows that of a compose file’s service.",
    remedy:
      "In a compose file use `${NAME:?}` with a `.env` file, or `NAME_FILE: /run/secrets/…`; elsewhere the reference that the program reads.",
    example: {
      language: "yaml",
      bad: "services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: k7Lp0q2\n",
      good: "services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n",
    },
  },
  CY204: {
    title: "Fallback of a variable is a literal credential",
    severity: "warning",
    message: (_subject: string, key: string) =>
      `Fallback of ${key} is a literal credential.`,
    why: "The fallback is used wherever the variable is missing, without a word.",
    remedy: "Write `${NAME:?}`: a missing variable is then an error.",
    example: {
      language: "yaml",
      bad: "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-k7Lp0q2}\n",
      good: "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n",
    },
  },
  CY205: {
    title: "Secret manifest with values",
    severity: "warning",
    message: (subject: string, key: string) =>
      `Value of ${key} in Secret${named(subject)}.`,
    why: "base64 is not encryption: who reads the manifest has the value.",
    remedy:
      "Use an ExternalSecret or a SealedSecret, or create the Secret outside of the repository.",
    example: {
      language: "yaml",
      bad: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n  password: k7Lp0q2\n",
      good: "apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret\nmetadata:\n  name: app\nspec:\n  data:\n    - secretKey: password\n",
    },
  },
  CY206: {
    title: "Literal credential in a container’s environment",
    severity: "error",
    message: (_subject: string, key: string) =>
      `Literal value for ${key} in a container.`,
    why: "Everybody who may read the workload reads the value.",
    remedy: "Use `valueFrom.secretKeyRef`.",
    example: {
      language: "yaml",
      bad: "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - name: DB_PASSWORD\n          value: k7Lp0q2\n",
      good: "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - name: DB_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: app\n              key: password\n",
    },
  },
} as const satisfies Partial<Record<string, RuleRecord>>;
