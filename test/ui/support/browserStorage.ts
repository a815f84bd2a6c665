import type { Workbench } from "./workbench";

/** What the workbench keeps in the browser, as text: its state, and that of its extensions. */
export async function browserStorage(workbench: Workbench): Promise<string> {
  // A text: what the loader adds to a function is not there in the page.
  return workbench.page.evaluate<string>(`(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    // Files of the user's (settings, local history) are kept as bytes.
    const text = (value) => JSON.stringify(value, (_, part) =>
      part instanceof Uint8Array ? new TextDecoder().decode(part) : part) ?? "";
    const kept = [text([Object.entries(localStorage), Object.entries(sessionStorage)])];
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        kept.push(name, store, text(await wait(all.getAllKeys())), text(await wait(all.getAll())));
      }
      database.close();
    }
    return kept.join("\\n");
  })()`);
}
