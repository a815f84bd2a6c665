import assert from "node:assert/strict";
import { lint, type LintLanguage } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

/** What a set that was labelled before the lint saw it found to be missed, or wrongly found. Values are invented. */
const texts: readonly (readonly [LintLanguage, string])[] = [
  ["sql", "-- isql -U sa -P «k7Lp0q2x»"],
  ["sql", "-- tsql -H h -U sa -P «k7Lp0q2x» -p 1433"],
  ["sql", "-- vsql -U dbadmin -w «k7Lp0q2x»"],
  [
    "sql",
    "INSERT INTO pg_dist_authinfo VALUES (0, 'app', 'password=«citusPw_8»');",
  ],
  [
    "sql",
    "SELECT * FROM http(('GET', 'https://api.vendor.test', ARRAY[http_header('Authorization', 'Bearer «vndr_9fK2mQ7xT4»')], NULL, NULL)::http_request);",
  ],
  ["sql", "SELECT http_header('X-Api-Key', '«k-88f1-22ab»');"],
  ["sql", "SELECT http_header('Accept', 'application/json');"],
  [
    "sql",
    "SELECT http_header('Authorization', 'Bearer ' || current_setting('app.token'));",
  ],
  [
    "sql",
    "SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', 'b', 'k', 'eu-west-1', 'AKIAQX4NTXNQ7RCV2KZA', '«aws3Imp0rt»', '');",
  ],
  [
    "sql",
    "SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', 'b', 'k', 'eu-west-1');",
  ],
  [
    "sql",
    "CREATE MODEL m PREDICT x USING engine = 'openai', openai_api_key = '«k7Lp0q2m9Xw4»';",
  ],
  [
    "yaml",
    "provider:\n  environment:\n    STRIPE_SECRET: ${env:STRIPE_SECRET, '«sls-fallback»'}\n    API_KEY: ${ssm:/app/key, ''}\n    STAGE: ${opt:stage, 'dev'}\n",
  ],
  [
    "yaml",
    "steps:\n  - run: |\n      aws configure set aws_secret_access_key «awsC0nf»\n      aws configure set profile.x.aws_session_token $TOKEN\n      aws configure set region eu-west-1\n",
  ],
  [
    "yaml",
    'steps:\n  - run: echo "machine h login u password «netrc-pw»" > ~/.netrc\n',
  ],
  [
    "yaml",
    "users:\n  - username: a\n    credentials: [{type: password, value: «kcUs3r», temporary: false}]\n",
  ],
  ["yaml", "nav:\n  - Token: token.md\n  - Secret: secret.html\n"],
  ["yaml", "env:\n  - name: DB_PASSWORD\n    value: \u0000"],
  ["yaml", "https: {private_key: /your/private/key/path}\n"],
  ["yaml", "environment:\n  - N8N_BASIC_AUTH_PASSWORD=SENHA_FORTE_AQUI\n"],
];

describe("lint of a comment in a body", () => {
  const texts = [
    "DO $$ BEGIN\n  -- dblink_connect('host=db1 user=a password=k7Lp0q2')\n  NULL;\nEND $$;",
    "CREATE FUNCTION f() RETURNS void AS $$\n/* host=db1 user=a password=k7Lp0q2 */\nSELECT 1;\n$$ LANGUAGE sql;",
    "DO $a$ BEGIN\n  PERFORM 1; -- psql postgres://a:k7Lp0q2@db1/d\nEND $a$;",
    "-- host=db1 user=a password=k7Lp0q2\nSELECT 1;",
  ];
  for (const text of texts) {
    it(`says that it is one, in ${JSON.stringify(text)}`, () => {
      const rules = lint(text, "sql").map(({ rule }) => rule);
      assert.deepEqual(rules, ["CS112"]);
    });
  }
});

describe("lint of what a blind set asked for", () => {
  for (const [language, marked] of texts) {
    it(`finds what is marked, and nothing else, in ${JSON.stringify(marked)}`, () => {
      const { text, ranges } = unmark(marked);
      assert.deepEqual(
        lint(text, language).map(({ range }) => range),
        ranges,
      );
    });
  }
});
