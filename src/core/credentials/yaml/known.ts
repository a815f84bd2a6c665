import { Names } from "./nameFacts";
import { Texts } from "./textFacts";

/** What is found out once about the names and the texts of a file. It holds values: it goes when the file is read. */
export class Known {
  readonly names = new Names();
  readonly texts = new Texts();
}
