import type { StatementView } from "../../protocol/panel";
import { make, rebuild, setAttributes } from "../dom";
import { noticesOf, noticesView, sentView } from "../outcomeViews";
import type { Drawer } from "../viewState";

/** The list that lies open under the rows: what the server said, or what was sent to it. */
export class MessagesDrawer {
  readonly element = make("section", "drawer");

  constructor(id: string) {
    this.element.id = id;
    this.element.tabIndex = 0;
  }

  /** Shows a statement's list when it has entries; null when none lies open. */
  show(statement: StatementView, wanted: Drawer | null): Drawer | null {
    const notices = noticesOf(statement);
    const sent = statement.outcome?.sent ?? [];
    const entries = wanted === "messages" ? notices.length : sent.length;
    const drawer = entries > 0 ? wanted : null;
    this.element.hidden = drawer === null;
    if (drawer === null) return null;
    setAttributes(this.element, {
      "aria-label": drawer === "messages" ? "Messages" : "Sent to PostgreSQL",
    });
    rebuild(this.element, JSON.stringify([drawer, notices, sent]), () => [
      drawer === "messages" ? noticesView(notices) : sentView(sent),
    ]);
    return drawer;
  }
}
