// A suite whose tests are over may be kept running by a socket or a server that one of them has left open. That is a
// failure of its own, told with what is open, and not a wait until the suite's time is out. Plain JavaScript, as the
// reporter is.
"use strict";
const { appendFileSync } = require("node:fs");

const GRACE_MS = 15_000;

/** Ends this process some seconds after its runner's end, and adds to the results in `file` what held it open. */
function endHeldOpen(file, graceMs = GRACE_MS) {
  // Without a reference: where nothing holds the process open, it never fires.
  setTimeout(() => {
    const detail = openHandles().join("\n");
    const title = "every test closes what it has opened";
    const test = { title, state: "failed", milliseconds: graceMs, detail };
    appendFileSync(file, `${JSON.stringify({ test })}\n`);
    process.stderr.write(`\n${title}: held open by\n${detail}\n`);
    // `process.exit` waits for threads, of which one may be what holds it open.
    process.kill(process.pid, "SIGKILL");
  }, graceMs).unref();
}

/** Node has no public list with more than the kinds; its own one says which socket it is. */
function openHandles() {
  const handles = process._getActiveHandles().filter((handle) => !handle.isTTY);
  return [
    ...handles.map(describe),
    `(${process.getActiveResourcesInfo().join(", ")})`,
  ];
}

function describe(handle) {
  const parts = [handle.constructor.name];
  if (handle.spawnargs) parts.push(handle.spawnargs.join(" ").slice(0, 200));
  if (handle.listening)
    parts.push(`listens ${JSON.stringify(handle.address())}`);
  if (handle.remotePort !== undefined)
    parts.push(`from port ${handle.localPort} to port ${handle.remotePort}`);
  if (handle.bytesRead !== undefined)
    parts.push(`read ${handle.bytesRead}, written ${handle.bytesWritten}`);
  if (handle.connecting) parts.push("connecting");
  return parts.join(", ");
}

module.exports = { endHeldOpen };
