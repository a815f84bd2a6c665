import {
  CodeActionKind,
  SnippetTextEdit,
  StringValue,
  type CodeAction,
  type Diagnostic,
} from "vscode-languageserver/node";
import { attachmentPlan } from "../core/credentials/fix/attachmentPlan";
import { planFor } from "../core/credentials/fix/fixFor";
import {
  isForGetenv,
  type OffsetFixPlan,
} from "../core/credentials/fix/fixPlan";
import { ignoreFinding } from "../core/credentials/fix/ignoreFinding";
import type { LintLanguage } from "../core/credentials/language";
import {
  addToBaselineCommand,
  allowValueCommand,
  fixAllCommand,
  fixAllKind,
  makeAttachmentCommand,
  moveCredentialCommand,
  openRuleCommand,
  storeCredentialCommand,
  type DocumentRange,
  type MoveCredential,
} from "../protocol/server";
import { diagnosticsFor } from "./diagnostics";
import { touches, type PlacedFinding } from "./findings";
import { lintLanguage, type LintedDocument } from "./lintedDocument";

/** A finding that was asked about. */
interface Asked {
  readonly document: LintedDocument;
  readonly language: LintLanguage;
  readonly placed: PlacedFinding;
  readonly diagnostic: Diagnostic | undefined;
}

/**
 * What can be done about the findings in a range: move the value out, ignore it here, accept it in the baseline; and for
 * the document, fix all of it. No value is in it. `only` has the kinds that are asked for; all of them without it.
 */
export function codeActionsFor(
  document: LintedDocument,
  range: DocumentRange,
  only?: readonly string[],
): CodeAction[] {
  const language = lintLanguage(document.languageId);
  if (language === null || document.placed().length === 0) {
    return [];
  }
  const diagnostics = diagnosticsFor(document);
  const asked = document.placed().flatMap((placed, index): Asked[] => {
    const diagnostic = diagnostics[index];
    return isWanted(CodeActionKind.QuickFix, only) &&
      touches(placed.range, range)
      ? [{ document, language, placed, diagnostic }]
      : [];
  });
  const actions = asked.flatMap((each) => actionsFor(each));
  return [...actions, ...fixAllActions(document, actions, only)];
}

/** True when an action of `kind` is asked for: a kind stands for those below it. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return (
    only === undefined ||
    only.some((each) => each === "" || `${kind}.`.startsWith(`${each}.`))
  );
}

function actionsFor(asked: Asked): CodeAction[] {
  const { document, language, placed } = asked;
  const plan = planFor(
    {
      text: document.getText(),
      language,
      fileName: document.uri,
      takenNames: [],
      options: document.options,
    },
    document.judged(),
    placed.finding,
  );
  return [
    ...(plan === null ? [] : [fixAction(asked, plan)]),
    ...(plan !== null && isForGetenv(plan) ? [storeAction(asked)] : []),
    ...attachmentActions(asked),
    ...(plan === null ? [explainAction(asked)] : []),
    ...(placed.finding.rule === "CX305"
      ? []
      : [
          ...ignoreActions(asked),
          commandAction(asked, "Add to the baseline", addToBaselineCommand),
          commandAction(asked, "Allow this value", allowValueCommand),
        ]),
  ];
}

function common({ diagnostic }: Asked): Omit<CodeAction, "title"> {
  return {
    kind: CodeActionKind.QuickFix,
    ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
  };
}

function reference({ document, placed }: Asked): MoveCredential {
  const { range } = placed;
  return { uri: document.uri, range, rule: placed.finding.rule };
}

/** By a command of the host, which writes the env file first; what needs no variable is an edit at once. */
function fixAction(asked: Asked, plan: OffsetFixPlan): CodeAction {
  const { title } = plan;
  const { document } = asked;
  const action = { ...common(asked), title, isPreferred: true };
  const isEdit =
    plan.env.length === 0 && plan.edits.every(({ newText }) => newText === "");
  if (isEdit) {
    const edits = plan.edits.map(({ range, newText }) => ({
      range: document.range(range),
      newText,
    }));
    return { ...action, edit: { changes: { [document.uri]: edits } } };
  }
  const argument = reference(asked);
  return {
    ...action,
    command: { title, command: moveCredentialCommand, arguments: [argument] },
  };
}

/** The comment that suppresses the finding, with a place for the reason that the user is asked for. */
function ignoreActions(asked: Asked): CodeAction[] {
  const { document, language, placed } = asked;
  const { finding } = placed;
  const ignore = ignoreFinding(document.getText(), language, finding);
  if (ignore === null) {
    return [];
  }
  const { range, before, after } = ignore;
  // `$` and `}` mean something in a snippet; neither is in a comment of ours, but an indentation may be anything.
  const escaped = (text: string): string => text.replaceAll(/[\\$}]/g, "\\$&");
  const snippet = `${escaped(before)} \${1:reason}${escaped(after)}\${0}`;
  const edit: SnippetTextEdit = {
    range: document.range(range),
    snippet: StringValue.createSnippet(snippet),
  };
  const textDocument = { uri: document.uri, version: document.version };
  return [
    {
      ...common(asked),
      title: `Ignore ${finding.rule} here, with a reason`,
      edit: { documentChanges: [{ textDocument, edits: [edit] }] },
    },
  ];
}

/** The other place that Viaduct's own `getenv()` looks at: no file has the value then. */
function storeAction(asked: Asked): CodeAction {
  const title = "Move to VS Code's secret storage (works in Viaduct only)";
  return commandAction(asked, title, storeCredentialCommand);
}

/** An ATTACH that Viaduct can do without a statement; its password goes where no file has it. */
function attachmentActions(asked: Asked): CodeAction[] {
  const { document, language, placed } = asked;
  const plan =
    language === "sql"
      ? attachmentPlan(document.getText(), placed.finding.range)
      : null;
  const title = "Make it an attachment, password in secret storage";
  return plan === null
    ? []
    : [commandAction(asked, title, makeAttachmentCommand)];
}

/** Where nothing is sure to work, the rule's page says what to do by hand. */
function explainAction(asked: Asked): CodeAction {
  const { rule } = asked.placed.finding;
  const title = `Read what to do about ${rule}`;
  return {
    ...common(asked),
    title,
    command: { title, command: openRuleCommand, arguments: [rule] },
  };
}

/** By a command of the host, for a finding. */
function commandAction(
  asked: Asked,
  title: string,
  command: string,
): CodeAction {
  return {
    ...common(asked),
    title,
    command: { title, command, arguments: [reference(asked)] },
  };
}

/** Offered with the findings of a range when there are more, and alone when all of a document is asked for. */
function fixAllActions(
  document: LintedDocument,
  atFinding: readonly CodeAction[],
  only: readonly string[] | undefined,
): CodeAction[] {
  const isExplicit = only !== undefined && isWanted(fixAllKind, only);
  const isMore =
    atFinding.length > 0 &&
    document.placed().length > 1 &&
    isWanted(CodeActionKind.QuickFix, only);
  const canStore = atFinding.some(
    ({ command }) => command?.command === storeCredentialCommand,
  );
  const action = (
    kind: string,
    title: string,
    ...into: string[]
  ): CodeAction => ({
    title,
    kind,
    command: {
      title,
      command: fixAllCommand,
      arguments: [document.uri, ...into],
    },
  });
  const title = "Fix all credentials in this file";
  return [
    ...(isExplicit ? [action(fixAllKind, title)] : []),
    ...(isMore ? [action(CodeActionKind.QuickFix, title)] : []),
    ...(isMore && canStore
      ? [
          action(
            CodeActionKind.QuickFix,
            "Fix all in this file, with VS Code's secret storage",
            "secretStorage",
          ),
        ]
      : []),
  ];
}
