import { Redactor } from "../core/errors/redactor";

/** A connection URL, or `password=…`, given where a file or a name belongs: the message must not repeat it. */
const secrets = /:\/\/[^\s:@/]*:([^\s/]+)@|passw(?:or)?d=(\S+)/gi;

/** Hides the passwords that a command line has in it, however a message spells the argument. */
export function argumentRedactor(args: readonly string[]): Redactor {
  const redactor = new Redactor();
  for (const argument of args) {
    for (const [, ofUrl, ofOption] of argument.matchAll(secrets)) {
      redactor.add(ofUrl ?? ofOption ?? "");
    }
  }
  return redactor;
}
