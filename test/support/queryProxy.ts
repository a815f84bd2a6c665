import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

/** SSLRequest and GSSENCRequest: asked before the startup message, and answered with no by the suite's server. */
const encryptionRequests = new Set([80877103, 80877104]);

/** A network to a server that keeps every statement that clients send over it, as PostgreSQL's protocol has it. */
export class QueryProxy {
  /** The texts of the messages Query and Parse, in their order. */
  readonly queries: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    target: { readonly host: string; readonly port: number },
  ) {
    server.on("connection", (incoming) => {
      const outgoing = connect(target);
      const read = this.reader();
      incoming.on("data", read);
      for (const [from, to] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        this.sockets.add(from);
        from.pipe(to);
        from.on("error", () => to.destroy());
        from.on("close", () => to.destroy());
      }
    });
  }

  static async open(target: {
    readonly host: string;
    readonly port: number;
  }): Promise<QueryProxy> {
    const server = createServer();
    const proxy = new QueryProxy(server, target);
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Takes what one client sends apart: messages without a type up to its startup, then type, length and content. */
  private reader(): (data: Buffer) => void {
    let rest: Buffer = Buffer.alloc(0);
    let typeBytes = 0;
    return (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= typeBytes + 4) {
        const end = typeBytes + rest.readInt32BE(typeBytes);
        if (rest.length < end) {
          return;
        }
        if (typeBytes === 1) {
          this.note(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
        } else if (!encryptionRequests.has(rest.readInt32BE(4))) {
          typeBytes = 1;
        }
        rest = rest.subarray(end);
      }
    };
  }

  private note(type: string, content: Buffer): void {
    const strings = content.toString("utf8").split("\0");
    const query = type === "Q" ? strings[0] : strings[1];
    if ((type === "Q" || type === "P") && query !== undefined) {
      this.queries.push(query);
    }
  }
}
