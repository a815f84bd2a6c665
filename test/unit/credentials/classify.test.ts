import assert from "node:assert/strict";
import {
  classifyValue,
  type ValueClass,
} from "../../../src/core/credentials/classify";
import { isCredentialName } from "../../../src/core/credentials/keys";

describe("classifyValue", () => {
  const table: readonly (readonly [ValueClass, readonly string[]])[] = [
    ["empty", ["", "  "]],
    [
      "placeholder",
      [
        "<password>",
        "⟨value⟩",
        "...",
        "xxxx",
        "****",
        "0000",
        "CHANGE_ME",
        "your-key",
        "key_here",
        "[pw]",
        "none",
        "mot_de_passe",
        "dein_passwort",
        "tu_contraseña",
        "你的密码",
        "***REMOVED***",
        "EnterStrongPasswordHere",
        "PUT_PASSWORD_HERE",
        "token-here",
        "my secret goes here",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_SECRET_ACCESS_KEY",
        "abc123...",
        "<<pw>>",
        "hf_xxxxxxxxxxxxxxxx",
        "sk-XXXX",
        "sk-proj-****",
        "sk-ant-api03-0000",
        "sk_live_...",
        "ghp_aaaaaaaa",
        "github_pat_XXXX_XXXX",
        "glpat-00000000",
        "xoxb-0000-XXXX-xxxx",
        "AKIA0000000000000000",
        "AIzaSy----",
        "google-key-XXXX",
        "my.api.key-xxxx-xxxx",
        "not-needed",
        "not_needed",
        "NotNeeded",
        "not-required",
        "no-key-required",
        "unused",
      ],
    ],
    [
      "envRef",
      ["$PW", "$$PW", "$1", "env.PW", "getenv('X')", "os.environ['X']"],
    ],
    [
      "templateRef",
      [
        "${PW}",
        "{{ x }}",
        "<% x %>",
        "%(pw)s",
        "%env(X)%",
        "%X%",
        "{pw}",
        "#{x}",
        ":pw",
        "$(X)",
        "@@PW@@",
        "[[pw]]",
        "$PW$",
        "&&pw",
        "%1$L",
        "{$pw}",
      ],
    ],
    [
      "secretRef",
      [
        "vault:a/b",
        "op://a/b/c",
        "arn:aws:secretsmanager:x",
        "ref+gcp://x",
        "gcp:secretmanager:x",
        "gcp-secretmanager:x",
        "aws:secretsmanager:x",
        "aws-parameter-store:/x",
        "azurekeyvault:x",
        "azure-keyvault:x/y",
        "hashicorp-vault:x",
      ],
    ],
    ["encrypted", ["ENC[AES256,x]", "ENC(abc)", "$ANSIBLE_VAULT;1.1"]],
    [
      "hash",
      [
        "md5d41d8cd98f00b204e9800998ecf8427e",
        "SCRAM-SHA-256$4096:x",
        "$argon2id$v=19$x",
        "{SSHA}x",
        "{MD5}x",
        "{CRYPT}x",
      ],
    ],
    [
      "path",
      [
        "trust.jks",
        "a.p12",
        "b.pfx",
        "c.p8",
        "/run/secrets/x",
        "./x.pem",
        "~/x",
        "keys/a.pem",
        "C:\\x",
      ],
    ],
    ["url", ["https://x.io/a"]],
    ["weakDefault", ["postgres", "minioadmin", "guest"]],
    [
      "literal",
      [
        "k7Lp0q2",
        "hunter2",
        "dev_password",
        "pass",
        "S0me Words",
        "p@ss/w:rd",
        "ALSO_SECRET",
        "1111",
        "hiddenValley7",
        "password123",
        "mypassword",
        "winter-is-here",
        "wasHere77here",
        "hf_k7Lp0q2",
        "sk-k7LpXXXX",
        "AKIA00000000k7Lp",
        "google-key-k7XX",
        "hunter2-XXXX",
        "unused7",
        "not-needed-k7Lp",
        "user_password",
        "vault7:k7Lp0q2",
        "yourStrong(!)Pass1",
        "YourStrong@Passw0rd",
        "Example#Town-77x",
        "gcp:k7Lp0q2",
      ],
    ],
  ];
  for (const [expected, values] of table) {
    for (const value of values) {
      it(`${JSON.stringify(value)} is ${expected}`, () => {
        assert.equal(
          classifyValue(value, { key: "password", language: "sql" }),
          expected,
        );
      });
    }
  }

  it("knows the user's own name as a stock default", () => {
    const context = {
      key: "password",
      language: "yaml",
      user: "Shop",
    } as const;
    assert.equal(classifyValue("shop", context), "weakDefault");
  });

  it("knows the name of a variable in YAML, and the option's own word in SQL", () => {
    assert.equal(
      classifyValue("PG_PASSWORD", { key: "password", language: "yaml" }),
      "placeholder",
    );
    assert.equal(
      classifyValue("PASSWORD", { key: "password", language: "sql" }),
      "placeholder",
    );
  });
});

describe("isCredentialName", () => {
  const names = [
    "password",
    "DB_PASSWORD",
    "dbRootPassword",
    "userpass",
    "api-key",
    "apiKey",
    "s3_secret_access_key",
    "client_secret",
    "PGPASSWORD",
    "postgresql password",
    "business.password",
    "bearer_token",
    "datenbank_passwort",
    "contraseña",
    "MOT_DE_PASSE",
    "db.senha",
    "basic.auth.user.info",
    "openai_key",
    "Ocp-Apim-Subscription-Key",
  ];
  const others = [
    "password_file",
    "password_length",
    "token_uri",
    "publicKey",
    "primary_key",
    "key",
    "id",
    "secretName",
    "compass",
    "keyboard",
    "passenger",
    "existingSecret",
    "key_id",
    "forgot_password",
    "max_tokens",
    "user",
    "user_info",
    "parola",
    "clave",
    "senhas_permitidas",
  ];
  it("is true for what holds a credential", () => {
    assert.deepEqual(
      names.filter((name) => !isCredentialName(name)),
      [],
    );
  });
  it("is false for what only sounds like it", () => {
    assert.deepEqual(
      others.filter((name) => isCredentialName(name)),
      [],
    );
  });
});
