import type { ChartPicture } from "../chart/chartPane";
import type { ResultApi } from "../resultCalls";
import type { PageActions } from "../shell/pageActions";

/** What the parts around the rows need. */
export interface RowsServices {
  readonly api: ResultApi;
  readonly actions: PageActions;
  savePicture(picture: ChartPicture): void;
}
