import { relative } from "node:path";
import { createInterface } from "node:readline";
import { createColors } from "picocolors";
import { namer } from "../project/slashes.js";
import { packagesAt } from "../init/packages.js";
import { proposalFor, type Proposal } from "../init/proposal.js";
import type { Survey } from "../init/survey.js";
import { InputError } from "../project/input-error.js";
import { wrapped } from "../reporters/columns.js";
import { diffLines } from "../reporters/diff.js";
import { helpText } from "./help-text.js";
import type { SetUp } from "./main.js";
import { terminal } from "./terminal.js";
import { writeChanges } from "./write-changes.js";

interface InitFlags {
  readonly yes?: true;
  readonly dryRun?: true;
}

const epilogue = `
It looks at package.json, its scripts, tsconfig.json and the TypeScript that is installed, and proposes one of
  plugin   tsc up to TypeScript 6 compiles the package: our plugin in tsconfig.json, and ts-patch's tspc
  build    TypeScript 7, which has no plugins, compiles it: tsocksify build in the place of tsc
  codemod  a bundler compiles it file by file, or it is JavaScript: the sources are rewritten, and linted

In the root of a monorepo it looks at every workspace whose sources may touch a socket, and at the root's scripts that
compile them. It writes package.json and tsconfig.json only, all of them or none, and installs nothing: it tells what to
run.

Exit codes: 0 set up, or nothing to do, or --dry-run; 1 there is something to change and it was not written: you
said no, or there was neither a terminal to ask on nor --yes; 2 wrong use, or files that can't be read or written.`;

/** `tsocksify init`: sets up the host that suits a project. */
export const setUp: SetUp = (command, finish) => {
  command
    .option("-y, --yes", "write without asking")
    .option("--dry-run", "show what would be written, and write nothing")
    .addHelpText("after", helpText(epilogue))
    .action(async (flags: InitFlags) => finish(await run(flags)));
};

async function run({ yes, dryRun }: InitFlags): Promise<number> {
  if (yes && dryRun) throw new InputError("--yes and --dry-run exclude each other");
  const cwd = process.cwd();
  const { surveys, passedOver } = packagesAt(cwd);
  const proposals = surveys.map((survey) => proposalFor(survey, namer(cwd)));
  surveys.forEach((survey, index) => tell(survey, proposals[index]!, cwd));
  if (passedOver > 0)
    say(
      `${passedOver} ${passedOver === 1 ? "workspace has" : "workspaces have"} nothing that could touch a socket.`,
    );
  // Workspaces may share a tsconfig.json.
  const changes = [
    ...new Map(proposals.flatMap((each) => each.changes).map((each) => [each.path, each])).values(),
  ];
  const commands = [...new Set(proposals.flatMap((each) => each.commands))];
  if (changes.length === 0) {
    say(
      surveys.length === 0
        ? "Nothing here could touch a socket."
        : "Everything is set up; nothing was written.",
    );
    return 0;
  }
  const { color } = terminal(process.stdout);
  for (const change of changes) process.stdout.write(`${diffLines(change, color).join("\n")}\n`);
  if (dryRun) {
    say("Nothing was written.");
    return 0;
  }
  if (!(yes || (await agreed(changes.length)))) return 1;
  await writeChanges(changes);
  say(`Written. Now run:\n${commands.map((each) => `  ${each}`).join("\n")}`);
  return 0;
}

/** What was found, and what is proposed, for a package. */
function tell(
  { folder, compiler, bundlers, testRunners, file }: Survey,
  proposal: Proposal,
  cwd: string,
): void {
  const { color, width } = terminal(process.stdout);
  const colors = createColors(color);
  const found = [compiler?.words ?? "no TypeScript", ...bundlers, ...testRunners];
  const rows: [string, string][] = [
    ["found", found.join("; ")],
    [proposal.host, proposal.why],
    ...proposal.advice.map((each): [string, string] => ["note", each]),
  ];
  const name = relative(cwd, folder) || file.manifest.name || "this package";
  const lines = rows.flatMap(([label, text]) =>
    wrapped(text, width - 11).map(
      (line, index) => `  ${colors.dim((index === 0 ? label : "").padEnd(7))}  ${line}`,
    ),
  );
  process.stdout.write(`${[colors.bold(name), ...lines, ""].join("\n")}\n`);
}

async function agreed(count: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    say("Nothing was written: there is no terminal to ask on. Use --yes.");
    return false;
  }
  process.stdout.write(`Write ${count === 1 ? "this file" : `these ${count} files`}? [y]es, [n]o: `);
  const lines = createInterface({ input: process.stdin });
  // The end of input means no.
  const { value: answer = "" } = (await lines[Symbol.asyncIterator]().next()) as { value?: string };
  lines.close();
  const isYes = /^\s*y/i.test(answer);
  if (!isYes) say("Nothing was written.");
  return isYes;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
