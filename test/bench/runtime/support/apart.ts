import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * Runs `file` in a process of its own, so that servers do not share the loop of the client that is measured.
 *
 * @param file a module that sends one message to its parent when it is ready
 * @returns that message, and what ends the process
 */
export async function apart<Message>(
  file: string,
  args: readonly string[] = [],
): Promise<{ message: Message; stop(): void }> {
  const child = fork(file, args, { execArgv: ["--import", "tsx"] });
  const [message] = (await once(child, "message")) as [Message];
  return { message, stop: () => void child.kill() };
}
