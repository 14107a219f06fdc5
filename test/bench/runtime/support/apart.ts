import { fork } from "node:child_process";
import { once } from "node:events";

/** A process that has said that it is ready. */
export interface Apart<Message> {
  /** What it said. */
  message: Message;
  /** Sends it a question, and waits for what it says to that. */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): void;
}

/**
 * Runs `file` in a process of its own, so that servers do not share the loop of the client that is measured, nor clients
 * one compiler.
 *
 * @param file a module that sends one message to its parent when it is ready
 */
export async function apart<Message>(file: string, args: readonly string[] = []): Promise<Apart<Message>> {
  const child = fork(file, args, { execArgv: ["--expose-gc", "--import", "tsx"] });
  const over = once(child, "exit").then(([code]) => {
    throw new Error(`${file} has ended, with ${code}`);
  });
  // Whoever waits for an answer is told; at the end nobody does.
  over.catch(() => undefined);
  const said = async <T>(): Promise<T> => ((await Promise.race([once(child, "message"), over])) as [T])[0];
  return {
    message: await said<Message>(),
    ask<Answer>(question: unknown) {
      child.send(question as object);
      return said<Answer>();
    },
    stop: () => void child.kill(),
  };
}
