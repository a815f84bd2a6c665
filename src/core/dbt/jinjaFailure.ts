import type { ErrorClass } from "../errors/errorInfo";

/** Why a template has no value. The message never holds a value, nor a word of the template that could be one. */
export class JinjaFailure extends Error {
  constructor(
    readonly errorClass: ErrorClass,
    message: string,
    /** Offset of the tag in the template, where it is known. */
    readonly at: number | null = null,
  ) {
    super(message);
    this.name = "JinjaFailure";
  }
}
