import { join } from "node:path";
import { repository } from "../../support/user-folder";
import { median } from "./interleaved";
import type { SourceTree } from "./source-tree";
import { wholeProcess, type Command, type Spent } from "./whole-process";

/** Sources as they are published have type errors, which each compiler tells by 1 or 2. */
const compilerCodes = [0, 1, 2];

/** The commands that are compared, in one source tree. */
export function commandsIn(tree: SourceTree) {
  const tsocksify = join(repository, "bin/tsocksify.js");
  const compiler = (program: string, args: readonly string[]): Command => ({
    args: [tree.at(join("node_modules", program)), ...args],
    directory: tree.directory,
    codes: compilerCodes,
  });
  return {
    tsc: (...args: string[]) => compiler("typescript/bin/tsc", args),
    tspc: (...args: string[]) => compiler("ts-patch/bin/tspc.js", args),
    build: (...args: string[]): Command => ({
      args: [tsocksify, "build", ...args],
      directory: tree.directory,
      codes: compilerCodes,
    }),
    lint: (): Command => ({
      args: [tsocksify, "lint", "-p", "."],
      directory: tree.directory,
      codes: [0, 1],
    }),
    eslint: (): Command => ({
      args: ["--max-old-space-size=12288", join(repository, "node_modules/eslint/bin/eslint.js"), "src"],
      directory: tree.directory,
      codes: [0, 1],
    }),
  };
}

/** A command that is measured again and again by its wall time, with the peaks of its memory kept. */
export class Timed {
  readonly spent: Spent[] = [];

  constructor(private readonly command: Command) {}

  readonly measure = async (): Promise<number> => {
    const spent = await wholeProcess(this.command);
    this.spent.push(spent);
    return spent.seconds;
  };

  /** The highest memory of all runs: of all processes together, in bytes. */
  get peak(): number {
    return Math.max(...this.spent.map(({ peak }) => peak));
  }

  /** As {@link peak}, of the command's own process. */
  get ownPeak(): number {
    return Math.max(...this.spent.map(({ ownPeak }) => ownPeak));
  }

  /** Processor time of a run, in seconds: the median. */
  get cpu(): number {
    return median(this.spent.map(({ cpu }) => cpu));
  }
}
