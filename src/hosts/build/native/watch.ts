import { existsSync, watch } from "node:fs";
import { sep } from "node:path";

/** Files whose changes can change what is compiled, or how. */
const relevant = /\.[cm]?[jt]sx?$|(?:^|[\\/])(?:[jt]sconfig[^\\/]*|package)\.json$/;
const ignored = /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)|-tsocksify-/;

export interface WatchOptions {
  /** Is it an absolute path of an output? */
  isOutput(path: string): boolean;
  /** Is called after files have changed; what changes while it runs makes it run again. */
  changed(paths: readonly string[]): void;
  /** How long files have to keep still before they are compiled, in milliseconds. */
  readonly settle?: number;
}

/** Watches folders from the moment on that they are added: what happens while a compilation blocks is told afterwards. */
export class Watcher {
  private readonly folders: string[] = [];
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WatchOptions) {}

  /** @param folders absolute paths; one that is in a folder that is watched already makes no difference */
  add(folders: readonly string[]): void {
    for (const folder of folders) {
      if (this.folders.some((each) => folder === each || folder.startsWith(each + sep))) continue;
      this.folders.push(folder);
      watch(folder, { recursive: true }, (_event, name) => name !== null && this.note(folder, name));
    }
  }

  private note(folder: string, name: string): void {
    if (!relevant.test(name) || ignored.test(name)) return;
    const path = `${folder}/${name.replaceAll("\\", "/")}`;
    if (this.options.isOutput(path)) return;
    this.pending.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.options.settle ?? 100);
  }

  private flush(): void {
    const paths = [...this.pending];
    this.pending.clear();
    this.options.changed(paths);
  }
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
