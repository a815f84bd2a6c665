import { isSecretName } from "../connections/secretWords";
import type { RenderedMap, RenderedNode } from "./profileNodes";

/** Texts of an output that may not stand in a message, and texts that a message may need. */
export interface OutputTexts {
  readonly secret: readonly string[];
  readonly plain: readonly string[];
}

/** Names of files and of counts, however they sound. */
const harmless =
  /^(?:sslkey|sslcert|sslrootcert|sslcrl|passfile|keepalives.*|use_credential_provider)$/i;
const plainKeys =
  /^(?:type|host|hostname|user|username|dbname|database|schema|alias|name|role|provider)$/i;

/** The texts under keys like `password`, `secret` or `token`, at any depth; of a secret, everything but names. */
export function outputTexts(map: RenderedMap): OutputTexts {
  const secret: string[] = [];
  const plain: string[] = [];
  const walk = (path: readonly string[], node: RenderedNode): void => {
    if (node.kind === "scalar") {
      const key = path.at(-1) ?? "";
      // An entry of attach refers to a secret by its name.
      const isName =
        harmless.test(key) || (key === "secret" && path[0] === "attach");
      const isWord = /^(?:true|false|yes|no|on|off)$/i.test(node.text);
      const isSecret = isSecretName(key) && !isName && !isWord;
      if (node.text !== "" && (isSecret || plainKeys.test(key))) {
        (isSecret ? secret : plain).push(node.text);
      }
      return;
    }
    const children =
      node.kind === "map"
        ? [...node.entries]
        : node.items.map((item) => ["", item] as const);
    for (const [name, child] of children) {
      walk(name === "" ? path : [...path, name], child);
    }
  };
  walk([], map);
  return { secret, plain };
}
