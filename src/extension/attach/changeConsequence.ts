/** What follows from a change of files. */
export interface Consequence {
  /** Attachments that would connect with something else now. */
  readonly aliases: readonly string[];
  /** The session's dbt output may be another one. */
  readonly isProfile: boolean;
}

/** True when nobody need be asked. */
export function isNothing({ aliases, isProfile }: Consequence): boolean {
  return aliases.length === 0 && !isProfile;
}
