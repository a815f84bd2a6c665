import type { EventEmitter } from "node:events";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import { viaductError } from "../../core/errors/makeError";
import type { ViaductError } from "../../core/errors/viaductError";

/** What a server may ask for, by `pg`'s events and libpq's words. */
const methods = [
  ["authenticationCleartextPassword", "password"],
  ["authenticationMD5Password", "md5"],
  ["authenticationSASL", "scram-sha-256"],
] as const;

/** Keeps a password from a server that does not ask for it in the way that `require_auth` and `channel_binding` demand. */
export class AuthenticationGuard {
  private refusal: ViaductError | null = null;
  private hasAsked = false;

  constructor(private readonly options: ConnectionValues["options"]) {}

  /** Listens before `pg` itself does. */
  watch(connection: EventEmitter): void {
    for (const [event, method] of methods) {
      connection.on(event, (message: { readonly mechanisms?: string[] }) => {
        this.hasAsked = true;
        const isBound =
          message.mechanisms?.includes("SCRAM-SHA-256-PLUS") === true;
        if (!this.allows(method) || (this.needsBinding && !isBound)) {
          this.refusal = this.refused(method);
        }
      });
    }
    connection.on("authenticationOk", () => {
      if (!this.hasAsked && (!this.allows("none") || this.needsBinding)) {
        connection.emit("error", this.refused("none"));
      }
    });
  }

  /** The password, or an error instead of it. */
  give(password: string): string {
    if (this.refusal !== null) {
      throw this.refusal;
    }
    return password;
  }

  get needsBinding(): boolean {
    return this.options["channel_binding"] === "require";
  }

  /** `require_auth` is a list of what may be, or, with `!`, of what may not. */
  private allows(method: string): boolean {
    const list = (this.options["require_auth"] ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
    return (
      list.length === 0 ||
      (list[0]?.startsWith("!") === true
        ? !list.includes(`!${method}`)
        : list.includes(method))
    );
  }

  private refused(method: string): ViaductError {
    const what =
      method === "none"
        ? "asks for no authentication"
        : `asks for authentication by ${method}`;
    return viaductError(
      "authenticationFailed",
      `The server ${what}, which ${this.needsBinding ? "channel_binding" : "require_auth"} does not allow; no password was sent.`,
    );
  }
}
