import assert from "node:assert/strict";
import fc from "fast-check";
import { lint } from "../../../src/core/credentials/lint";

function found(text: string): string[] {
  return lint(text, "env", ".env").map(
    ({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`,
  );
}

describe("the credentials of an env file", () => {
  it("are values of telling names and passwords in connection texts", () => {
    assert.deepEqual(
      found(
        [
          "\ufeffPOSTGRES_HOST=db",
          "POSTGRES_PASSWORD=k7Lp0q2 # a comment",
          "export API_TOKEN='t0ken-value'",
          'PGPASSWORD = "with # and spaces"',
          "DATABASE_URL=postgres://u:p4ss-w0rd@h/d?a=b#c",
          'PRIVATE_NOTE="two\nlines"',
          "WINDOWS_PASSWORD=k7Lp0q3\r",
          "# OLD_PASSWORD=k7Lp0q4",
        ].join("\n"),
      ),
      [
        "CY210 k7Lp0q2",
        "CY210 t0ken-value",
        "CY210 with # and spaces",
        "CY208 p4ss-w0rd",
        "CY210 k7Lp0q3",
        "CS112 k7Lp0q4",
      ],
    );
  });

  it("are not references, placeholders, empty values or paths", () => {
    for (const line of [
      "DB_PASSWORD=",
      "DB_PASSWORD=${OTHER}",
      "DB_PASSWORD=<password>",
      "DB_PASSWORD=change_me",
      "DB_PASSWORD_FILE=/run/secrets/db",
      "DATABASE_URL=postgres://u@h/d",
      "PASSWORD_MIN_LENGTH=12",
    ]) {
      assert.deepEqual(found(line), [], line);
    }
    assert.deepEqual(found("DB_USER=shop\nDB_PASSWORD=shop\n"), ["CX304 shop"]);
  });

  it("never stop the lint, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom("A_PASSWORD=", '"', "'", "\\", "\n", "#", " ", "`"),
            fc.string(),
          ),
        ),
        (parts) => {
          const text = parts.join("");
          for (const { range } of lint(text, "env")) {
            assert.ok(range.start <= range.end && range.end <= text.length);
          }
        },
      ),
    );
  });
});
