// npm run bench:lint [-- --rounds 5 --seconds 60]
// `tsocksify lint` of a source tree in which few files touch sockets, from start to end, against `tsc --noEmit` of the
// same version and against typescript-eslint with one typed rule.
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { commandsIn } from "../support/commands";
import { extentOf } from "../support/extent";
import { compareCommands, type Question } from "../support/report";
import { SourceTree } from "../support/source-tree";

const native = [
  { typescript: "typescript-7.1", version: "7.1" },
  { typescript: "typescript-7.0", version: "7.0" },
];

async function main(): Promise<void> {
  const extent = extentOf({ rounds: 5, seconds: 60 });
  for (const { typescript, version } of native) {
    const tree = new SourceTree({ typescript });
    const { lint, tsc } = commandsIn(tree);
    const ours = `tsocksify lint, ${tree.fileCount} files`;
    const theirs = `tsc --noEmit ${version}`;
    const commands = { [ours]: lint(), [theirs]: tsc("--noEmit") };
    await compareCommands(commands, [{ ours, theirs, aim: 0.5 }], extent);
    tree.remove();
  }
  await againstSlowOnes(extent);
}

/** All that takes minutes, in one round. */
async function againstSlowOnes(extent: Parameters<typeof compareCommands>[2]): Promise<void> {
  const [newest, six] = [{ typescript: "typescript-7.1" }, { typescript: "typescript-6" }].map(
    (options) => new SourceTree(options),
  ) as [SourceTree, SourceTree];
  six.write("eslint.config.mjs", eslintConfig());
  const eslint = "typescript-eslint, no-floating-promises";
  const commands = {
    "tsocksify lint with 6.0": commandsIn(six).lint(),
    "tsocksify lint with 7.1": commandsIn(newest).lint(),
    "tsc --noEmit 6.0": commandsIn(six).tsc("--noEmit"),
    [eslint]: commandsIn(six).eslint(),
  };
  const questions: Question[] = [
    { ours: "tsocksify lint with 6.0", theirs: "tsc --noEmit 6.0", aim: 0.2 },
    { ours: "tsocksify lint with 6.0", theirs: eslint, aim: 1 / 20 },
    { ours: "tsocksify lint with 7.1", theirs: eslint, aim: 1 / 20 },
  ];
  await compareCommands(commands, questions, extent);
  newest.remove();
  six.remove();
}

function eslintConfig(): string {
  const plugin = pathToFileURL(createRequire(__filename).resolve("typescript-eslint")).href;
  return `import tseslint from ${JSON.stringify(plugin)};
export default [
  {
    files: ["src/**/*.{ts,tsx,mts,cts}"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { noInlineConfig: true },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
];
`;
}

void main();
