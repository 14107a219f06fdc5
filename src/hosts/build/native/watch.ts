import { existsSync, readdirSync, statSync, watch } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isPretty } from "./pretty.js";
import type { NativeBuild, Run, Write } from "./native-build.js";

/** Files whose changes can change what is compiled, or how, though no program has them yet. */
const relevant = /\.[cm]?[jt]sx?$|(?:^|[\\/])(?:[jt]sconfig[^\\/]*|package)\.json$/;

/** Folders that no sources are in. Those of them that a program has files in are watched all the same, by themselves. */
const ignored = /(?:^|[\\/])(?:node_modules|\.git)(?:[\\/]|$)|-tsocksify-/;

/** How long files have to keep still before they are compiled, in milliseconds. */
const SETTLE = 100;

interface Watched {
  /** Folders that are watched with all folders below, as absolute paths. */
  readonly folders: readonly string[];
  /** Files whose changes matter wherever they are, as absolute paths. */
  readonly files: readonly string[];
  /** Folders that are written to, as absolute paths. */
  readonly outputs: readonly string[];
}

/**
 * Tells of changes from the moment on that something is watched: what happens while a compilation blocks is told
 * afterwards. It watches folders one by one, since watching a tree would watch every file of node_modules.
 */
export class Watcher {
  private readonly watched = new Set<string>();
  private files: ReadonlySet<string> = new Set();
  private outputs: readonly string[] = [];
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param changed is called after files have changed */
  constructor(private readonly changed: (paths: readonly string[]) => void) {}

  watch({ folders, files, outputs }: Watched): void {
    this.files = new Set(files);
    this.outputs = outputs;
    for (const folder of folders) this.addTree(folder);
    for (const folder of new Set(files.map((file) => dirname(file)))) this.add(folder);
  }

  private addTree(folder: string): void {
    if (ignored.test(folder) || this.outputs.includes(folder)) return;
    this.add(folder);
    for (const entry of entriesOf(folder)) if (entry.isDirectory()) this.addTree(join(folder, entry.name));
  }

  private add(folder: string): void {
    if (this.watched.has(folder)) return;
    this.watched.add(folder);
    try {
      watch(folder, (_event, name) => name !== null && this.note(join(folder, name)))
        // It is gone; should it come back, the folder above tells.
        .on("error", () => this.watched.delete(folder));
    } catch {
      this.watched.delete(folder);
    }
  }

  private note(path: string): void {
    if (!this.files.has(path)) {
      if (ignored.test(path)) return;
      if (isFolder(path)) {
        // What is in it already, nothing will tell of.
        this.watched.delete(path);
        this.addTree(path);
        for (const each of filesBelow(path)) this.note(each);
        return;
      }
      if (!relevant.test(path) || isOutput(path, this.outputs)) return;
    }
    this.pending.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), SETTLE);
  }

  private flush(): void {
    const paths = [...this.pending];
    this.pending.clear();
    this.changed(paths);
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function filesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? (ignored.test(path) ? [] : filesBelow(path)) : [path];
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Is it in a folder that is written to, or beside the TypeScript file that it is made of? */
export function isOutput(path: string, folders: readonly string[]): boolean {
  if (folders.some((folder) => path.startsWith(folder + sep))) return true;
  if (!/\.[cm]?jsx?$|\.d\.[cm]?ts$/.test(path)) return false;
  const stem = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  return [".ts", ".tsx", ".mts", ".cts"].some((extension) => existsSync(stem + extension));
}

/**
 * Compiles, and compiles again whenever something changes. Nothing of a build in watch mode waits, so that no two overlap.
 *
 * @param folders absolute paths of those that are watched from the beginning
 */
export function watchForever(
  build: Pick<NativeBuild, "run">,
  args: readonly string[],
  folders: readonly string[],
  write: Write,
): Promise<never> {
  const pretty = isPretty(args.some((arg) => /^--?pretty$/i.test(arg)) || undefined);
  const compile = async (watcher: Watcher, changed?: readonly string[]): Promise<void> => {
    const run = await build.run(changed);
    watcher.watch(watchedBy(run));
    const count = run.errors === 1 ? "1 error" : `${run.errors} errors`;
    write(statusLine(`Found ${count}. Watching for file changes.`, pretty));
  };
  return new Promise((_, reject) => {
    const compileOrFail = (changed?: readonly string[]): void => void compile(watcher, changed).catch(reject);
    const watcher = new Watcher((paths) => {
      write(statusLine("File change detected. Starting incremental compilation...", pretty));
      compileOrFail(paths);
    });
    watcher.watch({ folders, files: [], outputs: [] });
    // Only once it is watching: whoever reads this may save a file at once.
    write(statusLine("Starting compilation in watch mode...", pretty));
    compileOrFail();
  });
}

/** A file that a run has written is no reason for another. */
function watchedBy({ folders, inputs, outputs, emitted }: Run): Watched {
  const written = new Set(emitted);
  return {
    folders,
    outputs,
    files: inputs.filter(
      (file) => !written.has(file) && !outputs.some((folder) => file.startsWith(folder + sep)),
    ),
  };
}

/** What `tsc --watch` says of itself. */
export function statusLine(text: string, pretty: boolean, now = new Date()): string {
  const time = now.toLocaleTimeString("en-US", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return pretty ? `[\u001b[90m${time}\u001b[0m] ${text}\n\n` : `${time} - ${text}\n\n`;
}
