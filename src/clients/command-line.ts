import { CommanderError, InvalidArgumentError, type Command } from "commander";

/**
 * Runs a client's command line.
 *
 * @param run what it is for, given the parsed command; it returns the exit code
 * @returns the exit code: 2 for wrong use, 1 where `run` throws, with one line on standard error for each
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  run: () => Promise<number>,
): Promise<number> {
  const say = (text: string): boolean => process.stderr.write(`${command.name()}: ${text}\n`);
  command.exitOverride().configureOutput({
    outputError: (text) =>
      void say(
        text
          .trim()
          .split("\n")[0]!
          .replace(/^error: /, ""),
      ),
  });
  // `rftp … | head`: nobody reads on.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(1);
  });
  try {
    command.parse(args, { from: "user" });
    return await run();
  } catch (error) {
    // Commander has said it already; help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    say((error as Error).message);
    return 1;
  }
}

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 0xffff)
    throw new InvalidArgumentError("A port is a number from 1 to 65535.");
  return number;
}
