import { Builder71 } from "../../../resolvers/typescript-7.1.js";
import type { InstalledTypeScript } from "../typescript.js";
import { buildModeOf, inOrder, isUnknown } from "./build-mode.js";
import { Build70 } from "./build-7.0.js";
import { Build71 } from "./build-7.1.js";
import { dry, isIdle, isOn, watch, without } from "./command-line.js";
import { configOf, folderAt } from "./config-file.js";
import { IncrementalBuild } from "./incremental.js";
import { leftToStock, type NativeBuild, type Write } from "./native-build.js";
import { SolutionBuild } from "./solution.js";
import { runQuietly, runStock } from "./stock.js";
import { watchForever } from "./watch.js";

/**
 * `tsc` of TypeScript 7 with what touches sockets rewritten.
 *
 * @returns the exit code; never, when watching
 */
export async function buildNative(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
  write: Write,
): Promise<number> {
  const mode = buildModeOf(args);
  if (mode ? mode.isIdle : isIdle(args)) return runStock(typescript, args, directory);
  /** What the compiler itself has against a command line of `-b`, which it says without compiling anything. */
  const refused = (): number => {
    const { code, output } = runQuietly(
      typescript,
      [args[0]!, "--dry", ...without(args.slice(1), dry)],
      directory,
    );
    if (code !== 0) write(output);
    return code;
  };
  if (mode && isUnknown(mode)) {
    const code = refused();
    if (code !== 0) return code;
  }
  const isWatching = isOn(args, watch);
  const is70 = typescript.major === 7 && typescript.minor === 0;
  let builder: Builder71 | undefined;
  const compiler = (): Builder71 =>
    (builder ??= new Builder71({
      packageFolder: typescript.folder,
      directory,
      lasts: isWatching || mode !== undefined,
    }));
  const create = (each: readonly string[]): NativeBuild =>
    is70
      ? new Build70(typescript, each, directory, write, isWatching)
      : new Build71(typescript, compiler, each, directory, write, isWatching);
  const compileOnly = without(args, watch);
  const build = mode
    ? new SolutionBuild(mode, create, () => leftToStock(Math.max(1, refused())), directory, write)
    : new IncrementalBuild(create(compileOnly), { directory, write });
  if (isWatching) {
    const configs = mode
      ? inOrder(mode.projects, directory)?.map(({ config }) => config)
      : [configOf(args, directory) ?? directory];
    return watchForever(build, args, configs?.map(folderAt) ?? [directory], write);
  }
  try {
    return (await build.run()).code;
  } finally {
    builder?.close();
  }
}
