import type { EngineEvent } from "../../protocol/engine";

/** Every event by name; one that is missing does not compile. */
export const engineEvents = Object.keys({
  statementStarted: true,
  resultOpened: true,
  statementProgress: true,
  notice: true,
  writeQuestion: true,
  statementEnded: true,
  catalogsChanged: true,
  log: true,
  taskProgress: true,
} satisfies Record<EngineEvent, true>) as EngineEvent[];
