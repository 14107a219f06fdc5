import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { manifestAbove } from "../../../project/manifest.js";
import { replaceFile } from "../../../project/replace-file.js";
import { namer } from "../../../project/slashes.js";
import { changedFile, stampsOf, type FileStamps } from "../file-stamp.js";
import { KEY, stampOf } from "../stamp.js";
import type { NativeDiagnostic } from "./diagnostics.js";
import type { Outline, Run } from "./native-build.js";
import { flagNames } from "./options.js";

/**
 * What a build on TypeScript 7 keeps in .tsbuildinfo: from which files, with which options, it made which others. The
 * API of the compiler neither writes that file nor reads it. It stands there under a name of ours, beside what the stock
 * compiler may have written; one without it counts as none, since it may tell of JavaScript that dials directly.
 */
interface Kept {
  readonly stamp: string;
  readonly roots: readonly string[];
  readonly inputs: FileStamps;
  readonly outputs: FileStamps;
  readonly warnings: readonly NativeDiagnostic[];
}

export type Status =
  | { readonly isUpToDate: true; readonly newest: string; readonly warnings: readonly NativeDiagnostic[] }
  /** `options`: whatever is there was made in another way, and is of no use. */
  | { readonly isUpToDate: false; readonly why: string; readonly isOfOthers: boolean };

/** Where `tsc` has the .tsbuildinfo of a project. */
export function buildInfoOf({ config, options }: Outline & { readonly config: string }): string {
  const { tsBuildInfoFile, outDir, rootDir } = options;
  const home = dirname(config);
  if (tsBuildInfoFile !== undefined) return resolve(home, tsBuildInfoFile);
  const name = `${basename(config, ".json")}.tsbuildinfo`;
  if (outDir === undefined) return join(home, name);
  return resolve(home, outDir, rootDir === undefined ? "" : relative(resolve(home, rootDir), home), name);
}

/**
 * Whether what a build left behind is what it would make again. The words are those of `tsc -b --verbose`.
 *
 * @param shown how a path is shown
 */
export function statusOf(path: string, outline: Outline, shown: (path: string) => string): Status {
  const because = (why: string, isOfOthers = false): Status => ({ isUpToDate: false, why, isOfOthers });
  if (!existsSync(path)) return because(`output file '${shown(path)}' does not exist`);
  const kept = contentOf(path)[KEY] as Kept | undefined;
  if (typeof kept?.stamp !== "string")
    return because(`buildinfo file '${shown(path)}' was not written by tsocksify`, true);
  if (kept.stamp !== stampOf(circumstancesOf(outline)))
    return because(`buildinfo file '${shown(path)}' indicates there is change in compilerOptions`, true);
  const folder = dirname(path);
  const roots = new Set(kept.roots.map((root) => resolve(folder, root)));
  const [added] = outline.roots.filter((root) => !roots.has(resolve(root)));
  if (added !== undefined) return because(`output '${shown(path)}' is older than input '${shown(added)}'`);
  const now = new Set(outline.roots.map((root) => resolve(root)));
  const [gone] = [...roots].filter((root) => !now.has(root));
  if (gone !== undefined)
    return because(
      `buildinfo file '${shown(path)}' indicates that file '${shown(gone)}' was root file of compilation but not any more.`,
    );
  const input = changedFile(kept.inputs, path);
  if (input !== undefined) return because(`output '${shown(path)}' is older than input '${shown(input)}'`);
  const output = changedFile(kept.outputs, path);
  // Another compiler's JavaScript dials directly.
  if (output !== undefined)
    return because(
      `output file '${shown(output)}' ${existsSync(output) ? "was changed by something else" : "does not exist"}`,
    );
  const newest = Object.entries(kept.inputs)
    .map(([name, [, time]]) => ({ path: resolve(folder, name), time }))
    .filter((each) => now.has(each.path))
    .reduce((a, b) => (b.time > a.time ? b : a), { path: outline.roots[0] ?? path, time: 0 });
  return { isUpToDate: true, newest: newest.path, warnings: kept.warnings };
}

/**
 * Keeps what a build without errors was made of.
 *
 * @param begin when it began, in milliseconds: a file that changed since may have been read before
 */
export function keep(
  path: string,
  outline: Outline,
  { inputs, emitted, warnings }: Run,
  begin: number,
): void {
  const manifests = [...new Set(inputs.map((file) => dirname(file)))].flatMap(
    (each) => manifestAbove(each) ?? [],
  );
  const kept: Kept = {
    stamp: stampOf(circumstancesOf(outline)),
    roots: outline.roots.map(namer(dirname(path))),
    inputs: Object.fromEntries(
      Object.entries(stampsOf([...inputs, ...manifests], path)).map(([file, each]) => [
        file,
        each[1] > begin ? ([each[0], 0, ""] as const) : each,
      ]),
    ),
    outputs: stampsOf(emitted, path),
    warnings,
  };
  const { version } = outline.circumstances as { readonly version: string };
  replaceFile(path, JSON.stringify({ version, ...contentOf(path), [KEY]: kept }));
}

/** Before anything is emitted: should that be cut short, what is there must not count as made. */
export function forget(path: string, isOfOthers: boolean): void {
  const { [KEY]: _, ...others } = contentOf(path);
  // What the stock compiler wrote for itself, beside our part, it may use again.
  if (isOfOthers || !("root" in others)) rmSync(path, { force: true });
  else replaceFile(path, JSON.stringify(others));
}

function contentOf(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Without what decides only what is said. */
function circumstancesOf({ options, circumstances }: Outline): object {
  const saying = new Set(["noEmit", ...flagNames]);
  const deciding = Object.entries(options).filter(([name]) => !saying.has(name));
  return { deciding, circumstances };
}
