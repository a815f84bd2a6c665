import {
  parameterTypes,
  valueProblem,
  type ParameterType,
} from "./parameterValue";

/** Types in which a text looks like a value, and how it has to be written to be taken for one: `007` is no number. */
const looks: readonly (readonly [ParameterType, RegExp])[] = [
  ["integer", /^-?(?:0|[1-9]\d*)$/],
  ["decimal", /^-?(?:0|[1-9]\d*)\.\d+$/],
  ["boolean", /^(?:true|false)$/i],
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["time", /^\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/],
  ["timestamp", /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/],
  ["timestamptz", /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*[Z+-]/i],
  ["uuid", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
];

/**
 * The types that a typed text is a value of, the likeliest first: what is expected, what the text looks like, and text. A
 * type that has to be named, and NULL, are none of them.
 */
export function typesOfText(
  text: string,
  expected: ParameterType | null,
): readonly ParameterType[] {
  const likely = looks.find(([, pattern]) => pattern.test(text.trim()))?.[0];
  const ordered = new Set([
    ...(expected === null ? [] : [expected]),
    ...(likely === undefined ? [] : [likely]),
    "text" as const,
    ...parameterTypes,
  ]);
  return [...ordered].filter(
    (type) =>
      type !== "other" && type !== "null" && valueProblem(type, text) === null,
  );
}
