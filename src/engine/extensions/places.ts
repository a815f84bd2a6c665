import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExtensionTarget } from "./footer";

/** DuckDB's own repository, as `INSTALL … FROM core` reaches it. */
export const coreRepository = "http://extensions.duckdb.org";

/** A repository, and where in it one extension's file lies. */
export type RepositoryPlace =
  | {
      readonly kind: "folder";
      readonly repository: string;
      /** With `.gz` where only that is there. */
      readonly file: string;
      /** Why there is no such file; null when there is one. */
      readonly missing: string | null;
    }
  | {
      readonly kind: "url";
      readonly repository: string;
      /** Without a login. */
      readonly file: string;
    };

/** True for a repository that is on this machine: nothing is downloaded from it. */
export function isFolder(repository: string): boolean {
  return (
    !/^[a-z][a-z0-9+.-]+:\/\//i.test(repository) ||
    repository.toLowerCase().startsWith("file://")
  );
}

/** Where a repository has, or would have, the file of an extension. */
export function placeIn(
  repository: string,
  name: string,
  target: ExtensionTarget,
): RepositoryPlace {
  if (!isFolder(repository)) {
    const base = repository.replace(/\/+$/, "");
    const path = [target.version, target.platform, `${name}.duckdb_extension`];
    return {
      kind: "url",
      repository: base,
      file: `${withoutLogin(base)}/${path.join("/")}.gz`,
    };
  }
  const root = rootOf(
    repository.toLowerCase().startsWith("file://")
      ? fileURLToPath(repository)
      : repository,
    target,
  );
  const plain = join(
    root,
    target.version,
    target.platform,
    `${name}.duckdb_extension`,
  );
  const file = [plain, `${plain}.gz`].find((path) => existsSync(path));
  return {
    kind: "folder",
    repository: root,
    file: file ?? plain,
    missing: file === undefined ? whyMissing(root, target) : null,
  };
}

/** A URL as it may be shown. */
export function withoutLogin(place: string): string {
  return place.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1");
}

/** The password in a repository's URL; empty when there is none. */
export function loginOf(place: string): string {
  return URL.canParse(place) ? new URL(place).password : "";
}

/** The repository that is meant where someone chose the folder of the version or of the platform in it. */
function rootOf(folder: string, { version, platform }: ExtensionTarget) {
  const parent = dirname(folder);
  if (basename(folder) === platform && basename(parent) === version) {
    return dirname(parent);
  }
  return basename(folder) === version ? parent : folder;
}

function whyMissing(root: string, { version, platform }: ExtensionTarget) {
  const names = (folder: string): string[] => {
    try {
      return readdirSync(folder).filter((name) => /^v\d|_/.test(name));
    } catch {
      return [];
    }
  };
  const versions = names(root).filter((name) => /^v\d/.test(name));
  if (versions.length > 0 && !versions.includes(version)) {
    return `there is no such file: the folder has extensions for DuckDB ${versions.join(", ")}, and this is DuckDB ${version}`;
  }
  const platforms = names(join(root, version));
  return platforms.length > 0 && !platforms.includes(platform)
    ? `there is no such file: the folder has extensions for ${platforms.join(", ")}, and this is ${platform}`
    : "there is no such file";
}
