import { randomInt } from "node:crypto";
import net from "node:net";

/**
 * The wished port when it is free, else any other; 0 wishes for any. Not one that the system gives to connections, of
 * which other suites make many: a server that is stopped for a moment finds its port free again.
 */
export async function freePort(wish: number): Promise<number> {
  const others = Array.from({ length: 20 }, () => randomInt(20_000, 32_000));
  for (const port of wish === 0 ? others : [wish, ...others]) {
    if (await isFree(port)) return port;
  }
  throw new Error("There is no free port.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen(port, "127.0.0.1", () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
