import { Command, CommanderError } from "commander";
import { isTooDeep, TOO_DEEP, TooDeep } from "../engine/nesting.js";
import { OptionError } from "../options/read.js";
import { Interrupted } from "../hosts/codemod/transaction.js";
import { InputError } from "../project/input-error.js";
import { isSystemError, systemErrorText } from "../project/system-error.js";
import { version } from "../version.js";
import { helpText } from "./help-text.js";

/** Gives a command its arguments, options and action. */
export type SetUp = (command: Command, finish: (code: number) => void) => void;

/** A command of `tsocksify`: one file each, which is loaded only where the command is named. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly setUp: SetUp }>;
}

const commands: readonly Entry[] = [
  {
    name: "init",
    summary: "find out what this project has, and set up what suits it",
    load: () => import("./init.js"),
  },
  {
    name: "lint",
    summary: "tell what touches a socket, and what of it can't be SOCKSified",
    load: () => import("./lint.js"),
  },
  {
    name: "codemod",
    summary: "rewrite the source itself; by default, show the diff and write nothing",
    load: () => import("./codemod.js"),
  },
  {
    name: "build",
    summary: "compile as tsc does, and make it a SOCKS client",
    load: () => import("./build.js"),
  },
  {
    name: "route",
    summary: "tell which way a destination would go, and which rule decides; connect to nothing",
    load: () => import("./route.js"),
  },
  {
    name: "doctor",
    summary: "ask the proxies what they can do, and see whether this project gets SOCKSified",
    load: () => import("./doctor.js"),
  },
];

const epilogue = `
Exit codes: 0 clean; 1 findings at error level, or changes that are pending; 2 wrong use, wrong configuration,
files that can't be looked at, or a fault of tsocksify's own.

  tsocksify init --dry-run             what suits this project, as a diff
  tsocksify lint                       what is there to SOCKSify here, and what can't be
  tsocksify lint -p . --reporter sarif=socks.sarif --reporter pretty
  tsocksify lint --explain src/ftp.ts:42
  tsocksify lint --fix                 mend what can be mended without changing what the program does
  tsocksify codemod src                the rewritten source, as a diff
  tsocksify codemod src --write --add-dependency
  tsocksify build -p .                 what tsc does, and a SOCKS client
  tsocksify doctor --target db.example:5432
  tsocksify route db.example 5432      direct, through which proxy, or denied; and why

\`tsocksify help COMMAND\` tells the rest.`;

/**
 * The command line of `tsocksify`.
 *
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on("error", notWritten);
  // There is nobody left to tell.
  process.stderr.on("error", () => undefined);
  let code = 0;
  const program = new Command("tsocksify")
    .description("Makes a TypeScript or JavaScript program a SOCKS client.")
    .version(version, "-V, --version")
    .addHelpText("after", helpText(epilogue))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) });
  try {
    for (const { name, summary, load } of commands) {
      const command = program.command(name).description(summary);
      if (args.includes(name)) (await load()).setUp(command, (result) => (code = result));
    }
    await program.parseAsync(helpOnNothing(args) ? args.slice(1) : [...args], { from: "user" });
    return code;
  } catch (error) {
    return codeOf(error);
  }
}

/** `tsocksify help lnt`, which commander would answer with the help of all. */
function helpOnNothing([help, name]: readonly string[]): boolean {
  return help === "help" && name !== undefined && commands.every((each) => each.name !== name);
}

/** What went wrong, in one line, and the exit code for it. */
function codeOf(error: unknown): number {
  // Commander has said it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    say(error.message);
    return 130;
  }
  if (error instanceof InputError || error instanceof OptionError) say(error.message);
  else if (isTooDeep(error))
    say(error instanceof TooDeep ? error.message : `a file that is compiled: ${TOO_DEEP}`);
  else if (isSystemError(error)) say(systemErrorText(error, process.cwd()));
  else say(`a fault of tsocksify ${version} itself: ${(error as Error)?.stack ?? String(error)}`);
  return 2;
}

function say(text: string): void {
  process.stderr.write(`tsocksify: ${text}\n`);
}

/** `error: unknown option '--wirte'\n(Did you mean --write?)` */
function oneLine(text: string): string {
  const [first, hint] = text.trim().split("\n");
  return `tsocksify: ${first!.replace(/^error: /, "")}${hint ? ` ${hint}` : ""}\n`;
}

/** Standard output failed. A reader that has seen enough (`tsocksify lint | head`) changes nothing of the result. */
function notWritten(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE" || hasFailed) return;
  hasFailed = true;
  say(`standard output: ${systemErrorText(error, process.cwd())}`);
  // What is being done is brought to its end.
  process.once("exit", () => (process.exitCode = 2));
}

let hasFailed = false;
