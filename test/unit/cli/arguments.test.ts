import assert from "node:assert/strict";
import type { ProgramIo } from "../../../src/cli/io";
import { Output, OutputClosed } from "../../../src/cli/io";
import { runProgram } from "../../../src/cli/program";
import { parseRunArguments } from "../../../src/cli/runArguments";
import { errorText } from "../../../src/cli/runErrors";

describe("viaduct run: arguments", () => {
  const optionsOf = (...args: string[]) => {
    const command = parseRunArguments(args);
    if (command.kind !== "run") assert.fail(JSON.stringify(command));
    return command.options;
  };
  const mistakeOf = (...args: string[]) => {
    const command = parseRunArguments(args);
    return command.kind === "mistake" ? command.message : assert.fail();
  };

  it("has the contract's defaults", () => {
    assert.deepEqual(optionsOf("q.sql"), {
      file: "q.sql",
      env: null,
      prefix: "POSTGRES_",
      attach: null,
      write: false,
      on: null,
      db: null,
      format: "table",
    });
  });

  it("attaches under the alias that it runs on", () => {
    assert.equal(optionsOf("-", "--on", "pg").attach, "pg");
    assert.equal(optionsOf("-", "--on=pg", "--attach=other").attach, "other");
  });

  it("takes options in any order and a file that begins with a dash after --", () => {
    const options = optionsOf("--write", "--format", "csv", "--", "-odd.sql");
    assert.equal(options.file, "-odd.sql");
    assert.equal(options.write, true);
    assert.equal(options.format, "csv");
  });

  it("refuses what it does not know", () => {
    assert.match(mistakeOf("q.sql", "--colour"), /--colour/);
    assert.match(mistakeOf("q.sql", "--format", "xml"), /xml/);
    assert.match(mistakeOf(), /file/);
    assert.match(mistakeOf("a.sql", "b.sql"), /b\.sql/);
    assert.match(mistakeOf("a.sql", "--env"), /env/);
    assert.match(mistakeOf("a.sql", "--on="), /--on/);
  });
});

describe("viaduct: commands", () => {
  async function program(...args: string[]) {
    const said = { out: "", err: "" };
    const io: ProgramIo = {
      stdout: {
        write: (text) => {
          said.out += text;
          return true;
        },
        drained: () => Promise.resolve(),
        isOpen: true,
      },
      stderr: { write: (text) => (said.err += text) },
      stdin: (async function* () {
        await Promise.resolve();
        yield "";
      })(),
      cwd: "/nowhere",
      env: {},
      interrupts: { listen: () => () => undefined, exit: () => undefined },
      programFolder: "/nowhere",
      temporaryFolder: "/nowhere",
    };
    return { code: await runProgram(args, io, "1.2.3"), ...said };
  }

  it("helps and tells its version on standard output", async () => {
    for (const args of [["--help"], ["run", "--help"], ["lint", "--help"]]) {
      const { code, out, err } = await program(...args);
      assert.equal(code, 0);
      assert.match(out, /^Usage: viaduct/);
      assert.equal(err, "");
    }
    assert.equal((await program("--version")).out, "1.2.3\n");
  });

  it("ends with 2 and nothing on standard output for wrong usage", async () => {
    for (const args of [
      [],
      ["examine"],
      ["--bogus"],
      ["run"],
      ["run", "missing.sql"],
      ["run", "missing.sql", "--attach", "a"],
    ]) {
      const { code, out, err } = await program(...args);
      assert.equal(code, 2, args.join(" "));
      assert.equal(out, "");
      assert.notEqual(err, "");
    }
  });
});

describe("viaduct run: output", () => {
  it("waits for a full stream and stops when nobody reads", async () => {
    const drains: (() => void)[] = [];
    const stream = {
      isOpen: true,
      write: () => false,
      drained: () => new Promise<void>((resolve) => drains.push(resolve)),
    };
    const output = new Output(stream);
    let isWritten = false;
    const writing = output.write("a").then(() => (isWritten = true));
    await new Promise(setImmediate);
    assert.equal(isWritten, false);
    drains.pop()?.();
    await writing;
    const second = output.write("b");
    stream.isOpen = false;
    drains.pop()?.();
    await assert.rejects(second, OutputClosed);
    await assert.rejects(output.write("c"), OutputClosed);
  });

  it("tells an error's place by line and column of the file", () => {
    const text = "SELECT 1;\n\n  SELECT nope";
    const told = errorText(
      {
        class: "binder",
        origin: "duckdb",
        message: "no such column",
        hint: "Check the name.",
        position: 7,
        actions: [],
      },
      { file: "a.sql", text, start: 13 },
    );
    assert.equal(
      told,
      "viaduct run: a.sql:3:10: binder (duckdb): no such column\nNext step: Check the name.\n",
    );
  });
});
