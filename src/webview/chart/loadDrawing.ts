import type { LoadDrawing } from "./chartPane";

/** Reads the code that draws, with the first chart. */
export const loadDrawing: LoadDrawing = () => import("./chartDrawing");
