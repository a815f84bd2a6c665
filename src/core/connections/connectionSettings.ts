import type { ErrorClass, FilePlace } from "../errors/errorInfo";
import { viaductError } from "../errors/makeError";
import type { ViaductError } from "../errors/viaductError";

/** Who is to blame for what stands in a configuration: never a value, only where it stands. */
export interface Blame {
  readonly errorClass: ErrorClass;
  /** Begins a sentence: `The variable POSTGRES_PORT in /x/.env`. */
  readonly subject: string;
  readonly file?: FilePlace;
}

/** What a source says, by libpq's keywords, and where it says so. */
export interface ConnectionSettings {
  readonly values: ReadonlyMap<string, string>;
  readonly blame: (keyword: string) => Blame;
}

/** An error about a configuration; `rest` ends the sentence and holds no value. */
export function blamed(
  { errorClass, subject, file }: Blame,
  rest: string,
): ViaductError {
  return viaductError(errorClass, `${subject} ${rest}.`, { file });
}

/** `over` on top of `base`: what both say is as `over` says it. */
export function layered(
  base: ConnectionSettings,
  over: ConnectionSettings,
): ConnectionSettings {
  return {
    values: new Map([...base.values, ...over.values]),
    blame: (keyword) =>
      over.values.has(keyword) || !base.values.has(keyword)
        ? over.blame(keyword)
        : base.blame(keyword),
  };
}
