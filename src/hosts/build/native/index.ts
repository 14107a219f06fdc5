import { Builder71 } from "../../../resolvers/typescript-7.1.js";
import type { InstalledTypeScript } from "../typescript.js";
import { buildModeOf, inOrder, type BuildMode } from "./build-mode.js";
import { Build70 } from "./build-7.0.js";
import { Build71 } from "./build-7.1.js";
import type { NativeBuild, Run, Write } from "./native-build.js";
import { configOf, folderAt } from "./config-file.js";
import { isPretty } from "./pretty.js";
import { runStock } from "./stock.js";
import { isOutput, statusLine, Watcher } from "./watch.js";

/** These print something and compile nothing. */
const idle = /^--?(?:help|h|\?|all|version|v|init|showConfig|listFilesOnly)$/i;
const watching = /^--?(?:w|watch)$/i;

/**
 * `tsc` of TypeScript 7 with what touches sockets rewritten.
 *
 * @returns the exit code; never, when watching
 */
export function buildNative(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
  write: Write,
): Promise<number> {
  const mode = buildModeOf(args);
  if (mode ? mode.isIdle : args.some((arg) => idle.test(arg)))
    return Promise.resolve(runStock(typescript, args, directory));
  const is70 = typescript.major === 7 && typescript.minor === 0;
  const builder = is70 ? undefined : new Builder71({ packageFolder: typescript.folder, directory });
  const create = (each: readonly string[]): NativeBuild =>
    builder
      ? new Build71(typescript, builder, each, directory, write)
      : new Build70(typescript, each, directory, write);
  const isWatching = args.some((arg) => watching.test(arg));
  const compileOnly = args.filter((arg) => !watching.test(arg));
  const build = mode ? allOf(mode, create, directory, write) : create(compileOnly);
  if (isWatching) {
    const configs = mode ? inOrder(mode.projects, directory) : [configOf(args, directory) ?? directory];
    return watchForever(build, args, configs?.map(folderAt) ?? [directory], write);
  }
  try {
    return Promise.resolve(build.run().code);
  } finally {
    builder?.close();
  }
}

/** The projects of `tsc -b`, each after what it references. */
function allOf(
  { projects, rest, stopOnErrors }: BuildMode,
  create: (args: readonly string[]) => NativeBuild,
  directory: string,
  write: Write,
): NativeBuild {
  const builds = new Map<string, NativeBuild>();
  return {
    run(changed) {
      const configs = inOrder(projects, directory);
      if (!configs) {
        write("error TS6202: Project references may not form a circular graph, and must exist.\n");
        return { code: 4, errors: 1, folders: [], outputs: [] };
      }
      const runs: Run[] = [];
      for (const config of configs) {
        const build = builds.get(config) ?? create(["-p", config, ...rest]);
        builds.set(config, build);
        const run = build.run(changed);
        runs.push(run);
        if (stopOnErrors && run.errors > 0) break;
      }
      return {
        code: Math.max(...runs.map(({ code }) => code)),
        errors: runs.reduce((sum, { errors }) => sum + errors, 0),
        folders: [...new Set(runs.flatMap(({ folders }) => folders))],
        outputs: [...new Set(runs.flatMap(({ outputs }) => outputs))],
      };
    },
  };
}

/** @param folders absolute paths of those that are watched from the beginning */
function watchForever(
  build: NativeBuild,
  args: readonly string[],
  folders: readonly string[],
  write: Write,
): Promise<never> {
  const pretty = isPretty(args.some((arg) => /^--?pretty$/i.test(arg)) || undefined);
  let outputs: readonly string[] = [];
  const compile = (changed?: readonly string[]): void => {
    const run = build.run(changed);
    outputs = run.outputs;
    watcher.add(run.folders);
    const count = run.errors === 1 ? "1 error" : `${run.errors} errors`;
    write(statusLine(`Found ${count}. Watching for file changes.`, pretty));
  };
  const watcher = new Watcher({
    isOutput: (path) => isOutput(path, outputs),
    changed(paths) {
      write(statusLine("File change detected. Starting incremental compilation...", pretty));
      compile(paths);
    },
  });
  watcher.add(folders);
  // Only once it is watching: whoever reads this may save a file at once.
  write(statusLine("Starting compilation in watch mode...", pretty));
  compile();
  return new Promise(() => {});
}
