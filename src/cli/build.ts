import { helpText } from "./help-text.js";
import type { SetUp } from "./main.js";
import { build, versions } from "../hosts/build/index.js";

const epilogue = `
Takes the arguments of the project's own tsc, whichever version that is (5.0 to 7.1): -p, -b, --watch, --noEmit …
  tsocksify build -p .
  tsocksify build -b --watch

Exit codes are those of tsc: 0 nothing to report; 1 errors, and nothing emitted; 2 errors, and emitted.`;

/** `tsocksify build`: in the place of `tsc`. */
export const setUp: SetUp = (command, finish) => {
  command
    .usage("[arguments of tsc]")
    .argument("[args...]")
    .addHelpText("after", helpText(epilogue))
    .helpOption("--help-build", "tell this; --help is for tsc")
    .allowUnknownOption()
    .allowExcessArguments()
    .passThroughOptions()
    .action(async (args: readonly string[]) => finish(await run(args)));
};

async function run(args: readonly string[]): Promise<number> {
  // tsc takes its options in any case.
  if (!args.some((arg) => /^--?(?:v|version)$/i.test(arg))) return build(args);
  process.stdout.write(`${versions(process.cwd())}\n`);
  return 0;
}
