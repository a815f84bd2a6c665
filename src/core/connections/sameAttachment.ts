import type { AttachmentSpec } from "./attachment";

/** True when both say the same; the order in which they say it means nothing. */
export function isSameAttachment(a: AttachmentSpec, b: AttachmentSpec) {
  return canonical(a) === canonical(b);
}

function canonical(spec: AttachmentSpec): string {
  return JSON.stringify(spec, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}
