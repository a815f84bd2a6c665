import type { ErrorInfo } from "../errors/errorInfo";
import { errorInfo, viaductError } from "../errors/makeError";
import { ViaductError } from "../errors/viaductError";
import { knownAdapter } from "./adapters";
import { duckdbOutput, filePath } from "./duckdbOutput";
import type { JinjaContext } from "./jinjaFunctions";
import {
  externalSource,
  outputAttachments,
  outputType,
  readOnlyAliases,
  type OutputPlace,
} from "./outputConnections";
import {
  duckdbNotes,
  elsewhereNote,
  externalSourcesNote,
  namelessNote,
  postgresNotes,
} from "./outputNotes";
import type { ProfileMap, ProfileNode, RenderedMap } from "./profileNodes";
import type { DbtProfile, DbtTarget } from "./profiles";
import { parseProfileText, type ProfileText } from "./profileText";
import { problemsIn, renderMap, renderScalar } from "./render";
import { distinctProblems, scalarOf } from "./rendered";

/** What reading profiles needs beside their text. */
export interface ProfilesContext extends Omit<JinjaContext, "variable"> {
  /** A variable as an output sees it; a null target is for what stands outside of the outputs. */
  readonly variable: (
    name: string,
    target: string | null,
  ) => string | undefined;
  /** Absolute path of a path that may begin in the project's folder. */
  readonly resolvePath: (path: string) => string;
}

/** One output, evaluated. */
export interface ReadOutput extends OutputPlace {
  readonly map: RenderedMap;
}

/** The profile that outputs without one belong to. */
const namelessProfile = "default";

/** A `profiles.yml`, parsed; each output is evaluated when it is asked for, so that none breaks another. */
export class Profiles {
  private readonly text: ProfileText;

  /** Throws `profileInvalid` for what is no YAML, or not of profiles. */
  constructor(
    source: string,
    private readonly file: string,
    private readonly context: ProfilesContext,
  ) {
    this.text = parseProfileText(source, file);
  }

  /** Every profile, by its names. */
  list(): DbtProfile[] {
    return [...this.profileMaps()].map(([name, map]) => ({
      name,
      defaultTarget: this.targetOf(map, []),
      targets: [...outputsOf(map)].map(([target, node]) =>
        this.target(name, target, map, node),
      ),
    }));
  }

  /** The chosen output; the profile's own default when `target` is null. Throws as dbt would, in its words. */
  output(profile: string, target: string | null): ReadOutput {
    const map = this.profileMaps().get(profile);
    if (map === undefined) {
      throw viaductError(
        "profileMissing",
        `Could not find profile named '${profile}' in ${this.file}.`,
        { file: this.text.place(0) },
      );
    }
    const problems: ErrorInfo[] = [];
    const name = target ?? this.targetOf(map, problems);
    const [problem] = problems;
    if (problem !== undefined) {
      throw new ViaductError(problem);
    }
    const outputs = outputsOf(map);
    const node = outputs.get(name);
    if (node === undefined) {
      const known = [...outputs.keys()];
      throw viaductError(
        "profileMissing",
        known.length === 0
          ? `outputs not specified in profile '${profile}'.`
          : `The profile '${profile}' does not have a target named '${name}'. The valid target names for this profile are: ${known.join(", ")}.`,
        { file: this.text.place(map.start) },
      );
    }
    if (node.kind !== "map") {
      throw new ViaductError(this.misconfigured(profile, name, node));
    }
    return {
      map: this.render(node, name),
      file: this.file,
      profile,
      target: name,
      place: this.text.place,
    };
  }

  private target(
    profile: string,
    target: string,
    parent: ProfileMap,
    node: ProfileNode,
  ): DbtTarget {
    if (node.kind !== "map") {
      const problems = [this.misconfigured(profile, target, node)];
      return {
        name: target,
        type: "",
        database: null,
        attachments: [],
        problems,
        notes: [],
      };
    }
    const map = this.render(node, target);
    const type = outputType(map);
    const at: OutputPlace = {
      file: this.file,
      profile,
      target,
      place: this.text.place,
    };
    const duckdb =
      type === "duckdb" ? duckdbOutput(map, this.text.place) : null;
    const path = filePath(duckdb?.path ?? null);
    const elsewhere = elsewhereNote(type, duckdb?.path ?? null);
    const readOnly = readOnlyAliases(map, at);
    const problems = [
      ...problemsIn(map),
      ...(duckdb?.problems ?? []),
      ...this.typeProblem(profile, target, map),
    ];
    return {
      name: target,
      type: knownAdapter(type) ?? "",
      database: path === null ? null : this.context.resolvePath(path),
      attachments: outputAttachments(map, at),
      ...(readOnly.length === 0 ? {} : { readOnly }),
      problems: distinctProblems(problems),
      ...(elsewhere === null ? {} : { elsewhere }),
      notes: [
        ...(elsewhere === null ? [] : [elsewhere]),
        ...(parent === this.text.root ? [namelessNote] : []),
        ...(externalSource(map) === null || duckdb === null
          ? []
          : [externalSourcesNote]),
        ...(duckdb === null ? [] : duckdbNotes(map, duckdb)),
        ...(type === "postgres" ? postgresNotes(map) : []),
      ],
    };
  }

  private typeProblem(
    profile: string,
    target: string,
    map: RenderedMap,
  ): ErrorInfo[] {
    return scalarOf(map, "type") === undefined
      ? [
          errorInfo(
            "profileInvalid",
            `required field "type" not found in profile ${profile} and target ${target}.`,
            {
              file: this.text.place(map.start),
            },
          ),
        ]
      : [];
  }

  private misconfigured(
    profile: string,
    target: string,
    node: ProfileNode,
  ): ErrorInfo {
    return errorInfo(
      "profileInvalid",
      `output '${target}' of profile '${profile}' is misconfigured in profiles.yml.`,
      {
        file: this.text.place(node.start),
      },
    );
  }

  /** Profiles by name; outputs that stand at the top are those of one more. */
  private profileMaps(): Map<string, ProfileMap> {
    const { root } = this.text;
    if (root.entries.get("outputs")?.kind === "map") {
      return new Map([[namelessProfile, root]]);
    }
    const maps = new Map<string, ProfileMap>();
    for (const [name, node] of root.entries) {
      // Older files have dbt's own configuration beside the profiles.
      if (
        node.kind === "map" &&
        (name !== "config" || node.entries.has("outputs"))
      ) {
        maps.set(name, node);
      }
    }
    return maps;
  }

  private targetOf(map: ProfileMap, problems: ErrorInfo[]): string {
    const node = map.entries.get("target");
    if (node?.kind !== "scalar" || node.value === null) {
      return "default";
    }
    const rendered = renderScalar(node, this.contextOf(null));
    problems.push(...problemsIn(rendered));
    return rendered.kind === "scalar" && rendered.problem === null
      ? rendered.text
      : "default";
  }

  private render(node: ProfileMap, target: string): RenderedMap {
    return renderMap(node, this.contextOf(target));
  }

  private contextOf(target: string | null) {
    const { context, text } = this;
    return {
      ...context,
      variable: (name: string) => context.variable(name, target),
      place: text.place,
    };
  }
}

function outputsOf(map: ProfileMap): ReadonlyMap<string, ProfileNode> {
  const outputs = map.entries.get("outputs");
  return outputs?.kind === "map"
    ? outputs.entries
    : new Map<string, ProfileNode>();
}

/** The `profile:` of a `dbt_project.yml`, its Jinja evaluated; null when it names none or cannot be read. */
export function projectProfileName(
  source: string,
  file: string,
  context: JinjaContext,
): string | null {
  try {
    const { root, place } = parseProfileText(source, file);
    const node = root.entries.get("profile");
    const rendered =
      node?.kind === "scalar"
        ? renderScalar(node, { ...context, place })
        : undefined;
    return rendered?.kind === "scalar" &&
      rendered.problem === null &&
      rendered.text !== ""
      ? rendered.text
      : null;
  } catch (error) {
    if (error instanceof ViaductError) {
      return null;
    }
    throw error;
  }
}
