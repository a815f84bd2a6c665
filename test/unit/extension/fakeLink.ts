import type { AttachmentSpec } from "../../../src/core/connections/attachment";
import { viaductError } from "../../../src/core/errors/makeError";
import { ViaductError } from "../../../src/core/errors/viaductError";
import type { EngineLink } from "../../../src/extension/engine/engineLink";
import type { CatalogInfo } from "../../../src/protocol/catalog";
import type {
  AttachRequest,
  EngineEvent,
  EngineMethod,
} from "../../../src/protocol/engine";

/** An engine process that answers from memory and can be made to die. */
export class FakeLink implements EngineLink {
  readonly requests: { method: string; params: unknown }[] = [];
  readonly attached = new Map<string, CatalogInfo>();
  /** Aliases whose server answers only then. */
  readonly held = new Map<string, Promise<void>>();
  disposed = false;
  private readonly exits: ((exit: { expected: boolean }) => void)[] = [];
  private readonly listeners = new Map<
    EngineEvent,
    ((payload: never) => void)[]
  >();

  constructor(
    private readonly unreachable: ReadonlySet<string> = new Set(),
    private readonly broken = false,
  ) {}

  readonly request: EngineLink["request"] = (method, params) => {
    this.requests.push({ method, params });
    return this.answer(method, params) as never;
  };

  readonly onEvent: EngineLink["onEvent"] = (event, listener) => {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return { dispose: () => undefined };
  };

  readonly onExit: EngineLink["onExit"] = (listener) => {
    this.exits.push(listener);
    return { dispose: () => undefined };
  };

  fire(event: EngineEvent, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) {
      listener(payload as never);
    }
  }

  die(expected = false): void {
    for (const listener of this.exits) {
      listener({ expected });
    }
  }

  kill(): void {
    this.die(true);
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }

  private async answer(
    method: EngineMethod,
    params: unknown,
  ): Promise<unknown> {
    await Promise.resolve();
    switch (method) {
      case "initialize":
        if (this.broken) {
          throw new Error("no binding");
        }
        return {
          duckdbVersion: "v0",
          platform: "p",
          processId: 1,
          catalog: "memory",
          databaseProblem: null,
        };
      case "attach": {
        const spec = params as AttachRequest;
        if (spec.options?.password !== undefined && !("password" in spec)) {
          throw viaductError("passwordMissing", "not known yet");
        }
        await this.held.get(spec.alias);
        if (this.unreachable.has(spec.alias)) {
          throw new ViaductError({
            class: "connectionRefused",
            origin: "postgres",
            message: "refused",
            hint: "start it",
            actions: ["reconnect"],
          });
        }
        const info = catalog(spec.alias);
        this.attached.set(spec.alias, info);
        return info;
      }
      case "sourceServer":
        return { server: "u at h:5432" };
      case "detach":
        this.attached.delete((params as { readonly alias: string }).alias);
        return null;
      case "listCatalogs":
        return [...this.attached.values()];
      default:
        return null;
    }
  }
}

function catalog(name: string): CatalogInfo {
  return {
    name,
    kind: "postgres",
    readOnly: true,
    state: "attached",
    managed: true,
    tls: null,
    environment: null,
    source: "envFile",
    detail: "",
    problem: null,
  };
}

/** An attachment from an env file. */
export function spec(alias: string): AttachmentSpec {
  return {
    alias,
    source: { kind: "envFile", file: "/w/.env", prefix: "POSTGRES_" },
    readOnly: true,
  };
}
