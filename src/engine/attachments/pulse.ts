import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import { ControlClient } from "../native/controlClient";
import { openClient, postgresError } from "../native/connect";
import { IdleTimer } from "../idleTimer";
import type { Attachment } from "./attachment";
import { silence } from "./firstWord";
import type { LimitsFor } from "./limits";

/** A connection that is asked whether its server is still there. */
interface Probe {
  readonly values: object;
  readonly client: ControlClient;
  readonly idle: IdleTimer;
}

/**
 * Asks servers whether they are there before DuckDB waits for them: DuckDB would wait for a server that says nothing
 * any more until the network gives up, and cannot be interrupted then (engine-facts, fact 4).
 */
export class Pulse {
  private readonly probes = new Map<string, Probe>();

  constructor(
    private readonly limits: LimitsFor,
    private readonly idleMs: number,
  ) {}

  /**
   * Why a server does not answer within its connect timeout; null when it does. A kept connection that is silent says
   * nothing about the server: after a computer has slept, or a router was started anew, its connections are gone and
   * nobody was told. A new one decides then, and `renew` replaces the others.
   */
  async check(
    attachment: Attachment,
    renew: () => Promise<unknown>,
  ): Promise<ErrorInfo | null> {
    const key = attachment.spec.alias.toLowerCase();
    const isKept = this.probes.get(key)?.client.isKept === true;
    const first = await this.checkOnce(attachment);
    if (first !== "silent") {
      return first;
    }
    const second = isKept ? await this.checkOnce(attachment) : first;
    return second === null
      ? renew().then(() => null, toErrorInfo)
      : second === "silent"
        ? silence(
            attachment.spec.alias,
            this.limits("control", attachment.spec).connectTimeoutSeconds,
          )
        : second;
  }

  private async checkOnce(
    attachment: Attachment,
  ): Promise<ErrorInfo | "silent" | null> {
    const { spec, values } = attachment;
    const limits = this.limits("control", spec);
    const probe = this.probeOf(attachment, () => openClient(values, limits));
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<"silent">((resolve) => {
      timer = setTimeout(() => {
        resolve("silent");
      }, limits.connectTimeoutSeconds * 1000);
    });
    probe.idle.stop();
    const answer = this.ask(probe);
    // Its end is of interest only when it comes in time.
    answer.catch(() => undefined);
    try {
      const heard = await Promise.race([answer, silence]);
      if (heard === "silent") {
        void probe.client.close();
        return "silent";
      }
      return null;
    } catch (error) {
      return postgresError(error).info;
    } finally {
      clearTimeout(timer);
      probe.idle.touch();
    }
  }

  async close(): Promise<void> {
    const probes = [...this.probes.values()];
    this.probes.clear();
    await Promise.all(
      probes.map(({ client, idle }) => {
        idle.stop();
        return client.close();
      }),
    );
  }

  /** A kept connection may have died since; then a new one decides. */
  private async ask({ client }: Probe): Promise<void> {
    try {
      await (await client.get()).query("SELECT 1");
    } catch {
      await client.close();
      await (await client.get()).query("SELECT 1");
    }
  }

  private probeOf(
    { spec, values }: Attachment,
    open: ConstructorParameters<typeof ControlClient>[0],
  ): Probe {
    const key = spec.alias.toLowerCase();
    const known = this.probes.get(key);
    if (known?.values === values) {
      return known;
    }
    void known?.client.close();
    const client = new ControlClient(open);
    const idle = new IdleTimer(this.idleMs, () => void client.close());
    const probe = { values, client, idle };
    this.probes.set(key, probe);
    return probe;
  }
}
