/** The results panel's page. Its HTML needs a strict CSP, a link to `results.css`, and this script at the end of the body. */
import { GridElement } from "./grid/gridElement";
import { panelPort } from "./port";
import "./results.css";
import { ResultsPage } from "./shell/resultsPage";

customElements.define("viaduct-grid", GridElement);
new ResultsPage(document.body, panelPort());
