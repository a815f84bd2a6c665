import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Where the page's script and style sheet lie. */
export function mediaOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/** The page: one script under a nonce, one style sheet, nothing else. `id` tells the panel's page from one beside. */
export function resultsHtml(
  webview: vscode.Webview,
  media: vscode.Uri,
  id: "results" | "result-beside",
): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview
    .asWebviewUri(vscode.Uri.joinPath(media, "results.js"))
    .toString();
  const style = webview
    .asWebviewUri(vscode.Uri.joinPath(media, "results.css"))
    .toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style}">
    <title>Viaduct Results</title>
  </head>
  <body>
    <div id="${id}"></div>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
