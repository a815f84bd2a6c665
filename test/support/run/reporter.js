// Mocha's usual report on the screen, and the results as JSON for whoever counts them over all suites.
"use strict";
const { reporters } = require("mocha/lib/mocha.cjs");
const { collect } = require("./collect.js");
const { endHeldOpen } = require("./heldOpen.js");

module.exports = class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.VIADUCT_TEST_RESULTS;
    if (file !== undefined) collect(runner, file);
    if (file !== undefined) runner.once("end", () => endHeldOpen(file));
    // Of itself mocha leaves at once, without the hooks that stop servers.
    process.once("SIGINT", () => {
      runner.abort();
      runner.currentRunnable?.timeout(1);
    });
  }
};
