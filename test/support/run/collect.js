// Collects how each test of a mocha run ended, as lines of JSON (`readLog` in log.ts). Plain JavaScript without
// dependencies, because mocha's command line and the extension host both load it.
"use strict";
const { appendFileSync, renameSync, writeFileSync } = require("node:fs");

/**
 * Writes what is to run, what begins and how it ends to `<file>.partial`, as it happens: who is ended in between leaves
 * that. The file itself is there when the runner has come to its end.
 */
function collect(runner, file) {
  const partial = `${file}.partial`;
  writeFileSync(partial, "");
  const write = (line) => appendFileSync(partial, `${JSON.stringify(line)}\n`);
  const begin = (runnable) => write({ begun: runnable.fullTitle() });
  const end = (test, state, detail) =>
    write({
      test: {
        title: test.fullTitle(),
        state,
        milliseconds: test.duration ?? 0,
        detail,
        file: test.file,
      },
    });
  runner.once("start", () =>
    runner.suite.eachTest((test) =>
      write({ planned: { title: test.fullTitle(), file: test.file } }),
    ),
  );
  runner.on("hook", begin).on("test", begin);
  runner.on("pass", (test) => end(test, "passed", ""));
  runner.on("fail", (test, error) => end(test, "failed", describe(error)));
  runner.on("pending", (test) => end(test, "skipped", ""));
  runner.once("end", () => renameSync(partial, file));
}

function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? error.message;
  const cause =
    error.cause instanceof Error ? `\ncaused by ${error.cause.message}` : "";
  // An assertion's own text already shows both values.
  return text.includes(error.message)
    ? text + cause
    : `${error.message}\n${text}${cause}`;
}

module.exports = { collect };
