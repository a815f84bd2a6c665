import * as vscode from "vscode";
import type { FixNote } from "../../core/credentials/fix/fixPlan";

/** What is left to do by hand, a sentence each: who runs the document does not read the env file. */
export function nextSteps(
  notes: readonly FixNote[],
  envFile: string,
): readonly string[] {
  return notes.map((note) => sentence(note, envFile));
}

function sentence(note: FixNote, envFile: string): string {
  switch (note) {
    case "github":
      return vscode.l10n.t(
        "Next, give it to GitHub: gh secret set --env-file {0}",
        envFile,
      );
    case "gitlab":
      return vscode.l10n.t(
        "Next, add it to the CI/CD variables of the GitLab project.",
      );
    case "azure":
      return vscode.l10n.t(
        "Next, add it to the variables of the pipeline, as a secret.",
      );
    case "kubernetes":
      return vscode.l10n.t(
        "Next, make the secret: kubectl create secret generic … --from-env-file={0}",
        envFile,
      );
    case "parameter":
      return vscode.l10n.t(
        "Next, give the parameter when the stack is deployed.",
      );
    case "helm":
      return vscode.l10n.t(
        'Next, give it to Helm: set -a; . {0}; helm upgrade … --set-literal its.key="$NAME"',
        envFile,
      );
    case "secretsManager":
      return vscode.l10n.t(
        'Next, make the secret: set -a; . {0}; aws secretsmanager create-secret --name NAME --secret-string "$NAME"',
        envFile,
      );
    case "envsubst":
      return vscode.l10n.t(
        "Next, fill it in: set -a; . {0}; envsubst '$NAME' < file.sql",
        envFile,
      );
    case "environment":
      return vscode.l10n.t(
        "What reads this file has to have it in its environment.",
      );
  }
}
