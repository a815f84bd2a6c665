/** Extension host or CLI ⇄ engine process: local copies of tables for the time in which their server is away. JSON-safe. */

/** Which table is meant. */
export interface SnapshotKey {
  readonly alias: string;
  readonly schema: string;
  readonly relation: string;
}

/** A local copy of a table. */
export interface SnapshotInfo extends SnapshotKey {
  /** When it was taken, as ISO 8601 in UTC. */
  readonly takenAt: string;
  readonly rowCount: number;
}
