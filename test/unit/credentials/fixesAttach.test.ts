import assert from "node:assert/strict";
import { fixed } from "../../support/fixedScript";

const value = "k7Lp0q2";

/** The script after its fixes, with what each variable got. */
function after(text: string): {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const plan = fixed(text, [value]);
  const env = Object.fromEntries(
    plan.env.map(({ name, value: each }) => [name, each]),
  );
  return { text: plan.text, env };
}

describe("fixes of ATTACH", () => {
  it("keeps the catalog of a DuckLake in PostgreSQL, by META_SECRET", () => {
    assert.deepEqual(
      after(
        `\uFEFF-- lake\r\nATTACH 'ducklake:postgres:dbname=lake host=h password=${value}' AS l (DATA_PATH 's3://b/');\r\nFROM l.t;\r\n`,
      ),
      {
        text: "\uFEFF-- lake\r\nCREATE OR REPLACE SECRET l_connection (\r\n    TYPE postgres,\r\n    DATABASE 'lake',\r\n    HOST 'h',\r\n    PASSWORD getenv('L_PASSWORD')\r\n);\r\nATTACH 'ducklake:postgres:' AS l (DATA_PATH 's3://b/', META_SECRET l_connection);\r\nFROM l.t;\r\n",
        env: { L_PASSWORD: value },
      },
    );
  });

  const kept: readonly (readonly [before: string, attach: string])[] = [
    [
      `ATTACH 'ducklake:postgres:host=h password=${value}' AS l`,
      "ATTACH 'ducklake:postgres:' AS l (META_SECRET l_connection)",
    ],
    [
      `ATTACH 'ducklake:postgres:postgresql://u:${value}@h/d' AS l`,
      "ATTACH 'ducklake:postgres:' AS l (META_SECRET l_connection)",
    ],
    [
      `ATTACH 'postgres:host=h password=${value}' AS l (TYPE ducklake, DATA_PATH 'd')`,
      "ATTACH 'postgres:' AS l (TYPE ducklake, DATA_PATH 'd', META_SECRET l_connection)",
    ],
    [
      `ATTACH 'ducklake:mysql:host=h passwd=${value}' AS l`,
      "ATTACH 'ducklake:mysql:' AS l (META_SECRET l_connection)",
    ],
    [
      `attach if not exists 'mysql:host=h password=${value}' as m`,
      "attach if not exists '' as m (TYPE mysql, SECRET m_connection)",
    ],
    [
      `ATTACH 'host=h password=${value}' AS "my db" (TYPE mysql_scanner, READ_ONLY)`,
      `ATTACH '' AS "my db" (TYPE mysql_scanner, READ_ONLY, SECRET "my db_connection")`,
    ],
  ];
  for (const [before, attach] of kept) {
    it(`makes ${before} ${attach}`, () => {
      const { text } = after(before);
      assert.equal(text.slice(text.indexOf(");") + 3), attach);
    });
  }

  it("reads MySQL's keys and URLs, whatever the password is made of", () => {
    assert.match(
      after(
        `ATTACH 'host=h port=1 user=u passwd="${value} x" db=d socket=s' AS m (TYPE mysql);`,
      ).text,
      /TYPE mysql,\n {4}HOST 'h',\n {4}PORT '1',\n {4}USER 'u',\n {4}PASSWORD getenv\('M_PASSWORD'\),\n {4}DATABASE 'd',\n {4}SOCKET 's'\n/,
    );
    const url = after(
      `ATTACH 'mysql://u:${value}%27%24@h:3306/d?ssl-mode=required' AS m (TYPE mysql);`,
    );
    assert.deepEqual(url.env, { M_PASSWORD: `${value}'$` });
    assert.match(url.text, /SSL_MODE 'required'\n/);
    assert.match(url.text, /HOST 'h',\n {4}PORT '3306',\n {4}DATABASE 'd'/);
  });
});
