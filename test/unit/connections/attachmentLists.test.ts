import assert from "node:assert/strict";
import { readAttachmentLists } from "../../../src/core/connections/attachmentLists";
import type { SettingPaths } from "../../../src/core/connections/attachmentSetting";

const paths: SettingPaths = {
  absolute: (file) => file,
  relative: (file) => file,
  profilesFile: () => "/home/u/.dbt/profiles.yml",
};

describe("the lists of viaduct.attachments of several folders", () => {
  const inFolder = (folder: string): SettingPaths => ({
    ...paths,
    absolute: (file) => `/${folder}/${file}`,
  });

  it("name files from their own folder each", () => {
    const { specs, problems } = readAttachmentLists(
      ["a", "b"].map((folder) => ({
        entries: [{ alias: `of_${folder}`, envFile: ".env" }],
        paths: inFolder(folder),
        folder,
      })),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      specs.map(({ source }) => source),
      ["/a/.env", "/b/.env"].map((file) => ({
        kind: "envFile",
        file,
        prefix: "POSTGRES_",
      })),
    );
  });

  it("cannot have one alias twice: the first has it, and the other is told with its folder", () => {
    const { specs, problems } = readAttachmentLists(
      ["a", "b"].map((folder) => ({
        entries: [{ alias: folder === "a" ? "pg" : "PG", envFile: ".env" }],
        paths: inFolder(folder),
        folder,
      })),
    );
    assert.deepEqual(
      specs.map(({ alias }) => alias),
      ["pg"],
    );
    assert.match(
      problems[0]?.message ?? "",
      /"PG" in the settings of folder "b": another attachment has this alias/,
    );
  });

  it("do not keep one another from being used", () => {
    const { specs, problems } = readAttachmentLists([
      { entries: "nothing", paths, folder: "a" },
      { entries: [{ alias: "b", service: "s" }], paths, folder: "b" },
    ]);
    assert.equal(specs.length, 1);
    assert.match(problems[0]?.message ?? "", /folder "a" is not a list/);
  });
});
