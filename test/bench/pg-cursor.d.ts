/** The little that the bench uses: the package has no types of its own. */
declare module "pg-cursor" {
  import type { Connection, Submittable } from "pg";

  /** A portal that is read in batches. */
  class Cursor implements Submittable {
    constructor(
      text: string,
      values: readonly unknown[],
      config: { readonly rowMode: "array" },
    );
    submit(connection: Connection): void;
    read(count: number): Promise<unknown[][]>;
  }
  export = Cursor;
}
