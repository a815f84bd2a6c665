/** Extension host or CLI ⇄ engine process: values for the parameters of statements. JSON-safe. */
import type { ParameterType } from "../core/sql/parameterValue";

/** A value for a parameter of a statement. It is bound, and never written into a text. */
export interface StatementParameter {
  /** Which one, as `core/sql/parameters` tells them apart: `name`, `1`, or `?1` for the first `?` of the statement. */
  readonly key: string;
  readonly type: ParameterType;
  /** The name of DuckDB's type, such as `INTEGER[]`, where `type` is `other`. */
  readonly typeName?: string;
  /** As text; null is NULL. */
  readonly value: string | null;
  /** True: nothing that the engine says may have the value in it. */
  readonly isSecret?: boolean;
}

/** A parameter as the engine that is to run the statement knows it. */
export interface ParameterDescription {
  readonly key: string;
  /** What the engine calls the type that it expects; null when it cannot tell. */
  readonly engineType: string | null;
}
