/**
 * The env files with `.env.<target>` after each: what an output of dbt means for `getenv()` and `env_var()`. Later files
 * win, and one that does not exist says nothing.
 */
export function withTargetFiles(
  files: readonly string[],
  target: string | null,
): readonly string[] {
  // A target is a name: one with a separator in it must not lead to another folder.
  if (target === null || target === "" || /[/\\]/.test(target)) {
    return files;
  }
  return files.flatMap((file) => {
    const ofTarget = `${file}.${target}`;
    return files.includes(ofTarget) ? [file] : [file, ofTarget];
  });
}
