import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { GroupProcess } from "../process/groupProcess";
import { vscodeDescription } from "./description";

/** What a served VS Code is to be. */
export interface ServedVscodeOptions {
  /** Folder of an extension under development, with its `dist` built. */
  readonly extension?: string;
  /**
   * Lets `url` name extension tests, which needs VS Code's test driver. That driver also keeps every notification out of
   * sight, so without it the extension is linked into the user's extensions instead: what one sees is what a user sees.
   */
  readonly testDriver?: boolean;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** Folders of further extensions, which the user has installed. */
  readonly others?: readonly string[];
  /** Settings of the user. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Leaves workspace trust on, so that a folder opens in restricted mode. Default false: everything is trusted. */
  readonly workspaceTrust?: boolean;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Port on loopback; 0, the default, for any free one. */
  readonly port?: number;
}

/** Settings that keep the workbench quiet, so that a test sees only what it caused. */
const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "security.workspace.trust.startupPrompt": "never",
  "git.enabled": false,
  "files.autoSave": "off",
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "files.simpleDialog.enable": true,
  "editor.accessibilitySupport": "off",
} as const;

const READY_MS = 60_000;

/**
 * Microsoft's VS Code server on loopback, with user data of its own that goes away with it. Its extensions find their
 * folder in `VIADUCT_TEST_DATA`.
 */
export class ServedVscode {
  #process: GroupProcess;
  readonly #data: string;
  readonly #options: ServedVscodeOptions;
  /** The extension that addresses have to name; null when it is installed. */
  readonly #extension: string | null;
  /** The port it listens on. */
  readonly port: number;
  /** Folder of the user's extensions. */
  readonly extensions: string;

  private constructor(
    { server, port }: Listening,
    data: string,
    options: ServedVscodeOptions,
  ) {
    this.#process = server;
    this.#data = data;
    this.#options = options;
    this.#extension = developed(options);
    this.port = port;
    this.extensions = path.join(data, "extensions");
  }

  /** Starts it, after installing the package when there is one. */
  static async start(options: ServedVscodeOptions = {}): Promise<ServedVscode> {
    // The sockets below it have a length limit of about 100 characters: keep it short.
    const data = await mkdtemp(path.join(os.tmpdir(), "viaduct-vsc-"));
    try {
      await writeSettings(data, { ...quietSettings, ...options.settings });
      if (options.vsix !== undefined) await installPackage(data, options.vsix);
      if (developed(options) === null && options.extension !== undefined)
        await link(data, options.extension);
      for (const other of options.others ?? []) await link(data, other);
      return new ServedVscode(await listen(data, options), data, options);
    } catch (error) {
      await rm(data, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Address that opens a folder, or a workspace of several by its `.code-workspace`, with the extension under development
   * when there is one, or its tests.
   */
  url(folder: string, extensionTests?: string): string {
    const remote = (file: string): string =>
      `vscode-remote://127.0.0.1:${this.port}${file}`;
    const payload = [
      ["skipWelcome", "true"],
      ["skipReleaseNotes", "true"],
      ...(this.#extension === null
        ? []
        : [["extensionDevelopmentPath", remote(this.#extension)]]),
      ...(extensionTests === undefined
        ? []
        : [["extensionTestsPath", remote(extensionTests)]]),
    ];
    const query = new URLSearchParams({
      [folder.endsWith(".code-workspace") ? "workspace" : "folder"]: folder,
      payload: JSON.stringify(payload),
    });
    return `http://127.0.0.1:${this.port}/?${query.toString()}`;
  }

  /** What the server printed, without the noise about native modules that we do not build. */
  get log(): string {
    return withoutNoise(this.#process.log);
  }

  /** Ends the server and all that it has started, as a machine that goes down does; it comes again with what it kept. */
  async restart(): Promise<void> {
    await this.#process.stop("SIGKILL");
    const { server } = await listen(this.#data, {
      ...this.#options,
      port: this.port,
    });
    this.#process = server;
  }

  /** Resolves when the server has ended. */
  async ended(): Promise<void> {
    await this.#process.ended();
  }

  /** Ends the server, its extension hosts and their children, and removes its data. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#data, {
      recursive: true,
      force: true,
      maxRetries: 5,
      retryDelay: 200,
    });
  }
}

/** A server that listens. */
interface Listening {
  readonly server: GroupProcess;
  readonly port: number;
}

/** The extension that addresses have to name: that of a test driver; others are installed. */
function developed({ testDriver, extension }: ServedVscodeOptions) {
  return testDriver === true ? (extension ?? null) : null;
}

async function listen(
  data: string,
  options: ServedVscodeOptions,
): Promise<Listening> {
  const server = new GroupProcess({
    ...serverCommand([
      ...commonArguments(data),
      ...[
        "--without-connection-token",
        "--host",
        "127.0.0.1",
        "--port",
        String(options.port ?? 0),
      ],
      ...(options.testDriver === true ? ["--enable-smoke-test-driver"] : []),
      ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
    ]),
    env: {
      ...withoutEditor(),
      VIADUCT_TEST_DATA: data,
      ...options.env,
    },
  });
  try {
    const [, port] = await server.printed(
      /Extension host agent listening on (\d+)/,
      READY_MS,
    );
    return { server, port: Number(port) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function serverCommand(args: readonly string[]): {
  command: string;
  args: readonly string[];
} {
  const { node, main } = vscodeDescription().served;
  return { command: node, args: [main, ...args] };
}

function commonArguments(data: string): string[] {
  return [
    ...["--accept-server-license-terms", "--telemetry-level", "off"],
    ...[
      "--server-data-dir",
      data,
      "--extensions-dir",
      path.join(data, "extensions"),
    ],
  ];
}

/** A test that runs in a terminal of VS Code must not hand that editor's variables to the one it starts. */
function withoutEditor(): Record<string, undefined> {
  const names = Object.keys(process.env).filter(
    (name) =>
      name.startsWith("VSCODE_") ||
      name.startsWith("ELECTRON_") ||
      name === "NODE_OPTIONS",
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

async function writeSettings(
  data: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = path.join(data, "data/Machine");
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, "settings.json"),
    JSON.stringify(settings, null, 2),
  );
}

/** VS Code takes what lies in the folder at its first start for installed. */
async function link(data: string, extension: string): Promise<void> {
  const folder = path.join(data, "extensions");
  await mkdir(folder, { recursive: true });
  await symlink(
    extension,
    path.join(folder, path.basename(extension)),
    "junction",
  );
}

async function installPackage(data: string, vsix: string): Promise<void> {
  const installer = new GroupProcess({
    ...serverCommand([...commonArguments(data), "--install-extension", vsix]),
    env: withoutEditor(),
  });
  try {
    await installer.printed(/was successfully installed/, READY_MS);
    await installer.ended();
  } finally {
    await installer.stop();
  }
}

function withoutNoise(log: string): string {
  return log
    .replace(/Error: Could not locate the bindings file[\s\S]*?\n\}\n/g, "")
    .replace(/\n{3,}/g, "\n\n");
}
