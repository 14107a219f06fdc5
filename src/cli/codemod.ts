import { dependencyChanges } from "../hosts/codemod/dependency.js";
import { codemod, type Codemod } from "../hosts/codemod/index.js";
import { removeLitter } from "../hosts/codemod/litter.js";
import { readRecord, recorded, recordedFiles } from "../hosts/codemod/record.js";
import { namer } from "../project/slashes.js";
import { InputError } from "../project/input-error.js";
import { findProjects } from "../project/find.js";
import { repositoryRoot } from "../project/gitignore.js";
import { diffLines } from "../reporters/diff.js";
import { wrapped } from "../reporters/columns.js";
import { choose } from "./choose.js";
import { helpText } from "./help-text.js";
import { listInputs, listInputsOption } from "./list-inputs.js";
import type { SetUp } from "./main.js";
import { Progress } from "./progress.js";
import { reverse } from "./reverse.js";
import { addSelection, refuseNothing, select, tellBinary, type SelectionFlags } from "./selection.js";
import { storePatch } from "./store-patch.js";
import { terminal } from "./terminal.js";
import { refuseUncommitted, writeChanges } from "./write-changes.js";

export interface CodemodFlags extends SelectionFlags {
  readonly write?: true;
  readonly check?: true;
  readonly patch?: string;
  readonly interactive?: true;
  readonly reverse?: true;
  readonly addDependency?: true;
  readonly force?: true;
  readonly listInputs?: true;
}

const epilogue = `
Without one of --write, --interactive, --check and --patch it shows what it would do, and writes nothing.

What is written is recorded in .tsocksify/codemod.json, which --reverse goes by: commit it, or leave it out of the
repository if you will go back by other means. All files are written, or none. Exit code 1 says, with --check, that
there is something to rewrite.`;

/** `tsocksify codemod`: rewrites the source itself. */
export const setUp: SetUp = (command, finish) => {
  addSelection(command)
    .option("--write", "change the files")
    .option("-i, --interactive", "ask for each file, then change those agreed to")
    .option("--check", "say what would change, and exit with 1 if anything would")
    .option(
      "--patch <file>",
      "write the changes to a file, for git apply in this directory; -: to standard output",
    )
    .option("--reverse", "undo what was written before; with --write, or shown only")
    .option("--add-dependency", "add @tsocksify/runtime to package.json too")
    .option("--force", "change files although there is something that is not committed")
    .option(...listInputsOption)
    .addHelpText("after", helpText(epilogue))
    .action(async (paths: string[], flags: CodemodFlags) => finish(await run(paths, flags)));
};

async function run(paths: readonly string[], flags: CodemodFlags): Promise<number> {
  const modes = (["write", "interactive", "check", "patch"] as const).filter(
    (mode) => flags[mode] !== undefined,
  );
  if (modes.length > 1) throw new InputError(`--${modes[0]} and --${modes[1]} exclude each other`);
  const writes = modes.find((mode) => mode !== "check") ?? (flags.reverse && "reverse");
  if (flags.listInputs && writes) throw new InputError(`--${writes} and --list-inputs exclude each other`);
  const { selection, config, path, root: configRoot } = select(paths, flags);
  const { cwd } = selection;
  const root = path === undefined ? (repositoryRoot(cwd) ?? cwd) : configRoot;
  if (flags.reverse) return reverse(selection, root, flags);

  const progress = new Progress();
  progress.show("Looking for source files …");
  const finds = findProjects(selection);
  refuseNothing(finds, selection, flags);
  if (flags.listInputs) {
    progress.clear();
    return listInputs(finds, path === undefined ? [] : [path], cwd);
  }
  if (flags.write || flags.interactive)
    removeLitter([...finds.sources, ...recordedFiles(root, readRecord(root))]);
  const result = codemod(finds, {
    ...config,
    cwd,
    onProject: (name, index, count) => progress.show(`Reading types (${index + 1}/${count}): ${name} …`),
  });
  progress.clear();
  tellBinary(finds, cwd);
  const added = flags.addDependency ? dependencyChanges(result.changes, cwd, namer(cwd)) : [];
  const all = { ...result, changes: [...result.changes, ...added] };
  if (flags.interactive) return interactive(all, cwd, root, flags);

  let outcome = flags.write ? "Written." : "Nothing was written.";
  if (flags.patch !== undefined) outcome = storePatch(all.changes, flags.patch, cwd);
  else if (flags.check) process.stdout.write(all.changes.map(({ name }) => `${name}\n`).join(""));
  else if (!flags.write) show(all);
  if (flags.write) await store(all, cwd, root, flags);
  tell(all, outcome);
  return flags.check && all.changes.length > 0 ? 1 : 0;
}

async function interactive(all: Codemod, cwd: string, root: string, flags: CodemodFlags): Promise<number> {
  if (!flags.force) refuseUncommitted(cwd, all.changes);
  const chosen = { ...all, changes: await choose(all.changes) };
  await store(chosen, cwd, root, flags);
  tell(chosen, chosen.changes.length > 0 ? "Written." : "Nothing was written.");
  return 0;
}

async function store(
  { changes }: Codemod,
  cwd: string,
  root: string,
  { force }: CodemodFlags,
): Promise<void> {
  if (changes.length === 0) return;
  if (!force) refuseUncommitted(cwd, changes);
  await writeChanges(changes, { root, content: recorded(readRecord(root), root, changes) });
}

function show({ changes }: Codemod): void {
  const { color } = terminal(process.stdout);
  for (const change of changes) process.stdout.write(`${diffLines(change, color).join("\n")}\n`);
}

/** The summary, which must not get into a list that a program reads. */
function tell({ changes, tally }: Codemod, outcome: string): void {
  const { width } = terminal(process.stderr);
  const sites = changes.reduce((sum, { rewrites }) => sum + rewrites, 0);
  const reported =
    tally.reported > 0
      ? ` ${tally.reported === 1 ? "One call site" : `${tally.reported} call sites`} can't be rewritten: tsocksify lint tells why.`
      : "";
  const text =
    changes.length === 0
      ? `Nothing to rewrite.${reported}`
      : `${sites} call ${sites === 1 ? "site" : "sites"} in ${changes.length} ${changes.length === 1 ? "file" : "files"}. ${outcome}${reported}`;
  process.stderr.write(`${wrapped(text, width).join("\n")}\n`);
}
