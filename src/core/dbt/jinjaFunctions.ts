import { isSecretName } from "../connections/secretWords";
import { JinjaFailure } from "./jinjaFailure";
import type { JinjaValue } from "./jinjaValue";

/** What a template may ask for. */
export interface JinjaContext {
  /** An environment variable, or undefined. May throw, for an env file that cannot be read. */
  readonly variable: (name: string) => string | undefined;
  /** Told each value of the environment that is to be kept out of every message. */
  readonly onSecret: (value: string) => void;
}

const secretPrefix = "DBT_ENV_SECRET_";
/** dbt's own stand-in: a filter must not see such a value, nor change it so that nobody would recognise it. */
const secretMark =
  /\$\$\$DBT_SECRET_START\$\$\$(.*?)\$\$\$DBT_SECRET_END\$\$\$/gs;
const secretStart = "$$$DBT_SECRET_START$$$";

/** `env_var()`: the value as text, or the default as it is written. */
export function environmentVariable(
  name: JinjaValue,
  otherwise: JinjaValue,
  context: JinjaContext,
): JinjaValue {
  if (typeof name !== "string") {
    throw new JinjaFailure(
      "profileInvalid",
      "env_var() needs the name of a variable as a text.",
    );
  }
  const value = context.variable(name);
  if (value === undefined) {
    if (otherwise !== undefined && otherwise !== null) {
      return otherwise;
    }
    // What does not look like a name may be a password that was written in the wrong place.
    const shown = /^[A-Za-z_]\w*$/.test(name) ? `: '${name}'` : "";
    throw new JinjaFailure(
      "variableMissing",
      `Env var required but not provided${shown}`,
    );
  }
  if (name.startsWith(secretPrefix)) {
    return `${secretStart}${name}$$$DBT_SECRET_END$$$`;
  }
  if (isSecretName(name)) {
    context.onSecret(value);
  }
  return value;
}

/** `var()`: nobody gives a `--vars` here. */
export function dbtVariable(
  name: JinjaValue,
  otherwise: JinjaValue,
): JinjaValue {
  if (otherwise !== undefined) {
    return otherwise;
  }
  const shown =
    typeof name === "string" && /^[A-Za-z_]\w*$/.test(name) ? ` '${name}'` : "";
  throw new JinjaFailure(
    "profileInvalid",
    `Required var${shown} not found: there is no --vars here; give var() a default, or use env_var().`,
  );
}

/** dbt's secrets in their places. */
export function revealed(value: JinjaValue, context: JinjaContext): JinjaValue {
  if (typeof value !== "string") {
    return value;
  }
  const text = value.replace(secretMark, (_, name: string) => {
    const secret = context.variable(name) ?? "";
    context.onSecret(secret);
    return secret;
  });
  if (/\$DBT_SECRET_(?:START|END)\$/i.test(text)) {
    throw changedSecret();
  }
  return text;
}

/** Throws for a text with one of dbt's secrets in it. */
export function checkUnchanged(value: JinjaValue): void {
  if (typeof value === "string" && value.includes(secretStart)) {
    throw changedSecret();
  }
}

function changedSecret(): JinjaFailure {
  return new JinjaFailure(
    "profileInvalid",
    `A variable that begins with ${secretPrefix} cannot go through a filter, as in dbt.`,
  );
}
