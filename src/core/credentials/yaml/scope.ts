import type { Surroundings } from "./entry";
import { isService, resourceKind, rootKind, type FileKind } from "./kind";
import { MapView } from "./mapView";
import { memberOf, type YamlList, type YamlMap } from "./node";
import { assignmentsOf } from "./scalarText";
import { Siblings } from "./siblings";

const noNames: readonly string[] = [];

/**
 * What is around the values of a map, or the items of a list, as they are read from its node. All but the kind is found
 * out when it is asked for: of most nobody asks.
 */
export class Scope implements Surroundings {
  readonly kind: FileKind;
  private readonly container: MapView | YamlList | null;
  /** The nearest that has a name, from this one on: the item of a list has none. */
  private readonly named: Scope | null;
  private knownPath: readonly string[] | undefined;
  private knownSiblings: Siblings | undefined;
  private knownSubject: string | undefined;
  private knownHeaders: Siblings | undefined;
  private knownThrowAway: boolean | undefined;
  private knownReplaced: ReadonlySet<string> | undefined;

  /** `key` is undefined for what has no name of its own. */
  constructor(
    private readonly outer: Scope | null,
    private readonly key: string | undefined,
    node: YamlMap | YamlList | null,
  ) {
    this.container = node?.type === "map" ? new MapView(node) : node;
    this.named = key === undefined ? (outer?.named ?? null) : this;
    this.kind = this.ownKind() ?? outer?.kind ?? "generic";
  }

  /** The last name of the path, or the empty string. */
  get name(): string {
    return this.named?.key ?? "";
  }

  /** The name before it. */
  get above(): string {
    return this.named?.outer?.name ?? "";
  }

  get path(): readonly string[] {
    return (this.knownPath ??=
      this.key === undefined
        ? (this.outer?.path ?? noNames)
        : [...(this.outer?.path ?? noNames), this.key]);
  }

  get siblings(): Siblings {
    const { container } = this;
    return (this.knownSiblings ??=
      container === null
        ? new Siblings()
        : container instanceof MapView
          ? container.siblings()
          : assignmentsOf(container));
  }

  get subject(): string {
    return (this.knownSubject ??=
      this.ownSubject() ?? this.outer?.subject ?? "");
  }

  get isThrowAway(): boolean {
    const { container, kind, outer } = this;
    return (this.knownThrowAway ??=
      outer?.isThrowAway === true ||
      (container instanceof MapView && isService(kind, this.path, container)));
  }

  /** Grafana has the name of a header in `jsonData`, its value in `secureJsonData` beside it. */
  headerOf(key: string): string | undefined {
    return this.outer?.headers.get(key.replace("Value", "Name"));
  }

  /** Heat puts values in the place of names in a text: `str_replace` has them in `params`, `Fn::Replace` before it. */
  get replaced(): ReadonlySet<string> {
    return (this.knownReplaced ??= new Set(this.findReplaced()));
  }

  private findReplaced(): readonly string[] {
    const { container } = this;
    const names =
      container instanceof MapView
        ? container.node("params")
        : container?.items[0];
    return names?.type === "map" ? names.keys : noNames;
  }

  private ownKind(): FileKind | null {
    const { container } = this;
    if (!(container instanceof MapView)) {
      return null;
    }
    return (
      resourceKind(container, container) ??
      (this.named === null ? rootKind(container.all()) : null)
    );
  }

  /** Once for all that is below: there may be thousands of headers, and of maps beside them. */
  private get headers(): Siblings {
    return (this.knownHeaders ??= this.findHeaders());
  }

  private findHeaders(): Siblings {
    const { container } = this;
    const node =
      container instanceof MapView ? container.node("jsonData") : null;
    return node?.type === "map" ? new MapView(node).siblings() : new Siblings();
  }

  private ownSubject(): string | null {
    const { container } = this;
    const own =
      container instanceof MapView
        ? memberOf(container.node("metadata"), "name")
        : null;
    return own?.type === "scalar" && own.isString ? own.value : null;
  }
}

/** What is around a document. */
export const root = new Scope(null, undefined, null);
