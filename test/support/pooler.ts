import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;

/**
 * Between a client and a server what PgBouncer 1.18 was seen to be: it refuses session options, or is told to ignore them
 * and then drops them in silence; and it gives every session a number of its own, which only its cancel knows.
 */
export class Pooler {
  /** Cancels that were passed on. */
  cancels = 0;
  private readonly sockets = new Set<Socket>();
  private readonly keys = new Map<string, Buffer>();
  private lastNumber = 2_000_000_000;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
    private readonly options: "refused" | "ignored",
  ) {
    server.on("connection", (socket) => {
      this.keep(socket);
      socket.once("data", (data) => {
        this.begin(socket, data);
      });
    });
  }

  static async open(
    target: { readonly host: string; readonly port: number },
    options: "refused" | "ignored",
  ): Promise<Pooler> {
    const server = createServer();
    const pooler = new Pooler(server, target, options);
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    return pooler;
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

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => undefined);
  }

  /** The first message: what libpq and `pg` send in one piece. */
  private begin(client: Socket, message: Buffer): void {
    const code = message.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) {
      client.write("N");
      client.once("data", (data) => {
        this.begin(client, data);
      });
      return;
    }
    if (code === cancelRequest) {
      this.cancel(client, message);
      return;
    }
    const words = message.subarray(8).toString("utf8").split("\0");
    const at = words.indexOf("options");
    if (at >= 0 && at % 2 === 0 && this.options === "refused") {
      client.end(refusal("unsupported startup parameter: options"));
      return;
    }
    if (at >= 0) {
      words.splice(at, 2);
    }
    this.serve(client, words.join("\0"));
  }

  private serve(client: Socket, parameters: string): void {
    const server = connect(this.target);
    this.keep(server);
    const body = Buffer.from(parameters);
    const startup = Buffer.alloc(8);
    startup.writeInt32BE(8 + body.length, 0);
    startup.writeInt32BE(196608, 4);
    server.write(Buffer.concat([startup, body]));
    client.pipe(server);
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroy());
    let rest: Buffer = Buffer.alloc(0);
    server.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
        const end = 1 + rest.readInt32BE(1);
        client.write(this.disguised(rest.subarray(0, end)));
        rest = rest.subarray(end);
      }
    });
  }

  /** BackendKeyData with numbers of ours; any other message as it is. */
  private disguised(message: Buffer): Buffer {
    if (message[0] !== "K".charCodeAt(0)) {
      return message;
    }
    const copy = Buffer.from(message);
    copy.writeInt32BE((this.lastNumber += 1), 5);
    this.keys.set(
      copy.subarray(5).toString("hex"),
      Buffer.from(message.subarray(5)),
    );
    return copy;
  }

  private cancel(client: Socket, message: Buffer): void {
    const key = this.keys.get(message.subarray(8).toString("hex"));
    if (key === undefined) {
      client.destroy();
      return;
    }
    this.cancels += 1;
    const server = connect(this.target);
    this.keep(server);
    server.write(Buffer.concat([message.subarray(0, 8), key]));
    server.resume();
    server.on("close", () => client.destroy());
  }
}

/** An error as the server sends it, with PgBouncer's fields. */
function refusal(text: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${text}\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
}
