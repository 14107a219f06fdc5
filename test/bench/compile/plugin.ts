// npm run bench:compile -- plugin [--rounds 5] [--seconds 60]
// What the plugin adds to a compilation by ts-patch, from start to end.
import { commandsIn } from "../support/commands";
import { extentOf } from "../support/extent";
import { compareCommands } from "../support/report";
import { sizes, SourceTree } from "../support/source-tree";

const AIM = 1.03;

async function main(): Promise<void> {
  const extent = extentOf({ rounds: 5, seconds: 60 });
  for (const size of [100, 1000] as const) {
    const tree = new SourceTree({ typescript: "typescript", tspatch: "ts-patch", packages: sizes[size] });
    const plugins = [{ transform: "tsocksify/transformer" }];
    tree.write("with.json", JSON.stringify({ extends: "./tsconfig.json", compilerOptions: { plugins } }));
    const { tspc } = commandsIn(tree);
    const ours = `tspc with the plugin, ${tree.fileCount} files`;
    const theirs = "without";
    const commands = { [ours]: tspc("-p", "with.json"), [theirs]: tspc("-p", ".") };
    await compareCommands(commands, [{ ours, theirs, aim: AIM }], extent);
    tree.remove();
  }
}

void main();
