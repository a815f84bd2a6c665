const marks = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["<%", "%>"],
] as const;

/**
 * The text with its templates (`{{ … }}`, `{% … %}`, `<% … %>`) made harmless and everything at its place: a line that
 * has nothing else (`{{- if .Values.x }}`) is no content and becomes blank, others become words. In proportion to the
 * text, whatever it is.
 */
export function withoutTemplates(text: string): string {
  if (!marks.some(([open]) => text.includes(open))) {
    return text;
  }
  return text.replaceAll(/(?<![^\n])[^\n]*(?:\{[{%]|<%)[^\n]*/g, withoutInLine);
}

function withoutInLine(line: string): string {
  const trimmed = line.trim();
  const isTemplate = marks.some(
    ([open, close]) =>
      trimmed.length >= 4 &&
      trimmed.startsWith(open) &&
      trimmed.endsWith(close),
  );
  if (isTemplate) {
    return line.replaceAll(/[^\r]/g, " ");
  }
  const pieces: string[] = [];
  let isBare = true;
  let at = 0;
  // From the end on: where nothing closes, nothing is looked for again.
  const lastClose = marks.map(([, close]) => line.lastIndexOf(close));
  const next = /\{[{%]|<%/g;
  for (let match = next.exec(line); match !== null; match = next.exec(line)) {
    const { 0: found, index: begin } = match;
    const kind = marks.findIndex(([open]) => open === found);
    if ((lastClose[kind] ?? -1) < begin + 2) {
      // `{{{`: the next one may begin within this one.
      next.lastIndex = begin + 1;
      continue;
    }
    const end = line.indexOf(marks[kind]?.[1] ?? "", begin + 2) + 2;
    isBare &&= line.slice(at, begin).trim() === "";
    pieces.push(line.slice(at, begin), "_".repeat(end - begin));
    at = end;
    next.lastIndex = end;
  }
  const rest = line.slice(at);
  if (at > 0 && isBare && rest.trim() === "") {
    return line.replaceAll(/[^\r]/g, " ");
  }
  return pieces.join("") + rest;
}
