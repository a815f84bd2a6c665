import assert from "node:assert/strict";
import path from "node:path";
import type { AttachmentSpec } from "../../../src/core/connections/attachment";
import type { DbtProfiles, DbtSelection } from "../../../src/core/dbt/profiles";
import { errorInfo } from "../../../src/core/errors/makeError";
import {
  projectFolderOf,
  projectProfile,
} from "../../../src/extension/dbt/dbtProject";
import { DbtSession } from "../../../src/extension/dbt/dbtSession";
import {
  profilesFiles,
  takenProfilesFile,
} from "../../../src/extension/dbt/profilesFiles";

const home = path.resolve("/home/ann");
const project = path.resolve("/repo/project");
const search = {
  profilesDir: null,
  environment: {},
  folders: [project],
  home,
};
const inProject = path.join(project, "profiles.yml");
const atHome = path.join(home, ".dbt", "profiles.yml");

describe("where dbt looks for profiles.yml", () => {
  it("is the project, then the home folder", () => {
    assert.deepEqual(profilesFiles(search), [inProject, atHome]);
    assert.equal(
      takenProfilesFile(search, (file) => file === atHome),
      atHome,
    );
    assert.equal(
      takenProfilesFile(search, () => true),
      inProject,
    );
  });

  it("is DBT_PROFILES_DIR and nothing else where that is set, from ~ and from the project", () => {
    for (const [value, folder] of [
      ["~/conf", path.join(home, "conf")],
      ["conf", path.join(project, "conf")],
      [path.resolve("/etc/dbt"), path.resolve("/etc/dbt")],
    ] as const) {
      assert.deepEqual(
        profilesFiles({ ...search, environment: { DBT_PROFILES_DIR: value } }),
        [path.join(folder, "profiles.yml")],
      );
    }
    assert.deepEqual(
      profilesFiles({ ...search, environment: { DBT_PROFILES_DIR: "" } }),
      [inProject, atHome],
    );
  });

  it("is the setting before all else", () => {
    assert.equal(
      takenProfilesFile(
        {
          ...search,
          profilesDir: path.resolve("/x"),
          environment: { DBT_PROFILES_DIR: "/y" },
        },
        () => false,
      ),
      path.resolve("/x/profiles.yml"),
    );
  });
});

describe("a dbt project", () => {
  it("names its profile in plain words, quoted or not", () => {
    for (const text of [
      "name: x\nprofile: memory\n",
      "profile: 'memory' # the one\r\nname: x\r\n",
      '\uFEFFname: x\nprofile: "memory"',
      "profile:   memory   # c\n",
    ]) {
      assert.equal(projectProfile(text), "memory", text);
    }
  });

  it("names none where Jinja decides, where it is nested, or missing", () => {
    for (const text of [
      "profile: \"{{ env_var('P') }}\"\n",
      "models:\n  profile: memory\n",
      "# profile: memory\n",
      "profile:\n",
      "",
    ]) {
      assert.equal(projectProfile(text), null, text);
    }
  });

  it("is the folder that dbt would run in", () => {
    const other = path.resolve("/repo/other");
    const projects = [
      { folder: project, profile: "a" },
      { folder: other, profile: "b" },
    ];
    const where = (file: string, profile: string) =>
      projectFolderOf(file, profile, projects, [path.resolve("/repo")]);
    assert.equal(where(path.join(other, "profiles.yml"), "a"), other);
    assert.equal(where(atHome, "b"), other);
    assert.equal(where(atHome, "c"), project);
    assert.equal(projectFolderOf(inProject, "a", [], [project]), project);
    assert.equal(projectFolderOf(atHome, "a", [], [project]), project);
    assert.equal(projectFolderOf(atHome, "a", [], []), path.dirname(atHome));
  });
});

const selection: DbtSelection = {
  file: inProject,
  projectFolder: project,
  profile: "memory",
  target: null,
};

function spec(alias: string, readOnly = true): AttachmentSpec {
  return { alias, readOnly, source: { kind: "environment" } };
}

const problem = errorInfo("variableMissing", "X is missing.", {
  file: { path: inProject, line: 3, column: 4 },
});

const profiles: DbtProfiles = {
  file: inProject,
  profiles: [
    {
      name: "memory",
      defaultTarget: "dev",
      targets: [
        {
          name: "dev",
          type: "duckdb",
          database: null,
          attachments: [spec("Source"), spec("other")],
          problems: [problem],
          notes: ["postgres_scanner_timeout is the connect timeout here."],
        },
      ],
    },
  ],
};

describe("the dbt side of a session", () => {
  function make(chosen: DbtSelection | null, answer: () => unknown) {
    const log: string[] = [];
    const dbt = new DbtSession({
      selection: () => Promise.resolve(chosen),
      attachments: () => [spec("source", false)],
      log: (line) => log.push(line),
    });
    const engine = {
      request: (() => Promise.resolve().then(answer)) as unknown as never,
    };
    return { dbt, engine, log };
  }

  it("joins the output's attachments to those of the settings, which win", async () => {
    const { dbt, engine } = make(selection, () => profiles);
    await dbt.read(engine);
    assert.deepEqual(dbt.attachments, [spec("source", false), spec("other")]);
    assert.equal(dbt.report.target, "dev");
  });

  it("tells each note and each problem to the log once, and keeps what the engine could not use", async () => {
    const { dbt, engine, log } = make(selection, () => profiles);
    const unused = errorInfo("extensionMissing", "spatial cannot be had.");
    await dbt.read(engine, [problem, unused]);
    await dbt.read(engine, [problem, unused]);
    assert.deepEqual(log, [
      "dbt: X is missing.",
      "dbt: spatial cannot be had.",
      "dbt: postgres_scanner_timeout is the connect timeout here.",
    ]);
    assert.deepEqual(dbt.report.problems, [problem, unused]);
  });

  it("says what is missing, and attaches nothing of it", async () => {
    for (const [chosen, words] of [
      [{ ...selection, profile: "nope" }, /no profile "nope"/],
      [{ ...selection, target: "nope" }, /no target "nope"/],
    ] as const) {
      const { dbt, engine } = make(chosen, () => profiles);
      await dbt.read(engine);
      assert.match(dbt.report.problems[0]?.message ?? "", words);
      assert.equal(dbt.report.problems[0]?.class, "profileMissing");
      assert.deepEqual(dbt.attachments, [spec("source", false)]);
    }
  });

  it("never fails the start of the engine", async () => {
    const { dbt, engine } = make(selection, () => {
      throw new Error("it cannot be read");
    });
    await dbt.read(engine);
    assert.match(dbt.report.problems[0]?.message ?? "", /cannot be read/);
  });

  it("shows no selection that is only half saved", async () => {
    const { dbt } = make(selection, () => profiles);
    await dbt.change(async () => {
      assert.equal(await dbt.select(), null);
    });
    assert.deepEqual(await dbt.select(), selection);
  });

  it("asks for nothing while nothing is selected", async () => {
    const { dbt, engine } = make(null, () => {
      throw new Error("it was asked");
    });
    await dbt.read(engine);
    assert.deepEqual(dbt.report.problems, []);
    assert.deepEqual(dbt.attachments, [spec("source", false)]);
  });
});
