import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The `imports` of a package.json, as they were when it had this stamp. */
interface Known {
  readonly stamp: string;
  readonly imports: unknown;
}

const known = new Map<string, Known>();

/**
 * All that `#net` may stand for, under whichever condition: what the nearest package.json says.
 * https://nodejs.org/api/packages.html#subpath-imports
 *
 * @param fileName absolute path of the file that has the specifier
 */
export function subpathTargets(fileName: string, specifier: string): readonly string[] {
  const imports = importsAbove(dirname(fileName));
  if (typeof imports !== "object" || imports === null) return [];
  const entries = Object.entries(imports);
  const exact = entries.find(([key]) => key === specifier);
  if (exact) return targetsIn(exact[1]);
  return entries.flatMap(([key, value]) => {
    const [start, end] = key.split("*");
    if (start === undefined || end === undefined) return [];
    const isMatch =
      specifier.startsWith(start) && specifier.endsWith(end) && specifier.length > start.length + end.length;
    const rest = specifier.slice(start.length, specifier.length - end.length);
    return isMatch ? targetsIn(value).map((target) => target.replaceAll("*", () => rest)) : [];
  });
}

function importsAbove(folder: string): unknown {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "package.json");
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) return importsOf(path, `${stats.mtimeMs}:${stats.size}`);
    if (dirname(current) === current) return undefined;
  }
}

function importsOf(path: string, stamp: string): unknown {
  const before = known.get(path);
  if (before?.stamp === stamp) return before.imports;
  const imports = read(path);
  known.set(path, { stamp, imports });
  return imports;
}

/** Node refuses to run what is below a package.json that can't be read. */
function read(path: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, "")) as { imports?: unknown } | null)
      ?.imports;
  } catch {
    return undefined;
  }
}

/** `"node:net"`, `{ "browser": "./none.js", "default": "node:net" }`, `["node:net", "./none.js"]` */
function targetsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(targetsIn) : [];
}
