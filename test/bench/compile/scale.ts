// npm run bench:compile -- scale [--rounds 3] [--seconds 60]
// Time and memory at 100, 1,000, 3,500 and 10,000 files with TypeScript 7.1, beside what the compiler itself takes.
import { commandsIn, Timed } from "../support/commands";
import { extentOf } from "../support/extent";
import { inTurn, median } from "../support/interleaved";
import { mebibytes } from "../support/report";
import { packages, sizes, SourceTree } from "../support/source-tree";

const cases = [
  { packages: sizes[100], copies: 1 },
  { packages: sizes[1000], copies: 1 },
  { packages, copies: 1 },
  { packages, copies: 3 },
];

async function main(): Promise<void> {
  const extent = extentOf({ rounds: 3, seconds: 60 });
  for (const { packages, copies } of cases) {
    const tree = new SourceTree({ typescript: "typescript-7.1", packages, copies });
    const { lint, build, tsc } = commandsIn(tree);
    const timed = {
      "tsocksify lint": new Timed(lint()),
      "tsocksify build": new Timed(build("-p", ".")),
      tsc: new Timed(tsc("-p", ".")),
    };
    const names = Object.keys(timed) as (keyof typeof timed)[];
    const ways = Object.fromEntries(names.map((name) => [name, timed[name].measure]));
    const rounds = await inTurn(ways, extent);
    for (const name of names) {
      const seconds = median(rounds.map((round) => round[name]!));
      const each = ((seconds * 1000) / tree.fileCount).toFixed(1);
      const { cpu, peak, ownPeak } = timed[name];
      console.log(
        `${tree.fileCount} files, ${name}: ${seconds.toFixed(1)} s (${each} ms a file), median of ${rounds.length}; ` +
          `CPU ${cpu.toFixed(1)} s; peak memory ${mebibytes(ownPeak)} MiB, and the compiler's process ${mebibytes(peak - ownPeak)} MiB`,
      );
    }
    tree.remove();
  }
}

void main();
