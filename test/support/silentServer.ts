import { createServer, type Server, type Socket } from "node:net";
import { until } from "./until";

/** A port that takes connections and never says a word: what a firewall that drops packets looks like to a client. */
export class SilentServer {
  private readonly sockets = new Set<Socket>();
  private count = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      this.count += 1;
      socket.on("error", () => undefined);
    });
  }

  static async start(): Promise<SilentServer> {
    const server = createServer();
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("no port");
    }
    return new SilentServer(server, address.port);
  }

  /** Answers when so many connections were taken. */
  async heard(count: number): Promise<void> {
    await until(`${count} connections`, () => this.count >= count);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }
}
