import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { parse, YAMLParseError } from "yaml";
import { findProjects } from "../project/find.js";
import { InputError } from "../project/input-error.js";
import { manifestAbove, readManifest, type Manifest } from "../project/manifest.js";
import { withSlashes } from "../project/slashes.js";
import type { Tsconfig } from "../project/tsconfig.js";
import { surveyOf, type Survey } from "./survey.js";

/** The packages that are to be set up. */
export interface Packages {
  readonly surveys: readonly Survey[];
  /** How many workspaces have nothing that could touch a socket. */
  readonly passedOver: number;
}

/**
 * The package of the working directory; in a monorepo's root, every workspace whose sources may touch a socket, and the
 * root where its scripts compile them.
 *
 * @throws InputError where there is no package.json here, a list of workspaces can't be read, or a package can't be surveyed
 */
export function packagesAt(cwd: string): Packages {
  const own = join(cwd, "package.json");
  if (!existsSync(own)) {
    const above = manifestAbove(cwd);
    throw new InputError(
      `there is no package.json here${above ? `; the nearest is in ${dirname(above)}` : ": run it in a package's folder"}`,
    );
  }
  const members = membersOf(cwd, readManifest(own, cwd).manifest);
  if (members.length === 0) return { surveys: [surveyOf(own, cwd)], passedOver: 0 };
  const all = [...members, own].sort((a, b) => b.length - a.length);
  const selection = { cwd, paths: [], tsconfigs: [], exclude: [], root: cwd };
  const files = findProjects(selection).projects.flatMap((project) => project.files);
  const concerned = new Set(
    files.map((file) => all.find((manifest) => file.startsWith(`${withSlashes(dirname(manifest))}/`)) ?? own),
  );
  const root = compilingOnly(surveyOf(own, cwd), new Set(files));
  const workspaces = [...concerned].filter((manifest) => manifest !== own).sort();
  return {
    surveys: [
      ...(concerned.has(own) || root.tsconfigs.length > 0 ? [root] : []),
      ...workspaces.map((manifest) => surveyOf(manifest, cwd, root)),
    ],
    passedOver: members.filter((member) => !concerned.has(member)).length,
  };
}

/** Without the projects that have none of the files. */
function compilingOnly(survey: Survey, files: ReadonlySet<string>): Survey {
  const isConcerned = ({ config }: Tsconfig): boolean => config.fileNames.some((name) => files.has(name));
  return { ...survey, tsconfigs: survey.tsconfigs.filter(isConcerned) };
}

/** package.json of each workspace. */
function membersOf(cwd: string, { workspaces }: Manifest): string[] {
  const { packages } = pnpmWorkspace(cwd) ?? listed(workspaces);
  if (!Array.isArray(packages)) return [];
  const patterns = packages.map((pattern) => `${String(pattern).replace(/\/$/, "")}/package.json`);
  return globSync(patterns, { cwd, absolute: true, ignore: ["**/node_modules/**"] });
}

/** npm's and Bun's is a list, Yarn's may be an object with one. */
function listed(workspaces: unknown): { readonly packages?: unknown } {
  return Array.isArray(workspaces) ? { packages: workspaces } : (workspaces ?? {});
}

/** What pnpm goes by, which doesn't read the list in package.json. */
function pnpmWorkspace(cwd: string): { readonly packages?: unknown } | undefined {
  const path = join(cwd, "pnpm-workspace.yaml");
  if (!existsSync(path)) return undefined;
  try {
    return (parse(readFileSync(path, "utf8")) ?? {}) as { readonly packages?: unknown };
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new InputError(`pnpm-workspace.yaml: ${error.message.split("\n", 1)[0]!.replace(/:$/, "")}`);
  }
}
