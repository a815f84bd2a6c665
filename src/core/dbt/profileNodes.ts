import type { ErrorInfo } from "../errors/errorInfo";

/** A scalar of profiles.yml. */
export interface ProfileScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As it is written when it is no string, so that a password of digits keeps its zeros; else the value. */
  readonly text: string;
  /** Offset in the file. */
  readonly start: number;
  /** Offsets of the Jinja tags in it. */
  readonly tags: readonly number[];
}

/** A list of profiles.yml. */
export interface ProfileList {
  readonly kind: "list";
  readonly items: readonly ProfileNode[];
  readonly start: number;
}

/** A mapping of profiles.yml; merge keys and aliases are resolved. */
export interface ProfileMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, ProfileNode>;
  readonly start: number;
}

/** A part of profiles.yml before its Jinja is evaluated. */
export type ProfileNode = ProfileScalar | ProfileList | ProfileMap;

/** A scalar after evaluation. */
export interface RenderedScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly start: number;
  /** Why it has no value; null when it has one. */
  readonly problem: ErrorInfo | null;
}

/** A list after evaluation. */
export interface RenderedList {
  readonly kind: "list";
  readonly items: readonly RenderedNode[];
  readonly start: number;
}

/** A mapping after evaluation. */
export interface RenderedMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, RenderedNode>;
  readonly start: number;
}

/** A part of profiles.yml whose Jinja is evaluated. */
export type RenderedNode = RenderedScalar | RenderedList | RenderedMap;
