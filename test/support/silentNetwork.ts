import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

/** A network to a server, until it takes everything and never says a word again. */
export class SilentNetwork {
  private isHanging = false;
  private carried = "";
  private readonly sockets = new Set<Socket>();
  /** Connections that have died without a word, as after a computer has slept: what they carry is swallowed. */
  private readonly forgotten = new WeakSet<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  static async open(target: {
    readonly host: string;
    readonly port: number;
  }): Promise<SilentNetwork> {
    const server = createServer();
    const network = new SilentNetwork(server, target);
    server.on("connection", (socket) => {
      network.take(socket);
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    return network;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** True when a client has sent this text, in one piece and in the clear. */
  hasCarried(text: string): boolean {
    return this.carried.includes(text);
  }

  hang(): void {
    this.isHanging = true;
  }

  /** Every connection of now says nothing any more and takes what is sent; new ones work. */
  forget(): void {
    for (const socket of this.sockets) {
      this.forgotten.add(socket);
    }
  }

  /** Every connection of now ends with a reset; new ones work. */
  reset(): void {
    for (const socket of this.sockets) {
      socket.resetAndDestroy();
    }
    this.sockets.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(incoming: Socket): void {
    const outgoing = this.isHanging ? undefined : connect(this.target);
    for (const socket of [incoming, outgoing]) {
      if (socket !== undefined) {
        this.sockets.add(socket);
        socket.on("error", () => undefined);
      }
    }
    const isSilent = (): boolean =>
      this.isHanging || this.forgotten.has(incoming);
    const pass = (to: Socket | undefined) => (data: Buffer) => {
      if (!isSilent()) {
        to?.write(data);
      }
    };
    incoming.on("data", (data: Buffer) => {
      this.carried += data.toString("latin1");
    });
    incoming.on("data", pass(outgoing));
    outgoing?.on("data", pass(incoming));
    incoming.on("close", () => outgoing?.destroy());
    outgoing?.on("close", () => {
      if (!isSilent()) {
        incoming.destroy();
      }
    });
  }
}
