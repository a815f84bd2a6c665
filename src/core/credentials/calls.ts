/** `password=get_secret(name)`, `token = d.get("t")` and `pw = os.environ["PW"]`: code, of which `next` is what the piece ends at. */
export function isCall(raw: string, next: string): boolean {
  return (
    /^[A-Za-z_][\w.]*\([\w., ]*\)$/.test(raw) ||
    (/["')]/.test(next) && /^[A-Za-z_][\w.]*[([]$/.test(raw))
  );
}
