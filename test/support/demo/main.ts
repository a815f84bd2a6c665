// `npm start`: the demo database, the demo workspace, and a VS Code with Viaduct that has it open; until Ctrl-C.
import { spawn, spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { startDemo } from "../demo";
import { inRepository } from "../paths";
import { GroupProcess } from "../process/groupProcess";
import { ServedVscode } from "../vscode/servedVscode";
import { CleanUp } from "./cleanUp";
import { freePort } from "../freePort";

const POSTGRES_PORT = 54329;
const VSCODE_PORT = 8930;

/** What a user's first look should not be covered by. */
const settings = { "workbench.colorTheme": "Default Dark Modern" };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "no-open": { type: "boolean", default: false },
      port: { type: "string", default: String(VSCODE_PORT) },
      "postgres-port": { type: "string", default: String(POSTGRES_PORT) },
    },
  });
  const cleanUp = new CleanUp();
  cleanUp.runAtSignals();
  try {
    say("Building Viaduct …");
    build();
    const workspace = await startDatabase(
      Number(values["postgres-port"]),
      cleanUp,
    );
    const { ended } = await openVscode(
      workspace,
      Number(values.port),
      !values["no-open"],
      cleanUp,
    );
    say("Press Ctrl-C to stop all of it.");
    await ended;
  } finally {
    await cleanUp.run();
  }
}

function build(): void {
  const { status } = spawnSync(process.execPath, ["esbuild.js"], {
    cwd: inRepository(),
    stdio: "inherit",
  });
  if (status !== 0)
    throw new Error("Viaduct cannot be built: see the messages above.");
}

async function startDatabase(wish: number, cleanUp: CleanUp): Promise<string> {
  say("Starting the demo PostgreSQL (the first time takes some seconds) …");
  const demo = await startDemo(inRepository(".demo"), wish).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The demo database does not start: ${reason}\n  → If its data are broken, delete the folder .demo and start again.`,
        { cause: error },
      );
    },
  );
  cleanUp.add(() => demo.stop());
  if (demo.postgres.port !== wish)
    say(`Port ${wish} is taken: PostgreSQL listens on another.`);
  say(
    `PostgreSQL 18 is at 127.0.0.1:${demo.postgres.port}, database ${demo.database.database}.`,
  );
  return demo.workspace;
}

/** Opens the user's own VS Code where the set-up found one, else a served one; `ended` resolves when it is closed. */
async function openVscode(
  workspace: string,
  wish: number,
  mayOpen: boolean,
  cleanUp: CleanUp,
): Promise<{ readonly ended: Promise<void> }> {
  const own = process.env["VIADUCT_OWN_VSCODE"];
  if (own !== undefined && mayOpen) {
    return { ended: openOwn(own, workspace, cleanUp) };
  }
  const port = await freePort(wish);
  if (port !== wish) say(`Port ${wish} is taken: VS Code uses ${port}.`);
  const vscode = await ServedVscode.start({
    extension: inRepository(),
    settings,
    port,
  });
  cleanUp.add(() => vscode.stop());
  const url = vscode.url(workspace);
  say(`The demo is at ${url}`);
  if (mayOpen) openInBrowser(url);
  return { ended: vscode.ended() };
}

/** A window with user data of its own, so that it can be closed without touching the user's other windows. */
function openOwn(
  code: string,
  workspace: string,
  cleanUp: CleanUp,
): Promise<void> {
  say("Opening your VS Code …");
  const window = new GroupProcess({
    command: code,
    args: [
      // Verbose keeps the window's process in our group instead of detaching it.
      ...["--wait", "--verbose", "--new-window", "--disable-workspace-trust"],
      ...["--user-data-dir", inRepository(".demo/vscode")],
      `--extensionDevelopmentPath=${inRepository()}`,
      workspace,
    ],
  });
  cleanUp.add(() => window.stop());
  return window.ended();
}

function openInBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ["open", [url]],
    win32: ["cmd", ["/c", "start", "", url.replaceAll("&", "^&")]],
  };
  const hasDisplay =
    process.platform !== "linux" ||
    (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]) !== undefined;
  if (!hasDisplay) return;
  const [command, args] = openers[process.platform] ?? ["xdg-open", [url]];
  // Without a browser the printed address has to do.
  spawn(command, args, { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

function say(message: string): void {
  console.log(`• ${message}`);
}

main().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
