import { dirname } from "node:path";
import { withDependency } from "../../project/dependency-edit.js";
import { InputError } from "../../project/input-error.js";
import { declared, manifestAbove, readManifest } from "../../project/manifest.js";
import { version } from "../../version.js";
import type { Change } from "./change.js";

const RUNTIME = "@tsocksify/runtime";

/**
 * The changes that add the runtime to the package.json of each changed file, where it is not listed yet.
 *
 * @throws InputError where a file is in no package, or its package.json can't be read
 */
export function dependencyChanges(
  changes: readonly Change[],
  cwd: string,
  nameOf: (fileName: string) => string,
): Change[] {
  const manifests = new Set(changes.map(({ path, name }) => manifestOf(path, name)));
  return [...manifests].sort().flatMap((path) => {
    const { source, manifest } = readManifest(path, cwd);
    if (declared(manifest, RUNTIME)) return [];
    const after = withDependency(source.text, "dependencies", RUNTIME, `^${version}`);
    return [{ path, name: nameOf(path), before: source, after, rewrites: 0 }];
  });
}

function manifestOf(path: string, name: string): string {
  const manifest = manifestAbove(dirname(path));
  if (manifest === undefined) throw new InputError(`--add-dependency: there is no package.json for ${name}`);
  return manifest;
}
