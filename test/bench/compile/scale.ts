// npm run bench:compile -- scale
// Time and memory at 100, 1,000, 3,500 and 10,000 files with TypeScript 7.1, beside what the compiler itself takes.
import { commandsIn, Timed } from "../support/commands";
import { mebibytes } from "../support/report";
import { packages, sizes, SourceTree } from "../support/source-tree";

const cases = [
  { packages: sizes[100], copies: 1 },
  { packages: sizes[1000], copies: 1 },
  { packages, copies: 1 },
  { packages, copies: 3 },
];

async function main(): Promise<void> {
  for (const { packages, copies } of cases) {
    const tree = new SourceTree({ typescript: "typescript-7.1", packages, copies });
    const { lint, build, tsc } = commandsIn(tree);
    const commands = { "tsocksify lint": lint(), "tsocksify build": build("-p", "."), tsc: tsc("-p", ".") };
    for (const [name, command] of Object.entries(commands)) {
      const timed = new Timed(command);
      const seconds = await timed.measure();
      const each = ((seconds * 1000) / tree.fileCount).toFixed(1);
      const compiler = mebibytes(timed.peak - timed.ownPeak);
      console.log(
        `${tree.fileCount} files, ${name}: ${seconds.toFixed(1)} s (${each} ms a file); ` +
          `peak memory ${mebibytes(timed.ownPeak)} MiB, and the compiler's process ${compiler} MiB`,
      );
    }
    tree.remove();
  }
}

void main();
