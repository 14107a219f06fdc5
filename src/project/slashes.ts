import platform from "node:path";

/**
 * A path or pattern as TypeScript, the engine and globs write it: with slashes, also on Windows. Elsewhere a backslash
 * is a letter of a name, or takes away a letter's meaning in a pattern.
 *
 * @param path `node:path`, or its `win32` or `posix`
 */
export function withSlashes(written: string, path: Pick<typeof platform, "sep"> = platform): string {
  return path.sep === "\\" ? written.replaceAll("\\", "/") : written;
}

/**
 * How files are named in output: relative to a folder, with slashes.
 *
 * @param path `node:path`, or its `win32` or `posix`
 */
export function namer(folder: string, path = platform): (fileName: string) => string {
  return (fileName) => withSlashes(path.relative(folder, fileName), path);
}
