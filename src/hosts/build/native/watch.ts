import { existsSync, watch } from "node:fs";

/** Files whose changes can change what is compiled, or how. */
const relevant = /\.[cm]?[jt]sx?$|(?:^|[\\/])(?:[jt]sconfig[^\\/]*|package)\.json$/;
const ignored = /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)|-tsocksify-/;

export interface WatchOptions {
  /** Absolute paths. */
  readonly folders: readonly string[];
  /** Is a path, relative to one of the folders, an output? */
  isOutput(path: string): boolean;
  /** How long files have to keep still before they are compiled, in milliseconds. */
  readonly settle?: number;
}

/** Calls back after files have changed; what changes while it runs makes it run again. */
export function onChange(
  { folders, isOutput, settle = 100 }: WatchOptions,
  changed: (paths: readonly string[]) => void,
): () => void {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    const paths = [...pending];
    pending.clear();
    changed(paths);
  };
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (name === null || !relevant.test(name) || ignored.test(name)) return;
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      if (isOutput(path)) return;
      pending.add(path);
      clearTimeout(timer);
      timer = setTimeout(flush, settle);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Is it in a folder that is written to, or beside the TypeScript file that it is made of? */
export function isOutput(path: string, folders: readonly string[]): boolean {
  if (folders.some((folder) => path.startsWith(`${folder}/`))) return true;
  if (!/\.[cm]?jsx?$|\.d\.[cm]?ts$/.test(path)) return false;
  const stem = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  return [".ts", ".tsx", ".mts", ".cts"].some((extension) => existsSync(stem + extension));
}

/** What `tsc --watch` says of itself. */
export function statusLine(text: string, pretty: boolean, now = new Date()): string {
  const time = now.toLocaleTimeString("en-US");
  return pretty ? `[\u001b[90m${time}\u001b[0m] ${text}\n\n` : `${time} - ${text}\n\n`;
}
