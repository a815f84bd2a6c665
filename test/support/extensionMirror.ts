import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";
import { inRepository } from "./paths";

/** A request that an HTTP proxy got. */
export interface ProxiedRequest {
  readonly url: string;
  /** `Proxy-Authorization`, decoded; empty without one. */
  readonly login: string;
}

/** A real HTTP proxy on loopback, behind which a repository answers that no name server knows. */
export class ExtensionMirror {
  /** Its host exists for the proxy alone. */
  static readonly repository = "http://mirror.invalid/duckdb";

  readonly requests: ProxiedRequest[] = [];

  private constructor(
    private readonly server: Server,
    /** What a client has to log in with; empty for everyone. */
    private readonly login: string,
  ) {
    server.on("request", (request, response) => {
      const url = request.url ?? "";
      const header = request.headers["proxy-authorization"] ?? "";
      const given = Buffer.from(header.replace("Basic ", ""), "base64");
      this.requests.push({ url, login: given.toString() });
      const path = /\/(v[^/]+\/[^/]+\/\w+\.duckdb_extension)\.gz$/.exec(
        url,
      )?.[1];
      const file = inRepository("dist", "extensions", path ?? "nothing");
      if (given.toString() !== this.login) {
        response.writeHead(407).end();
      } else if (!existsSync(file)) {
        response.writeHead(404).end();
      } else {
        createReadStream(file)
          .pipe(createGzip({ level: 0 }))
          .pipe(response);
      }
    });
  }

  static async start(login = ""): Promise<ExtensionMirror> {
    const server = createServer();
    const mirror = new ExtensionMirror(server, login);
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    return mirror;
  }

  /** `host:port`. */
  get address(): string {
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
