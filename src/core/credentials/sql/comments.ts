import type { Token } from "../../sql/token";
import { contentRange } from "../../sql/tokenText";
import { upToMark, withoutMarks } from "../commentText";
import { connectionSecrets } from "../connectionText";
import type { OffsetRange, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isFormed } from "../judge";
import { isCredentialName, isWeakName } from "../keys";
import { matchesOf } from "../matches";
import {
  blanked,
  joinRegions,
  regionRange,
  subRegion,
  type Region,
} from "../region";
import { isInQuery, proseSecrets } from "../prose";
import { removedValue, tellsOfRemoved } from "../removedValue";
import { commandSecrets } from "../shellCommands";
import { shellSecrets, type ShellSecret } from "../shellText";
import { isNoLabel } from "./mixed";

/** Reads the SQL of a region. */
export type ScanInner = (region: Region, report: Report) => void;

/** The tokens that are no comments. */
export function withoutComments(tokens: readonly Token[]): readonly Token[] {
  const isCode = ({ kind }: Token): boolean => kind !== "comment";
  return tokens.every(isCode) ? tokens : tokens.filter(isCode);
}

/**
 * So much of a comment in a comment is read for words when it goes on to the end of that: what they say was read with
 * that, but for what stands right behind the opening.
 */
const longestRepeated = 2000;

/**
 * What is left in comments: whatever the code rules find there, connection texts, shell lines, `password: x`. The region
 * may be that of a comment itself.
 */
export function scanComments(
  region: Region,
  tokens: readonly Token[],
  isComment: boolean,
  report: Report,
  scanInner: ScanInner,
): void {
  for (const group of commentGroups(region.text, tokens)) {
    const [first] = group;
    if (first !== undefined) {
      reportRemoved(region, tokens[0]?.start ?? 0, first, report);
    }
    const joined =
      group.length === 1 && group[0] !== undefined
        ? subRegion(region, group[0])
        : joinRegions(region, group);
    const isRepeated = isComment && group.at(-1)?.end === region.text.length;
    const longest = isRepeated ? longestRepeated : Infinity;
    for (const text of withoutMarks(joined)) {
      if (mayHoldCredential(text.text)) {
        scanComment(text, longest, report, scanInner);
      }
    }
  }
}

function scanComment(
  comment: Region,
  longest: number,
  report: Report,
  scanInner: ScanInner,
): void {
  const commented: Report = (candidate) => {
    // `'type your password’`: of quotes that a word processor changed no end is known.
    if (/[‘’“”]/.test(candidate.value) && /\s/.test(candidate.value)) {
      return;
    }
    const rule = isFormed(candidate.rule) ? candidate.rule : "CS112";
    // Comments are in comments: what comes from within is as it has to be.
    const isReady = candidate.place === "comment" && candidate.rule === rule;
    report(isReady ? candidate : { ...candidate, rule, place: "comment" });
  };
  // The apostrophe of `don't` opens no string, and asterisks at the beginnings of lines are a frame.
  const plain = /['*]/.test(comment.text)
    ? blanked(comment, /(?<=[a-z]{2}|\bI)'(?=[a-z]{1,2}\b)|^[ \t]*\*+(?=\s)/gim)
    : comment;
  scanInner(plain, commented);
  const text = plain.text.slice(0, longest);
  // Near where it was cut, what is found may not be whole.
  const end = text.length < longest ? Infinity : longest / 2;
  const place = "comment" as const;
  for (const found of [
    connectionSecrets(text),
    shellSecrets(text),
    commandSecrets(text),
    proseSecrets(text),
    text.includes("'") ? optionLines(text) : [],
  ]) {
    for (const { range, value, key } of found) {
      if (range.end <= end && !isInQuery(text, range.start)) {
        const own = regionRange(plain, range);
        commented({ rule: "CS112", range: own, value, key, place });
      }
    }
  }
}

/** How far in an option of its own line may begin. */
const deepest = 150;

/** What may be behind an option that is last in its line, and how much of it is looked at. */
const lineEnd = /^[ \t]*(?:,[ \t]*)?(?:\r?\n|$)/;
const longestEnd = 20;

const optionLine =
  /(?<![\w$.-])([A-Za-z_]{3,40})[ \t]+(?:=[ \t]*)?'([^'\n]{1,300})'(?=[\s,.)]|$)/gm;

/**
 * `SECRET 'x',` on a line of its own: an option of the statement around it that was taken out. Behind other words
 * (`formerly: password 'x1'`) the value has to have a digit: a sentence may end in a word in quotes. Of what goes on
 * (`its password 'x1' is known`) nothing but a password is said so.
 */
function optionLines(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, optionLine)) {
    const [whole, key = "", value = ""] = match;
    const behind = match.index + whole.length;
    const isLast = lineEnd.test(text.slice(behind, behind + longestEnd));
    if (!isCredentialName(key) || !(isLast || isPasswordWord(key, value))) {
      continue;
    }
    const from = Math.max(0, match.index - deepest);
    const before = text.slice(from, match.index);
    const isOption = /\n[ \t]*(?:,[ \t]*)?$/.test(
      from === 0 ? `\n${before}` : before,
    );
    // `a password = 'x1'` compares.
    if (!isOption && whole.includes("=")) {
      continue;
    }
    // `-- the secret 'lake'` is a name.
    if ((isOption && !isWeakName(key)) || /\d/.test(value)) {
      const start = match.index + whole.lastIndexOf(`'${value}'`) + 1;
      found.push({ range: { start, end: start + value.length }, value, key });
    }
  }
  return found;
}

function isPasswordWord(key: string, value: string): boolean {
  return /^pass(?:word|wd|phrase)$/i.test(key) && isNoLabel(value);
}

/** How much before a comment is looked at for what it is about. */
const longestCode = 150;

/** `PASSWORD :'pw', -- was 'x1'`: what the code of the line, from `begin` on, had before. */
function reportRemoved(
  region: Region,
  begin: number,
  comment: OffsetRange,
  report: Report,
): void {
  const { text } = region;
  const piece = text.slice(comment.start, comment.end);
  const was = tellsOfRemoved(piece) ? removedValue(upToMark(piece)) : null;
  if (was === null) {
    return;
  }
  const from = Math.max(begin, comment.start - longestCode);
  const before = text.slice(from, comment.start);
  const key = given(before.slice(before.lastIndexOf("\n") + 1));
  if (key === undefined) {
    return;
  }
  const { value } = was;
  const start = comment.start + was.at;
  const range = regionRange(region, { start, end: start + value.length });
  report({ rule: "CS112", range, value, key, place: "comment" });
}

/** The credential's name of a line's code that is given a string, a variable or a call's result; a column has a type. */
function given(code: string): string | undefined {
  for (const match of matchesOf(
    code,
    /([A-Za-z_]\w*)(?=\W{0,8}?(?:\w{1,40}\(\s?)?['":$@{?%])/g,
  )) {
    const [, name = ""] = match;
    if (isCredentialName(name)) {
      return name;
    }
  }
  return undefined;
}

const dash = 0x2d;
const lineBreak = 0x0a;

/** Contents of the comments, line comments on consecutive lines together. */
function commentGroups(
  text: string,
  tokens: readonly Token[],
): OffsetRange[][] {
  const groups: OffsetRange[][] = [];
  let last: Token | undefined;
  let group: OffsetRange[] = [];
  for (const token of tokens) {
    if (token.kind === "comment") {
      const range = contentRange(text, token);
      if (last?.kind === "comment" && isNextLine(text, last, token)) {
        group.push(range);
      } else {
        group = [range];
        groups.push(group);
      }
    }
    last = token;
  }
  return groups;
}

/** True for two comments of a line each, the second on the line behind the first. */
function isNextLine(text: string, first: Token, second: Token): boolean {
  if (
    text.charCodeAt(first.start) !== dash ||
    text.charCodeAt(second.start) !== dash ||
    second.start - first.end >= 80
  ) {
    return false;
  }
  let breaks = 0;
  for (let at = first.end; at < second.start; at++) {
    breaks += text.charCodeAt(at) === lineBreak ? 1 : 0;
  }
  return breaks === 1;
}
