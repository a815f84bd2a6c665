import type {
  AttachmentOptions,
  AttachmentSpec,
} from "../connections/attachment";
import type { ConnectionSettings } from "../connections/connectionSettings";
import type { FilePlace } from "../errors/errorInfo";
import { viaductError } from "../errors/makeError";
import { ViaductError } from "../errors/viaductError";
import type { AttachEntry } from "./attachEntries";
import {
  fieldSettings,
  textSettings,
  type ConnectionPlace,
} from "./connectionFields";
import { duckdbOutput } from "./duckdbOutput";
import { secretNodes } from "./duckdbSecrets";
import type { RenderedMap } from "./profileNodes";
import { problemsIn } from "./render";
import { isTrue, itemsOf, scalarOf } from "./rendered";

/** An output, and where it stands. */
export interface OutputPlace {
  /** Absolute path of the `profiles.yml`. */
  readonly file: string;
  readonly profile: string;
  readonly target: string;
  readonly place: (offset: number) => FilePlace;
}

const externalEntry = "external_sources.postgresql";
/** The name that the patterns guide's SQL has for this database. */
const externalAlias = "source_memories";

/** What of an output can be attached, as references. */
export function outputAttachments(
  map: RenderedMap,
  at: OutputPlace,
): AttachmentSpec[] {
  const spec = (
    alias: string,
    entry: string,
    options: AttachmentOptions = {},
  ): AttachmentSpec => ({
    alias,
    source: {
      kind: "dbt",
      file: at.file,
      profile: at.profile,
      target: at.target,
      entry,
    },
    readOnly: true,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  });
  switch (outputType(map)) {
    case "postgres":
      return [spec(suggestedAlias(at), "output")];
    case "duckdb": {
      const { attach } = duckdbOutput(map, at.place);
      const external = externalSource(map);
      return [
        ...attach
          .filter(({ kind }) => kind === "postgres")
          .map((entry) =>
            spec(entry.alias, `attach:${entry.alias}`, schemasOf(entry)),
          ),
        ...(external === null
          ? []
          : [
              spec(
                scalarOf(external, "alias")?.text ?? externalAlias,
                externalEntry,
              ),
            ]),
      ];
    }
    default:
      return [];
  }
}

/** Aliases of what an output says is read-only, in its own words: `--write` does not overrule that. */
export function readOnlyAliases(
  map: RenderedMap,
  at: OutputPlace,
): readonly string[] {
  const says = (node: RenderedMap | null): boolean =>
    isTrue(node?.entries.get("read_only"));
  const byEntry = new Map<string, boolean>(
    outputType(map) === "duckdb"
      ? duckdbOutput(map, at.place).attach.map(
          ({ alias, readOnly }) => [`attach:${alias}`, readOnly] as const,
        )
      : [],
  );
  return outputAttachments(map, at).flatMap(({ alias, source }) => {
    const entry = source.kind === "dbt" ? source.entry : "";
    const isReadOnly =
      entry === externalEntry
        ? says(externalSource(map))
        : (byEntry.get(entry) ?? false);
    return isReadOnly || says(map) ? [alias] : [];
  });
}

/** The connection that a reference means. Throws `profileMissing` for one that is not there, `profileInvalid` for a wrong one. */
export function outputConnection(
  map: RenderedMap,
  entry: string,
  at: OutputPlace,
): ConnectionSettings {
  const subject = (what: string): ConnectionPlace => ({
    subject: `of ${what} in the output ${at.target} of ${at.file}`,
    place: at.place,
  });
  const type = outputType(map);
  if (entry === "output" && type === "postgres") {
    const place = {
      subject: `of the output ${at.target} in ${at.file}`,
      place: at.place,
    };
    return fieldSettings(map, place, ["host", "user", "dbname"]);
  }
  if (type === "duckdb" && entry === externalEntry) {
    const external = externalSource(map);
    if (external !== null) {
      return fieldSettings(external, subject(externalEntry), [
        "host",
        "dbname",
      ]);
    }
  }
  if (type === "duckdb" && entry.startsWith("attach:")) {
    const alias = entry.slice("attach:".length);
    const found = duckdbOutput(map, at.place).attach.find(
      (one) => one.kind === "postgres" && one.alias === alias,
    );
    if (found !== undefined) {
      return attachConnection(map, found, subject(`attach "${alias}"`));
    }
  }
  // The entry may be there, and be unreadable for a variable that is missing.
  const attach = map.entries.get("attach");
  const [problem] = attach === undefined ? [] : problemsIn(attach);
  if (problem !== undefined) {
    throw new ViaductError(problem);
  }
  throw viaductError(
    "profileMissing",
    `The output ${at.target} of the profile ${at.profile} has no connection "${entry}".`,
    {
      file: at.place(map.start),
    },
  );
}

/** The adapter of an output; empty when it is not known. */
export function outputType(map: RenderedMap): string {
  return scalarOf(map, "type")?.text ?? "";
}

/** The guide's `external_sources.postgresql`; null when there is none. */
export function externalSource(map: RenderedMap): RenderedMap | null {
  const sources = map.entries.get("external_sources");
  const node =
    sources?.kind === "map"
      ? (sources.entries.get("postgresql") ?? sources.entries.get("postgres"))
      : undefined;
  return node?.kind === "map" ? node : null;
}

function attachConnection(
  map: RenderedMap,
  entry: AttachEntry,
  place: ConnectionPlace,
): ConnectionSettings {
  const written = attachPath(map, entry);
  const secret = entry.secret === "" ? null : secretSettings(map, entry, place);
  return textSettings(written.text, written.start, place, secret);
}

/** The path as it was evaluated: an entry whose path has a problem is listed all the same. */
function attachPath(
  map: RenderedMap,
  { start, path }: AttachEntry,
): { readonly text: string; readonly start: number } {
  const node = itemsOf(map.entries.get("attach")).find(
    (item) => item.start === start,
  );
  const scalar = node?.kind === "map" ? scalarOf(node, "path") : node;
  if (scalar?.kind === "scalar" && scalar.problem !== null) {
    throw new ViaductError(scalar.problem);
  }
  return { text: path, start: scalar?.start ?? start };
}

function secretSettings(
  map: RenderedMap,
  entry: AttachEntry,
  place: ConnectionPlace,
): ConnectionSettings {
  const found = secretNodes(map).find(
    ({ name }) => name === entry.secret,
  )?.node;
  if (
    found?.kind !== "map" ||
    !/^postgres/i.test(scalarOf(found, "type")?.text ?? "")
  ) {
    throw viaductError(
      "profileInvalid",
      `The secret of attach "${entry.alias}" is no secret of type postgres in this output.`,
      {
        file: entry.file,
      },
    );
  }
  const uri = scalarOf(found, "uri");
  const fields = fieldSettings(found, place);
  return uri === undefined
    ? fields
    : textSettings(uri.text, uri.start, place, fields);
}

function schemasOf({ options }: AttachEntry): AttachmentOptions {
  const schema = options.get("schema");
  if (schema === undefined || schema === true || schema.length === 0) {
    return {};
  }
  return { schemas: typeof schema === "string" ? [schema] : schema };
}

/** An alias that SQL needs no quotes for; the name of the database would be a value. */
function suggestedAlias({ profile, target }: OutputPlace): string {
  const name = `${profile}_${target}`
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .slice(0, 63);
  return /^\p{N}/u.test(name) ? `_${name}`.slice(0, 63) : name;
}
