/** What dotenv takes for an assignment; the value may go over several lines when it is quoted. */
const assignment =
  /^[^\S\r\n]*(?:export\s+)?([\w.-]+)(?:[^\S\r\n]*=|:[^\S\r\n])[^\S\r\n]*('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^\r\n]*)[^\r\n]*(?:\r\n|\r|\n|$)/gm;

/** The text of an env file without the lines that assign a variable; everything else stays as it is. */
export function removeEnv(text: string, name: string): string {
  return text.replace(assignment, (whole, assigned: string) =>
    assigned === name ? "" : whole,
  );
}
