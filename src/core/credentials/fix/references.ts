import type { FixNote } from "./fixPlan";
import type { YamlPlace } from "./yamlNode";

/** How a kind of YAML file refers to a variable. */
export interface Reference {
  /** The reference, with the other quotes than `quote` where it needs some. */
  text(name: string, quote: string): string;
  /** True where a shell, not the reader of the file, puts the value in: within single quotes it does not. */
  readonly isShell?: boolean;
  /** True where the value is read as a template itself, `$$` standing for `$`. */
  readonly hasDollars?: boolean;
  readonly note?: FixNote;
  /** True where `.env` is looked for beside the file. */
  readonly isBeside?: boolean;
}

const braces: Reference = {
  text: (name) => `\${${name}}`,
  note: "environment",
};

/** Fallbacks and values of Docker Compose: an error tells when the variable is missing. */
export const composeReference: Reference = {
  text: (name) => `\${${name}:?}`,
  hasDollars: true,
  isBeside: true,
};

/** dbt's `env_var()`. */
export const dbtReference: Reference = {
  text: (name, quote) =>
    quote === '"' ? `{{ env_var('${name}') }}` : `{{ env_var("${name}") }}`,
};

const github: Reference = {
  text: (name) => `\${{ secrets.${name} }}`,
  note: "github",
};

const gitlab: Reference = { text: (name) => `$${name}`, note: "gitlab" };

const pipelineShell: Reference = { ...gitlab, isShell: true };

const azure: Reference = { text: (name) => `$(${name})`, note: "azure" };

/** Readers of configuration with a form of their own, told by names at the file's root. */
const hosts: readonly (readonly [
  isHost: (place: YamlPlace, fileName: string) => boolean,
  reference: Reference | null,
])[] = [
  [
    ({ roots }, file) =>
      /(?:^|[/\\])dbt_project\.ya?ml$/i.test(file) ||
      has(roots, "on-run-start") ||
      has(roots, "on-run-end"),
    dbtReference,
  ],
  // Values of a chart are no templates.
  [isHelmValues, null],
  [isMonitoring, null],
  [
    ({ path, roots }) =>
      has(roots, "hosts", "tasks") ||
      path.includes("vars") ||
      path.includes("tasks"),
    {
      text: (name, quote) =>
        quote === '"'
          ? `{{ lookup('env', '${name}') }}`
          : `{{ lookup("env", "${name}") }}`,
      note: "environment",
    },
  ],
  [
    (_, file) => /(?:^|[/\\])config[/\\]database\.ya?ml$/i.test(file),
    {
      text: (name, quote) =>
        quote === '"' ? `<%= ENV['${name}'] %>` : `<%= ENV["${name}"] %>`,
      note: "environment",
    },
  ],
  [
    ({ roots }, file) =>
      /(?:^|[/\\])config[/\\]packages[/\\]/.test(file) ||
      has(roots, "doctrine") ||
      has(roots, "framework"),
    { text: (name) => `%env(${name})%`, note: "environment" },
  ],
  [
    ({ roots }) => has(roots, "receivers", "exporters"),
    { text: (name) => `\${env:${name}}`, note: "environment" },
  ],
  [
    ({ roots }) => has(roots, "service", "provider"),
    { text: (name) => `\${env:${name}}`, note: "environment" },
  ],
  [({ roots }) => has(roots, "openapi") || has(roots, "swagger"), null],
];

/** True for the values of a Helm chart. */
export function isHelmValues({ roots }: YamlPlace, file: string): boolean {
  return (
    /(?:^|[/\\])values(?:[-.][\w.-]+)?\.ya?ml$/i.test(file) ||
    (roots.includes("replicaCount") && roots.includes("image"))
  );
}

const monitoringFile =
  /(?:^|[/\\])(?:prometheus|prom|alertmanager|blackbox|snmp|promtail)(?:[-_.][\w.-]+)?\.ya?ml$/i;

/** True for a file of Prometheus and what belongs to it, which read `${X}` as it is written, or unless told to. */
function isMonitoring({ path, roots }: YamlPlace, file: string): boolean {
  const [root, , below = ""] = path;
  return (
    monitoringFile.test(file) ||
    [
      "scrape_configs",
      "scrape_config_files",
      "remote_write",
      "remote_read",
      "rule_files",
      "inhibit_rules",
      "basic_auth_users",
    ].some((name) => roots.includes(name)) ||
    has(roots, "global", "receivers") ||
    has(roots, "route", "receivers") ||
    (root === "groups" && path.includes("rules")) ||
    (root === "modules" && /^(?:http|tcp|grpc|dns|icmp)$/.test(below))
  );
}

function has(roots: readonly string[], ...names: string[]): boolean {
  return names.every((name) => roots.includes(name));
}

/** The reference for a place in a kind of file; null where there is none that is sure to work. */
export function referenceFor(
  fileKind: string | undefined,
  place: YamlPlace,
  fileName: string,
): Reference | null {
  switch (fileKind) {
    case "dbt":
      return dbtReference;
    case "compose":
      return composeReference;
    case "github":
      return github;
    case "ci":
      return pipelineReference(place, fileName);
    case "generic": {
      // Jinja of a dbt project says whose file it is.
      if (/\{\{\s*env_var\(/.test(place.text)) {
        return dbtReference;
      }
      const host = hosts.find(([isHost]) => isHost(place, fileName));
      return host === undefined ? braces : host[1];
    }
    default:
      return null;
  }
}

function pipelineReference(
  { path, roots }: YamlPlace,
  fileName: string,
): Reference | null {
  const isScript = path.some((name) =>
    /^(?:script|before_script|after_script|run|command|commands)$/.test(name),
  );
  if (
    /azure-pipelines/i.test(fileName) ||
    ["pool", "trigger", "resources"].some((name) => roots.includes(name))
  ) {
    return azure;
  }
  // CircleCI, Bitbucket and Travis put variables into scripts only.
  const isGitlab =
    /\.?gitlab-ci/i.test(fileName) ||
    (!roots.includes("jobs") &&
      !roots.includes("pipelines") &&
      !roots.includes("language") &&
      !roots.includes("steps"));
  return isScript ? pipelineShell : isGitlab ? gitlab : null;
}
