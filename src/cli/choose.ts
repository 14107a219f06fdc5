import { createInterface } from "node:readline";
import type { Change } from "../hosts/codemod/change.js";
import { diffLines } from "../reporters/diff.js";
import { terminal } from "./terminal.js";

/**
 * Shows each change and asks whether to write it: yes, no, all (this one and the rest) or quit (no more; the end of
 * input means the same).
 *
 * @returns the changes that were agreed to
 */
export async function choose(changes: readonly Change[]): Promise<Change[]> {
  const lines = createInterface({ input: process.stdin });
  const answers = lines[Symbol.asyncIterator]();
  const chosen: Change[] = [];
  try {
    for (const [index, change] of changes.entries()) {
      process.stdout.write(`${diffLines(change, terminal(process.stdout).color).join("\n")}\n`);
      const answer = await ask(answers, `Write ${change.name} (${index + 1}/${changes.length})?`);
      if (answer === "a") return [...chosen, ...changes.slice(index)];
      if (answer === "q") return chosen;
      if (answer === "y") chosen.push(change);
    }
    return chosen;
  } finally {
    lines.close();
  }
}

async function ask(answers: AsyncIterator<string>, question: string): Promise<"y" | "n" | "a" | "q"> {
  for (;;) {
    process.stdout.write(`${question} [y]es, [n]o, [a]ll, [q]uit: `);
    const { done, value } = await answers.next();
    if (done) {
      process.stdout.write("\n");
      return "q";
    }
    const [letter] = value.trim().toLowerCase();
    if (letter === "y" || letter === "n" || letter === "a" || letter === "q") return letter;
  }
}
