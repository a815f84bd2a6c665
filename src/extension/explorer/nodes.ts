import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { identifierText } from "../../core/sql/identifierText";
import type {
  CatalogInfo,
  ColumnInfo,
  RelationInfo,
} from "../../protocol/catalog";
import type { SnapshotInfo } from "../../protocol/snapshots";
import type { NodeReference } from "../commands/commandTable";

/** One row of the tree. Every node is its own reference, so a context action needs no lookup. */
export type Node =
  | CatalogNode
  | DetachedNode
  | SchemaNode
  | RelationNode
  | ColumnNode
  | CopyNode
  | MessageNode;

export interface CatalogNode extends NodeReference {
  readonly kind: "catalog";
  readonly info: CatalogInfo;
  /** What Viaduct attached it from; undefined for DuckDB's own and for what a statement attached. */
  readonly spec: AttachmentSpec | undefined;
}

/** An attachment of the settings that the user has detached for this session. */
export interface DetachedNode extends NodeReference {
  readonly kind: "detached";
  readonly spec: AttachmentSpec;
}

export interface SchemaNode extends NodeReference {
  readonly kind: "schema";
  readonly schema: string;
  /** True in a database that local copies can stand in for. */
  readonly canKeep: boolean;
}

export interface RelationNode extends NodeReference {
  readonly kind: "relation";
  readonly schema: string;
  readonly relation: string;
  readonly info: RelationInfo;
  /** True when a local copy of it can be kept. */
  readonly canKeep: boolean;
  readonly copy: SnapshotInfo | undefined;
}

/** A local copy that stands in while its server is away. */
export interface CopyNode extends NodeReference {
  readonly kind: "copy";
  readonly schema: string;
  readonly relation: string;
  readonly info: SnapshotInfo;
}

export interface ColumnNode extends NodeReference {
  readonly kind: "column";
  readonly schema: string;
  readonly relation: string;
  readonly column: string;
  readonly info: ColumnInfo;
}

/** Says in the tree why there is nothing to see. */
export interface MessageNode extends NodeReference {
  readonly kind: "message";
  readonly text: string;
  readonly error: ErrorInfo | null;
}

/** What the tree tells a node from others by, so that a refresh keeps what is open. */
export function nodeId(node: Node): string {
  const { kind, catalog, schema, relation, column } = node;
  return JSON.stringify([
    kind,
    catalog,
    schema,
    relation,
    column,
    ...(kind === "message" ? [node.text] : []),
  ]);
}

/** The node's name as SQL: each part quoted where it has to be. */
export function qualifiedName({
  catalog,
  schema,
  relation,
  column,
}: NodeReference): string {
  return [catalog, schema, relation, column]
    .filter((part) => part !== undefined)
    .map((part) => identifierText(part))
    .join(".");
}

/** What is shown behind a column's name: its type, its keys, whether it may be NULL. */
export function describeColumn({
  type,
  nullable,
  primaryKey,
  references,
}: ColumnInfo): string {
  return [
    type,
    primaryKey ? "primary key" : null,
    references === null ? null : `→ ${references}`,
    nullable || primaryKey ? null : "not null",
  ]
    .filter((part) => part !== null)
    .join(" · ");
}
