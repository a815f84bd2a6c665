import { serverText } from "../../core/connections/connectionServer";
import { connectionPrefixes } from "../../core/connections/envVariables";
import type { EngineHandlers } from "../../protocol/engine";
import type { Session } from "../session";
import { takePassword } from "../sources/takePassword";
import { SourceDigests } from "../sources/sourceDigest";

/** Requests about connections and where their values come from. */
export type ConnectionHandlers = Pick<
  EngineHandlers,
  | "readEnvFile"
  | "takePassword"
  | "attach"
  | "testConnection"
  | "sourceServer"
  | "sourceDigest"
  | "readDbtProfiles"
  | "listServices"
  | "detach"
  | "createSecret"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function connectionHandlers(
  ready: () => Promise<Session>,
): ConnectionHandlers {
  const digests = new SourceDigests();
  return {
    sourceDigest: async (request) => ({
      digest: await digests.of((await ready()).sources.connections, request),
    }),
    sourceServer: async (spec) => {
      const { connections } = (await ready()).sources;
      // It is asked before there is a password, and not for one.
      const values = await connections.read({ ...spec, password: "" });
      return { server: serverText(values) };
    },
    readEnvFile: async ({ file }) => {
      const { files } = await ready();
      const names = [...(await files.read(file)).keys()];
      return { names, prefixes: connectionPrefixes(names) };
    },
    takePassword: async ({ source }) => {
      const { files, sources } = await ready();
      return takePassword(files, sources.connections, source);
    },
    attach: async (request) => {
      const { attachments, native, catalogs, sentLog } = await ready();
      try {
        await attachments.attach(request);
      } catch (error) {
        // It may come back by itself, while local copies stand in for it.
        await sentLog.enable().catch(() => undefined);
        throw error;
      }
      await native.forget(request.alias);
      await sentLog.enable();
      return catalogs.find(request.alias);
    },
    testConnection: async (request) =>
      (await ready()).connectionTest.run(request),
    readDbtProfiles: async (request) => (await ready()).profiles.list(request),
    listServices: async ({ file }) =>
      (await ready()).sources.services.list(file),
    detach: async ({ alias }) => {
      const { attachments, native } = await ready();
      await native.forget(alias);
      await attachments.detach(alias);
      return null;
    },
    createSecret: async ({ name, source }) => {
      await (await ready()).attachments.createSecret(name, source);
      return null;
    },
  };
}
