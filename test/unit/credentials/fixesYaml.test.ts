import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";
import { renderJinja } from "../../../src/core/dbt/jinja";
import { lint } from "../../../src/core/credentials/lint";

/** A file after all of its fixes, and the variables that it needs. */
function fixed(text: string, fileName: string) {
  const document = {
    text,
    language: "yaml",
    fileName,
    takenNames: [],
  } as const;
  const plan = fixAll(document);
  return { ...plan, variables: [...plan.env, ...plan.envBeside] };
}

/** Every string of a structure, changed. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => mapped(each, change));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, mapped(each, change)]),
      )
    : value;
}

/** Ways to write a value in YAML; null for a value that a way cannot hold. */
const styles: readonly ((value: string) => string | null)[] = [
  (value) => `'${value.replaceAll("'", "''")}'`,
  (value) => JSON.stringify(value),
  (value) => (/^[\w!+-]+$/.test(value) ? value : null),
];

/** A kind of file: how it has a value, and how a reference in it reads. */
interface Kind {
  readonly fileName: string;
  readonly text: (value: string) => string;
  readonly reference: RegExp;
  /** How the reader of the file writes `$` itself. */
  readonly dollar?: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  dbt: {
    fileName: "profiles.yml",
    text: (value) =>
      `shop:\n  target: dev # the default\n  outputs:\n    dev: {type: postgres, user: u}\n    prod:\n      type: postgres\n      password: ${value} # why\n      host: h\n`,
    reference: /\{\{ env_var\(['"](\w+)['"]\) \}\}/g,
  },
  "a compose map": {
    fileName: "compose.yaml",
    text: (value) =>
      `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${value}\n      OTHER: x\n`,
    reference: /\$\{(\w+):\?\}/g,
    dollar: "$$",
  },
  "a flow map of compose": {
    fileName: "compose.yaml",
    text: (value) =>
      `services:\n  db:\n    environment: {POSTGRES_PASSWORD: ${value}, OTHER: x}\n`,
    reference: /\$\{(\w+):\?\}/g,
    dollar: "$$",
  },
  GitHub: {
    fileName: ".github/workflows/a.yml",
    text: (value) =>
      `on: push\njobs:\n  t:\n    env:\n      DB_PASSWORD: ${value}\n    steps:\n      - run: make\n`,
    reference: /\$\{\{ secrets\.(\w+) \}\}/g,
  },
  "a part of a workflow of GitHub's": {
    fileName: "snippet.yml",
    text: (value) =>
      `jobs:\n  t:\n    runs-on: ubuntu-latest\n    env:\n      DB_PASSWORD: ${value}\n`,
    reference: /\$\{\{ secrets\.(\w+) \}\}/g,
  },
  GitLab: {
    fileName: ".gitlab-ci.yml",
    text: (value) =>
      `variables:\n  DB_PASSWORD: ${value}\ntest:\n  script:\n    - make\n`,
    reference: /\$(\w+)/g,
  },
  Spring: {
    fileName: "application.yml",
    text: (value) =>
      `spring:\n  datasource:\n    username: u\n    password: ${value}\n`,
    reference: /\$\{(\w+)\}/g,
  },
};

const passwords = fc
  .string({
    unit: fc.constantFrom(
      "'",
      '"',
      "\\",
      "#",
      ":",
      " ",
      "é",
      "😀",
      "!",
      "7",
      "K",
      "x",
    ),
    maxLength: 8,
  })
  .map((middle) => `k7Lp${middle}q2Zz`);

describe("YAML after its fixes", () => {
  for (const [name, kind] of Object.entries(kinds)) {
    for (const lineBreak of ["\n", "\r\n"]) {
      it(`is the same structure with the variable in place: ${name}, ${JSON.stringify(lineBreak)}`, () => {
        let count = 0;
        fc.assert(
          fc.property(passwords, fc.nat(2), (password, style) => {
            const written = styles[style]?.(password) ?? null;
            if (written === null) {
              return;
            }
            const text = kind.text(written).replaceAll("\n", lineBreak);
            if (lint(text, "yaml", kind.fileName).length === 0) {
              return;
            }
            count += 1;
            const { text: after, variables } = fixed(text, kind.fileName);
            const values = new Map(
              variables.map((each) => [each.name, each.value]),
            );
            assert.deepEqual(
              mapped(parse(after), (each) =>
                each.replace(
                  kind.reference,
                  (whole, variable: string) => values.get(variable) ?? whole,
                ),
              ),
              parse(text),
              after,
            );
            assert.deepEqual([...values.values()], [password], after);
            assert.deepEqual(lint(after, "yaml", kind.fileName), [], after);
            assert.equal(after.includes("\r\n"), lineBreak === "\r\n");
            assert.ok(!/(?<!\r)\n/.test(after) || lineBreak === "\n");
          }),
          { numRuns: 60 },
        );
        assert.ok(count > 20, `${count} tried`);
      });
    }
  }

  it("is evaluated to the value by dbt's Jinja, in any quotes", () => {
    for (const [written, value] of [
      ["'k7Lp''0q2'", "k7Lp'0q2"],
      ['"k7Lp\\\\0\\"q2"', 'k7Lp\\0"q2'],
      ["k7Lp0q2", "k7Lp0q2"],
    ] as const) {
      const { text, variables } = fixed(
        `a:\n  outputs:\n    dev:\n      type: postgres\n      password: ${written}\n`,
        "profiles.yml",
      );
      const profile = parse(text) as {
        a: { outputs: { dev: { password: string } } };
      };
      const rendered = renderJinja(profile.a.outputs.dev.password, {
        variable: (name) => variables.find((each) => each.name === name)?.value,
        onSecret: () => undefined,
      });
      assert.equal(rendered, value, text);
    }
  });

  it("gives the reader of compose the dollar that the file has doubled", () => {
    const { variables } = fixed(
      "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=k7$$Lp0\n",
      "compose.yaml",
    );
    assert.deepEqual(variables, [
      { name: "POSTGRES_PASSWORD", value: "k7$Lp0" },
    ]);
  });

  const cases: readonly (readonly [
    name: string,
    fileName: string,
    before: string,
    after: string | null,
  ])[] = [
    [
      "a container's variable",
      "deploy.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n          value: 'k7Lp0q2'\n        - {name: API_TOKEN, value: k8Lp0q2}\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: shop-secrets\n              key: DB_PASSWORD\n        - {name: API_TOKEN, valueFrom: {secretKeyRef: {name: shop-secrets, key: API_TOKEN}}}\n",
    ],
    [
      "a URL of a container, by a variable before it",
      "deploy.yaml",
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: DATABASE_URL\n          value: postgres://u:k7Lp0q2@h/d\n",
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: DATABASE_URL_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: app-secrets\n              key: DATABASE_URL_PASSWORD\n        - name: DATABASE_URL\n          value: postgres://u:$(DATABASE_URL_PASSWORD)@h/d\n",
    ],
    [
      "a block scalar",
      "profiles.yml",
      "a:\n  outputs:\n    dev:\n      password: >-\n        k7Lp0q2\n      host: h\n",
      "a:\n  outputs:\n    dev:\n      password: \"{{ env_var('DBT_ENV_SECRET_DEV_PASSWORD') }}\"\n      host: h\n",
    ],
    [
      "a shell line of GitLab, in quotes that let the value in",
      ".gitlab-ci.yml",
      "test:\n  script:\n    - PGPASSWORD='k7Lp0q2' psql -h h\n",
      'test:\n  script:\n    - PGPASSWORD="$PGPASSWORD" psql -h h\n',
    ],
    [
      "the default of a parameter",
      "stack.yaml",
      'AWSTemplateFormatVersion: "2010-09-09"\nParameters:\n  DBPassword:\n    Type: String\n    NoEcho: true\n    Default: k7Lp0q2\n',
      'AWSTemplateFormatVersion: "2010-09-09"\nParameters:\n  DBPassword:\n    Type: String\n    NoEcho: true\n',
    ],
    [
      "a file within a file: its reader is another",
      "map.yaml",
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  app.yml: |\n    db:\n      user: a\n      password: k7Lp0q2\n",
      null,
    ],
    [
      "Ansible",
      "site.yml",
      "- hosts: all\n  vars:\n    db_password: k7Lp0q2\n",
      "- hosts: all\n  vars:\n    db_password: \"{{ lookup('env', 'DB_PASSWORD') }}\"\n",
    ],
  ];
  for (const [name, fileName, before, after] of cases) {
    it(`${after === null ? "leaves alone" : "rewrites"} ${name}`, () => {
      assert.ok(lint(before, "yaml", fileName).length > 0);
      const plan = fixed(before, fileName);
      assert.equal(plan.text, after ?? before);
      if (after !== null) {
        parse(after);
        assert.deepEqual(lint(after, "yaml", fileName), []);
      }
    });
  }
});
