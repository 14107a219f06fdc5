// npm run bench:compile -- build [--rounds 5] [--seconds 40]
// What `tsocksify build` takes over the compiler of the same version, from start to end.
import { commandsIn } from "../support/commands";
import { extentOf } from "../support/extent";
import { compareCommands } from "../support/report";
import { packages, quietPackages, sizes, SourceTree } from "../support/source-tree";

const cases = [
  { name: "ldapts", packages: sizes[100], typescript: "typescript-6", version: "6.0", aim: 1.15 },
  { name: "ldapts", packages: sizes[100], typescript: "typescript-7.0", version: "7.0", aim: 1.15 },
  { name: "ldapts", packages: sizes[100], typescript: "typescript-7.1", version: "7.1", aim: 1.15 },
  { name: "no sockets", packages: quietPackages, typescript: "typescript-7.1", version: "7.1", aim: 1 },
  { name: "all", packages, typescript: "typescript-7.1", version: "7.1", aim: 1.15 },
];

async function main(): Promise<void> {
  const extent = extentOf({ rounds: 5, seconds: 40 });
  for (const { name, packages, typescript, version, aim } of cases) {
    const tree = new SourceTree({ typescript, packages });
    const { build, tsc } = commandsIn(tree);
    const ours = `tsocksify build, ${name}, ${tree.fileCount} files`;
    const theirs = `tsc ${version}`;
    const commands = { [ours]: build("-p", "."), [theirs]: tsc("-p", ".") };
    await compareCommands(commands, [{ ours, theirs, aim }], extent);
    tree.remove();
  }
}

void main();
