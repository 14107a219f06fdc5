import { SOCKSinit } from "@tsocksify/runtime";
import { Command, InvalidArgumentError, Option } from "commander";
import { port, runCommand } from "../command-line.js";
import { session } from "./session.js";

const epilogue = `
Standard input may be a file or a pipe: at its end the session goes on until the other side ends it.

Exit codes: 0 the session has ended; 1 it could not begin, or broke; 2 wrong use.`;

interface Options {
  port?: number;
  escape: number | false;
  halfClose?: boolean;
}

/**
 * The command `rtelnet`.
 *
 * @returns the exit code
 */
export function main(args: readonly string[]): Promise<number> {
  const command = new Command("rtelnet")
    .description("A telnet client, through SOCKS.")
    .argument("<host>", "its name, which the proxy resolves, or its address")
    .argument("[port]", "of the service", port)
    .option("-p, --port <port>", "the same (default: 23)", port)
    .addOption(
      new Option("-e, --escape <character>", "leads to the client's own commands: ^ and a letter")
        .argParser(control)
        .default(0x1d, "^]"),
    )
    .option("-E, --no-escape", "every key is for the other side")
    .option(
      "-N, --half-close",
      "close the sending side at the end of standard input, as services other than telnet may need",
    )
    .addHelpText("after", epilogue);
  return runCommand(command, args, async () => {
    SOCKSinit("rtelnet");
    const [host, argument] = command.processedArgs as [string, number | undefined];
    const { port: option, escape, halfClose = false } = command.opts<Options>();
    await session({
      host,
      port: argument ?? option ?? 23,
      halfClose,
      escape: escape === false ? undefined : escape,
    });
    return 0;
  });
}

function control(text: string): number {
  const letter = /^\^([A-Z[\\\]^_])$/i.exec(text)?.[1];
  if (!letter) throw new InvalidArgumentError("It is written as ^] is.");
  return letter.toUpperCase().charCodeAt(0) & 0x1f;
}
