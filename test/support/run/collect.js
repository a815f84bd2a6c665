// Collects how each test of a mocha run ended and writes that as JSON (`SuiteResults` in results.ts). Plain JavaScript
// without dependencies, because mocha's command line and the extension host both load it.
"use strict";
const { renameSync, writeFileSync } = require("node:fs");

/** Writes the results of a runner to a file when it ends; the file is there only when it is whole. */
function collect(runner, file) {
  const tests = [];
  const add = (test, state, detail) =>
    tests.push({
      title: test.fullTitle(),
      state,
      milliseconds: test.duration ?? 0,
      detail,
      file: test.file,
    });
  runner.on("pass", (test) => add(test, "passed", ""));
  runner.on("fail", (test, error) => add(test, "failed", describe(error)));
  runner.on("pending", (test) => add(test, "skipped", ""));
  runner.once("end", () => {
    writeFileSync(`${file}.partial`, JSON.stringify({ tests }));
    renameSync(`${file}.partial`, file);
  });
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
