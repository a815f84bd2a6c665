import { Siblings } from "./siblings";
import type { YamlMap, YamlNode, YamlScalar } from "./node";

/** What a map has by name. */
export class MapView {
  constructor(private readonly map: YamlMap) {}

  /** True for a name that the map has. */
  has(name: string): boolean {
    return this.map.keys.includes(name);
  }

  /** The value of a name; of one that is there twice the last. */
  node(name: string): YamlNode {
    const index = this.map.keys.lastIndexOf(name);
    return index < 0 ? null : (this.map.values[index] ?? null);
  }

  /** The text of a name whose value is a scalar; of one that is there twice the last. */
  get(name: string): string | undefined {
    const { keys, values } = this.map;
    let index = keys.lastIndexOf(name);
    while (index >= 0) {
      const value = values[index];
      if (value?.type === "scalar") {
        return value.value;
      }
      index = index === 0 ? -1 : keys.lastIndexOf(name, index - 1);
    }
    return undefined;
  }

  /** Every name with its value. */
  all(): ReadonlyMap<string, YamlNode> {
    const { keys, values } = this.map;
    return new Map(keys.map((name, index) => [name, values[index] ?? null]));
  }

  /** Every name whose value is a scalar, with its text; of one that is there twice the last. */
  siblings(): Siblings {
    return new Siblings(() => {
      const last = new Map<string, YamlScalar>();
      const { keys, values } = this.map;
      for (let index = 0; index < keys.length; index++) {
        const value = values[index];
        if (value?.type === "scalar") {
          last.set(keys[index] ?? "", value);
        }
      }
      return last;
    });
  }
}
