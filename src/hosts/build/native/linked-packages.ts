import { readdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** Links to packages of a workspace: where they lead, by where they are; absolute paths. */
export type Links = ReadonlyMap<string, string>;

const packaged = /[\\/]node_modules(?:[\\/]|$)/;

/**
 * The links in node_modules folders that lead to some of these files, which the compiler knows by where they really are.
 *
 * @param files absolute paths
 */
export function linksTo(files: readonly string[]): Links {
  const own = files.filter((file) => !packaged.test(file));
  const links = [...foldersAround(own)].flatMap((folder) => linksIn(join(folder, "node_modules")));
  return new Map(links.filter(([, target]) => own.some((file) => file.startsWith(target + sep))));
}

/** All folders that some of these paths are in, up to the root. */
export function foldersAround(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  return folders;
}

function linksIn(folder: string): [string, string][] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name.startsWith("@")) return linksIn(path);
    const target = entry.isSymbolicLink() ? realOf(path) : undefined;
    return target === undefined || packaged.test(target) ? [] : [[path, target] as [string, string]];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** @returns undefined where a link leads nowhere */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
