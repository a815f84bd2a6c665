import assert from "node:assert/strict";
import {
  outcome,
  sample,
  stillFound,
  targets,
  type Mutate,
  type Target,
} from "./judgedMutants";

const all = targets(["judgedYaml.txt", "judgedYamlFiles.txt"]);

/** A value that is the whole of a line's scalar, and what is around it on its line. */
interface Line {
  /** Where its line begins, and how it is indented. */
  readonly at: number;
  readonly indent: string;
  /** Up to the colon or the dash. */
  readonly head: string;
  readonly value: string;
  readonly tail: string;
}

function lineOf({ end, rule, start, text }: Target): Line | null {
  const at = text.lastIndexOf("\n", start) + 1;
  const next = text.indexOf("\n", end);
  const lineEnd = next < 0 ? text.length : next;
  const [, head, open] =
    /^((?: *- )*(?: *"?[\w.-]+"?:| *-)) +(["']?)$/.exec(
      text.slice(at, start),
    ) ?? [];
  const value = text.slice(start, end);
  const tail = text.slice(end, lineEnd);
  const isWhole =
    head !== undefined &&
    tail.trimEnd() === open &&
    /^[\w!#.-]*[a-z][\w!#.-]*$/i.test(value) &&
    // What has a value of several lines above it may be a text of its own.
    rule !== "CS112" &&
    !/[|>][-+\d]*$/m.test(text.slice(0, start));
  return isWhole
    ? { at, indent: /^[ -]*/.exec(head)?.[0] ?? "", head, value, tail }
    : null;
}

/** Writes the value in another way behind the key. */
function written(write: (value: string, indent: string) => string): Mutate {
  return (target) => {
    const line = lineOf(target);
    if (line === null) {
      return null;
    }
    const { at, head, indent, tail, value } = line;
    const deeper = `${indent.replaceAll("-", " ")}  `;
    return (
      target.text.slice(0, at) +
      head +
      write(value, deeper) +
      target.text.slice(target.end + tail.length)
    );
  };
}

/** Puts a line before that of the value. */
function behind(other: string): Mutate {
  return (target) => {
    const line = lineOf(target);
    if (line === null) {
      return null;
    }
    const { at, head, indent } = line;
    const isItem = head.trimEnd().endsWith("-");
    const isFirst = indent.includes("-");
    if (isFirst && !isItem) {
      return null;
    }
    const above = target.text.slice(0, at).trimEnd();
    if (/- --?[\w-]+$/.test(above)) {
      // It would be the value of an option.
      return null;
    }
    const before = isItem
      ? `${indent.trimEnd()} ${other}`
      : `${indent}zz: ${other}`;
    return `${target.text.slice(0, at)}${before}\n${target.text.slice(at)}`;
  };
}

function keyed(change: (key: string) => string): Mutate {
  return (target) => {
    const line = lineOf(target);
    const key = /([a-z_]*(?:password|passwd|secret_key|token)):$/i.exec(
      line?.head ?? "",
    )?.[1];
    if (line === null || key === undefined) {
      return null;
    }
    const from = line.at + line.head.length - 1 - key.length;
    const { text } = target;
    return text.slice(0, from) + change(key) + text.slice(from + key.length);
  };
}

const alternating = (word: string): string =>
  word.replaceAll(
    /.(.?)/g,
    (pair) => pair.charAt(0).toUpperCase() + pair.slice(1).toLowerCase(),
  );

const kinds: Readonly<Record<string, Mutate>> = {
  ...Object.fromEntries(
    [
      ...[" VALUE", " 'VALUE'", ' "VALUE"', " ! 'VALUE'", " !!str VALUE"],
      ...[' &x1 "VALUE"', " !!str &x1 'VALUE'", "\t VALUE", " VALUE # it's"],
      ..." |\nINDENTVALUE, |-\nINDENTVALUE, |2-\nINDENTVALUE, >\nINDENTVALUE, >-\nINDENT  VALUE, !!str |\nINDENTVALUE,\nINDENTVALUE,\r\nINDENTVALUE,\n\n# it's\nINDENTVALUE, # c\nINDENTVALUE".split(
        ",",
      ),
    ].map((form) => [
      `written as ${JSON.stringify(form)}`,
      written((value, indent) =>
        form.replace("INDENT", indent).replace("VALUE", value),
      ),
    ]),
  ),
  "below a key in upper case": keyed((key) => key.toUpperCase()),
  "below a key in alternating case": keyed(alternating),
  "below a key in quotes": keyed((key) => `"${key}"`),
  ...Object.fromEntries(
    ['"not closed', "'not closed", "[a, b", "{a: b", "{{ x", "*nowhere"].map(
      (other) => [`behind ${other}`, behind(other)],
    ),
  ),
  ...Object.fromEntries(
    ['"not closed', "'not closed", "[a, b", "{a: b", "{{ x"].map((other) => [
      `in a file that begins with ${other}`,
      ({ text }: Target) =>
        /^(?:[\w"']|#)/.test(text) && !/^["']|^# .*[:=]/.test(text)
          ? `zz: ${other}\n${text}`
          : null,
    ]),
  ),
  "behind the mark of a conflict": (target) => {
    const line = lineOf(target);
    return line === null
      ? null
      : `${target.text.slice(0, line.at)}<<<<<<< HEAD\n${target.text.slice(line.at)}`;
  },
  "behind a byte order mark": ({ text }) => `\uFEFF${text}`,
  "with Windows line ends": ({ text }) => text.replaceAll("\n", "\r\n"),
};

describe("a credential of the judged YAML stays found, and nothing else is found", () => {
  for (const [kind, mutate] of Object.entries(kinds)) {
    it(kind, () => {
      const { count, missed, more } = outcome(
        sample(all, kind, 3),
        mutate,
        "yaml",
      );
      assert.ok(count > 15, `${count}`);
      assert.ok(missed.length <= count * 0.03, missed.join("\n"));
      assert.ok(more.length <= count * 0.03, more.join("\n"));
    });
  }
});

describe("what is put in the place of a credential of the judged YAML goes silent", () => {
  const nodes = [
    "!vault |\n          $ANSIBLE_VAULT;1.1;AES256",
    ..."null,~,!Ref X,!GetAtt Db.X,!ENV ${X},!secret db,{{ x }},{{ .Values.x | quote }},<password>,$X,${{ secrets.X }},'',# none".split(
      ",",
    ),
    ..."vault:secret/db#pw op://v/db/pw ref+vault://db#/pw file:///run/secrets/x arn:aws:secretsmanager:eu-west-1:123456789012:secret:x".split(
      " ",
    ),
    '"%(pw)s"',
    "ENC[AES256_GCM,data:abc=,type:str]",
  ];
  for (const node of nodes) {
    it(JSON.stringify(node), () => {
      let count = 0;
      for (const each of sample(all, node, 3)) {
        const line = lineOf(each);
        if (line !== null && !line.head.trimEnd().endsWith("-")) {
          const { at, head, tail } = line;
          const whole = {
            ...each,
            start: at + head.length,
            end: each.end + tail.length,
          };
          count++;
          assert.equal(stillFound(whole, ` ${node}`, "yaml"), 0, each.name);
        }
      }
      assert.ok(count > 15);
    });
  }

  const texts =
    "${PW},$PW,{{ pw }},%(pw)s,xxxx,****,REDACTED,your_password_here,CHANGE_ME,${{ secrets.X }},$(PW),<password>,${PW:?}";
  for (const value of texts.split(",")) {
    it(`in a text: ${value}`, () => {
      for (const each of sample(
        all.filter(({ start, text }) => /[:=/]/.test(text.charAt(start - 1))),
        value,
        2,
      )) {
        assert.equal(stillFound(each, value, "yaml"), 0, each.name);
      }
    });
  }
});
