import ignore, { type Ignore } from "ignore";

/** Rules of several `.gitignore`, of which the nearest that says something about a path decides, as in git. */
export class IgnoreRules {
  private constructor(
    /** Outermost first. */
    private readonly files: readonly {
      readonly prefix: string;
      readonly rules: Ignore;
    }[],
  ) {}

  /** No rules: nothing is ignored. */
  static readonly none = new IgnoreRules([]);

  /** These rules, and those of a file in a folder below. `prefix` is the folder as paths begin with it. */
  with(prefix: string, text: string): IgnoreRules {
    const rules = ignore({ ignorecase: false, allowRelativePaths: false });
    rules.add(text.replace(/^\uFEFF/, ""));
    return new IgnoreRules([...this.files, { prefix, rules }]);
  }

  /** True when a path (a folder's ends with `/`) is ignored. Its folders are known not to be. */
  isIgnored(path: string): boolean {
    for (const { prefix, rules } of [...this.files].reverse()) {
      if (path.startsWith(prefix) && path.length > prefix.length) {
        const { ignored, unignored } = rules.test(path.slice(prefix.length));
        if (ignored || unignored) {
          return ignored;
        }
      }
    }
    return false;
  }
}

/** Tells whether a path is one of those that globs mean, in the notation of `.gitignore`. */
export function globTest(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) {
    return () => false;
  }
  const rules = ignore({ ignorecase: false });
  rules.add(globs.map((glob) => glob.replace(/^\.\//, "")));
  return (path) => rules.ignores(path);
}
