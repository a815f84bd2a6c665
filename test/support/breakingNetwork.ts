import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

/** When a connection breaks: at a statement that holds a text, or after so many bytes of the server's. */
export type Moment =
  { readonly statement: string } | { readonly bytes: number };

/** How: without a word of farewell, with one, or so that neither side hears anything any more. */
export type Breaking = "reset" | "end" | "hang";

/** A network to a server of which a connection breaks at a moment; all others are as ever. */
export class BreakingNetwork {
  private readonly sockets = new Set<Socket>();
  private moment: Moment | null = null;
  private how: Breaking = "end";
  private isRepeated = false;
  private received = 0;
  private broken = false;

  private constructor(
    private readonly server: Server,
    target: { readonly host: string; readonly port: number },
  ) {
    server.on("connection", (client) => {
      const upstream = connect(target);
      this.forward(client, upstream, (data) => this.isMet(data, null));
      this.forward(upstream, client, (data) => this.isMet(null, data));
    });
  }

  static async open(target: {
    readonly host: string;
    readonly port: number;
  }): Promise<BreakingNetwork> {
    const server = createServer();
    const network = new BreakingNetwork(server, target);
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    return network;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** True once the moment has come. */
  get hasBroken(): boolean {
    return this.broken;
  }

  /** Breaks the next connection for which the moment comes, or each. */
  breakAt(
    moment: Moment,
    how: Breaking,
    which: "next" | "each" = "next",
  ): void {
    this.moment = moment;
    this.how = how;
    this.isRepeated = which === "each";
    this.received = 0;
    this.broken = false;
  }

  /** No connection breaks any more. */
  heal(): void {
    this.moment = null;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private forward(
    from: Socket,
    to: Socket,
    isMoment: (data: Buffer) => boolean,
  ): void {
    this.sockets.add(from);
    from.on("data", (data: Buffer) => {
      if (isMoment(data)) {
        this.break(from, to);
      } else if (!to.write(data)) {
        from.pause();
        to.once("drain", () => from.resume());
      }
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }

  private isMet(sent: Buffer | null, answered: Buffer | null): boolean {
    const { moment } = this;
    if (moment === null) {
      return false;
    }
    this.received += answered?.length ?? 0;
    return "bytes" in moment
      ? answered !== null && this.received >= moment.bytes
      : sent?.includes(moment.statement) === true;
  }

  private break(from: Socket, to: Socket): void {
    if (!this.isRepeated) {
      this.moment = null;
    }
    this.broken = true;
    for (const socket of [from, to]) {
      if (this.how === "hang") {
        socket.removeAllListeners("data");
        socket.pause();
      } else if (this.how === "reset") {
        socket.resetAndDestroy();
      } else {
        socket.destroy();
      }
    }
  }
}
