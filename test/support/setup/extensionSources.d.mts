/** One place that has DuckDB's extensions. */
export interface ExtensionSource {
  readonly name: string;
  fetch(wanted: {
    readonly name: string;
    readonly version: string;
    readonly platform: string;
  }): Promise<Buffer>;
}

/** Tried in order; each gives the binary's content or throws. */
export const extensionSources: readonly ExtensionSource[];
