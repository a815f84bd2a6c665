import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { DbtSelection } from "../../core/dbt/profiles";
import type { Settings } from "../settings/settings";
import { projectFolderOf, projectProfile, type DbtProject } from "./dbtProject";
import { profilesFiles, takenProfilesFile } from "./profilesFiles";

const ignored =
  "**/{node_modules,.git,target,dbt_packages,dbt_modules,.venv,venv}/**";
const maximumProjects = 50;

/** What of dbt there is in the workspace. Reads no `profiles.yml`: only the engine does. */
export class DbtWorkspace {
  constructor(private readonly settings: Settings) {}

  /** The dbt projects of the workspace, those nearest to its top first; none while it is not trusted. */
  async projects(): Promise<readonly DbtProject[]> {
    if (!vscode.workspace.isTrusted) {
      return [];
    }
    const files = await vscode.workspace.findFiles(
      "**/dbt_project.yml",
      ignored,
      maximumProjects,
    );
    const depth = ({ fsPath }: vscode.Uri): number =>
      fsPath.split(path.sep).length;
    files.sort(
      (a, b) => depth(a) - depth(b) || a.fsPath.localeCompare(b.fsPath),
    );
    return Promise.all(files.map(readProject));
  }

  /** Absolute paths of the `profiles.yml` that exist, the one that dbt takes first. */
  async profilesFiles(): Promise<readonly string[]> {
    const search = await this.search();
    const all = [
      ...profilesFiles(search),
      // What a named folder hides from dbt can still be chosen: that is what the setting is for.
      ...profilesFiles({ ...search, profilesDir: null }),
      ...profilesFiles({ ...search, profilesDir: null, environment: {} }),
    ];
    return [...new Set(all)].filter((file) => existsSync(file));
  }

  /** What the settings select; null for nothing, and while the workspace is not trusted. */
  async selection(): Promise<DbtSelection | null> {
    const { dbtProfile: profile, dbtTarget: target } = this.settings;
    if (profile === "" || !vscode.workspace.isTrusted) {
      return null;
    }
    const file = takenProfilesFile(await this.search(), existsSync);
    const projectFolder = projectFolderOf(
      file,
      profile,
      await this.projects(),
      workspaceFolders(),
    );
    return {
      file,
      projectFolder,
      profile,
      target: target === "" ? null : target,
    };
  }

  /** What `viaduct.dbt.profilesDir` has to be for this file: nothing where dbt finds it by itself. */
  async profilesDirFor(file: string): Promise<string> {
    const search = { ...(await this.search()), profilesDir: null };
    return takenProfilesFile(search, existsSync) === file
      ? ""
      : path.dirname(this.settings.written(file));
  }

  private async search() {
    const projects = await this.projects();
    return {
      profilesDir: this.settings.dbtProfilesDir,
      environment: process.env,
      folders: [...projects.map(({ folder }) => folder), ...workspaceFolders()],
      home: homedir(),
    };
  }
}

async function readProject(file: vscode.Uri): Promise<DbtProject> {
  const bytes = await vscode.workspace.fs
    .readFile(file)
    .then(undefined, () => new Uint8Array());
  return {
    folder: path.dirname(file.fsPath),
    profile: projectProfile(new TextDecoder().decode(bytes)),
  };
}

function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}
