import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { globSync } from "tinyglobby";
import { findProjects } from "../project/find.js";
import { InputError } from "../project/input-error.js";
import { manifestAbove, readManifest, type Manifest } from "../project/manifest.js";

/** The packages that are to be set up. */
export interface Packages {
  /** Absolute paths of their package.json. */
  readonly manifests: readonly string[];
  /** How many workspaces have nothing that could touch a socket. */
  readonly passedOver: number;
}

/**
 * The package of the working directory; in a monorepo's root, every workspace whose sources may touch a socket.
 *
 * @throws InputError where there is no package.json here
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
  if (members.length === 0) return { manifests: [own], passedOver: 0 };
  const all = [...members, own].sort((a, b) => b.length - a.length);
  const selection = { cwd, paths: [], tsconfigs: [], exclude: [], root: cwd };
  const files = findProjects(selection).projects.flatMap((project) => project.files);
  const concerned = new Set(
    files.map((file) => all.find((manifest) => file.startsWith(dirname(manifest) + sep)) ?? own),
  );
  return {
    manifests: [...concerned].sort(),
    passedOver: members.filter((member) => !concerned.has(member)).length,
  };
}

/** package.json of each workspace: of the patterns there, or, as pnpm's list is YAML, of whatever is below. */
function membersOf(cwd: string, { workspaces }: Manifest): string[] {
  const { packages = workspaces } = (workspaces ?? {}) as { packages?: unknown };
  const patterns = Array.isArray(packages)
    ? packages.map((pattern) => `${String(pattern).replace(/\/$/, "")}/package.json`)
    : existsSync(join(cwd, "pnpm-workspace.yaml"))
      ? ["*/**/package.json"]
      : [];
  if (patterns.length === 0) return [];
  return globSync(patterns, { cwd, absolute: true, ignore: ["**/node_modules/**"] });
}
