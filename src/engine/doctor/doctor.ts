import { checklist } from "../../core/doctor/checklist";
import type { DoctorReport, WantedAttachment } from "../../core/doctor/report";
import type { Redactor } from "../../core/errors/redactor";
import type { EngineInfo } from "../../protocol/options";
import { hostCatalog, type WorkspaceDatabase } from "../database";
import {
  AttachmentLook,
  longestConnectSeconds,
  type AttachmentSubjects,
} from "./attachmentFacts";
import { look } from "./look";
import { redactReport } from "./redactReport";
import { sessionFacts } from "./sessionFacts";

/** What `Doctor` is made of. */
export interface DoctorParts extends Omit<AttachmentSubjects, "instance"> {
  readonly info: EngineInfo;
  readonly database: WorkspaceDatabase;
  readonly redactor: Redactor;
}

/** Examines the session and every server of it, each by itself. */
export class Doctor {
  constructor(private readonly parts: DoctorParts) {}

  /** `wanted` are attachments of the settings; those that could not be made are examined, too. */
  async diagnose(wanted: readonly WantedAttachment[]): Promise<DoctorReport> {
    const { attachments, database, info, redactor } = this.parts;
    await this.settled();
    const requests = new Map<string, WantedAttachment>();
    for (const request of [
      ...wanted,
      ...attachments.all.map(({ spec }) => spec),
    ]) {
      const key = request.alias.toLowerCase();
      const before = requests.get(key);
      // What it is attached as counts; a password that came with the request is kept.
      requests.set(key, { ...before, ...request });
    }
    const looks = [...requests.values()].map((request) =>
      new AttachmentLook(
        { ...this.parts, instance: database.instance },
        request,
      ).facts(),
    );
    const connection = await database.instance.connect();
    try {
      await connection.run(`USE ${hostCatalog}`);
      const [session, ...found] = await Promise.all([
        sessionFacts({ info, database, connection, now: new Date() }),
        ...looks,
      ]);
      const foreign = session.databases.ok
        ? session.databases.value.filter(
            ({ name, type }) =>
              type === "postgres" && !requests.has(name.toLowerCase()),
          )
        : [];
      return redactReport(
        checklist({
          session,
          attachments: found,
          foreign: foreign.map(({ name }) => name),
        }),
        redactor,
      );
    } finally {
      await connection.close();
    }
  }

  /**
   * What is being attached brings extensions, secrets and databases: a report in between would miss them. A server that
   * says nothing is not waited for longer than a look at it takes.
   */
  private async settled(): Promise<void> {
    await look(
      "What is being attached",
      () => this.parts.attachments.attempts.settled(() => true),
      undefined,
      longestConnectSeconds * 1000,
    );
  }
}
