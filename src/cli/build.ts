import type { AddCommand } from "./main.js";

const epilogue = `
Takes the arguments of the project's own tsc, whichever version that is (5.0 to 7.1): -p, -b, --watch, --noEmit …
  tsocksify build -p .
  tsocksify build -b --watch

Exit codes are those of tsc: 0 nothing to report; 1 errors, and nothing emitted; 2 errors, and emitted.`;

/** `tsocksify build`: in the place of `tsc`. */
export const buildCommand: AddCommand = (program, finish) => {
  program
    .command("build")
    .description("compile as tsc does, and make it a SOCKS client")
    .usage("[arguments of tsc]")
    .argument("[args...]")
    .addHelpText("after", epilogue)
    .helpOption("--help-build", "tell this; --help is for tsc")
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (args: readonly string[]) => {
      // Loaded when it is wanted: the other commands need none of it.
      const { build } = await import("../hosts/build/index.js");
      finish(await build(args));
    });
};
