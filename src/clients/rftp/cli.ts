import { SOCKSinit } from "@tsocksify/runtime";
import { Command } from "commander";
import { port, runCommand } from "../command-line.js";
import type { Context } from "./commands.js";
import { help, interpret } from "./interpreter.js";
import { Refusal } from "./reply.js";
import { Session } from "./session.js";
import { Terminal } from "./terminal.js";

const epilogue = `
Commands, from a terminal or from standard input, where the first that fails ends it:

${help()}

Exit codes: 0 all went well; 1 something failed; 2 wrong use.`;

interface Options {
  active?: boolean;
  login: boolean;
  verbose?: boolean;
}

/**
 * The command `rftp`.
 *
 * @returns the exit code
 */
export function main(args: readonly string[]): Promise<number> {
  const command = new Command("rftp")
    .description("An FTP client, through SOCKS.")
    .argument("[host]", "its name, which the proxy resolves, or its address")
    .argument("[port]", "of the service (default: 21)", port)
    .option("-A, --active", "the server connects back to us, through BIND (default: passive)")
    .option("-n, --no-login", "do not log in as anonymous, or ask who you are")
    .option("-v, --verbose", "show all answers of the server, as a terminal gets them")
    .addHelpText("after", epilogue);
  return runCommand(command, args, () => {
    const [host, at] = command.processedArgs as [string | undefined, number | undefined];
    return converse(host, at, command.opts<Options>());
  });
}

async function converse(host: string | undefined, at: number | undefined, options: Options): Promise<number> {
  // Whoever is to connect back is behind the proxy.
  SOCKSinit("rftp", { bind: "bind" });
  const terminal = new Terminal();
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const showsAll = terminal.isInteractive || options.verbose === true;
  const session = new Session(({ text }) => {
    if (showsAll) process.stderr.write(`${text}\n`);
  });
  session.passive = !options.active;
  const context: Context = {
    session,
    print,
    show: ({ text }) => {
      if (!showsAll) print(text);
    },
    ask: (question, hidden) => terminal.ask(question, hidden),
  };
  try {
    if (host !== undefined) {
      await session.open(host, at ?? 21);
      if (options.login) await logIn(context, host);
    }
    for (;;) {
      const line = await terminal.line("rftp> ");
      try {
        if (line === undefined || !(await interpret(line, context))) break;
      } catch (error) {
        if (!terminal.isInteractive) throw error;
        // An answer has been shown as all are.
        if (!(error instanceof Refusal)) process.stderr.write(`${(error as Error).message}\n`);
      }
    }
    await session.close();
    return 0;
  } finally {
    session.drop();
    terminal.close();
  }
}

async function logIn({ session, ask }: Context, host: string): Promise<void> {
  const name = (await ask(`Name (${host}:anonymous): `)) || "anonymous";
  await session.login(name, async () => (await ask("Password: ", true)) || "anonymous@");
}
