import { copiedColumn } from "../../core/results/copy/copiedColumn";
import { copyFormat } from "../../core/results/copy/copyFormat";
import { CopyText } from "../../core/results/copy/copyText";
import type { ResultRequests } from "../../protocol/results";
import { areaOf } from "./area";
import { cellBatches } from "./export/cellBatches";
import { inOrder } from "./export/rowBatches";
import { Parts } from "./parts";
import type { ResultStore } from "./resultStore";

/** Characters that a clipboard is given at most. */
const mostCharacters = 100_000_000;

/** Cells as text for the clipboard: as many rows as there is place for. */
export function copyText(
  store: ResultStore,
  params: ResultRequests["copyText"]["params"],
  limit = mostCharacters,
): Promise<ResultRequests["copyText"]["result"]> {
  return store.over(params.taskId, params, async (task) => {
    const area = areaOf(task.rows, params);
    const { columns } = area;
    const text = new CopyText(
      copyFormat(params.format, columns.map(copiedColumn), params),
      limit,
    );
    if (columns.length > 0) {
      const isView = params.viewId !== null;
      const parts = new Parts(
        { order: isView ? 1 : 0, write: 2 },
        area.toRow - area.fromRow,
      );
      const ordered = await inOrder(parts.of(task, "order"), area, isView);
      const { from, to: end } = ordered.range;
      const writing = parts.of(task, "write");
      const batches = cellBatches(task, ordered, columns, params.format);
      for await (const { rows, to } of batches) {
        text.add(rows);
        writing.progress(to - from, end - from);
        task.check();
        if (text.isFull) {
          break;
        }
      }
    }
    return text.finish();
  });
}
