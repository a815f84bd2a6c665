import type { Surroundings } from "./entry";
import type { FileKind } from "./kind";
import { MapView } from "./mapView";
import { memberOf, type YamlList } from "./node";
import { Siblings } from "./siblings";
import { assignmentsOf } from "./scalarText";

/** What is around the values of a map, or the items of a list, as they are read from its node. */
export class Scope implements Surroundings {
  private known: Siblings | undefined;

  constructor(
    readonly path: readonly string[],
    readonly kind: FileKind,
    readonly subject: string,
    readonly isThrowAway: boolean,
    private readonly container: MapView | YamlList | null,
    private readonly outer: Scope | null,
  ) {}

  /** Grafana has the name of a header in `jsonData`, its value in `secureJsonData` beside it. */
  headerOf(key: string): string | undefined {
    const beside = this.outer?.container;
    const name = key.replace("Value", "Name");
    const node =
      beside instanceof MapView
        ? memberOf(beside.node("jsonData"), name)
        : null;
    return node?.type === "scalar" ? node.value : undefined;
  }

  /** Heat puts values in the place of names in a text: `str_replace` has them in `params`, `Fn::Replace` before it. */
  get replaced(): readonly string[] {
    const { container } = this;
    const names =
      container instanceof MapView
        ? container.node("params")
        : container?.items[0];
    return names?.type === "map" ? names.keys : [];
  }

  get siblings(): Siblings {
    const { container } = this;
    this.known ??=
      container === null
        ? new Siblings()
        : container instanceof MapView
          ? container.siblings()
          : assignmentsOf(container);
    return this.known;
  }
}

/** What is around a document. */
export const root = new Scope([], "generic", "", false, null, null);
