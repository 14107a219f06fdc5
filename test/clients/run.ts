import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { missing } from "../support/peers/required";
import type { Output } from "../support/project";

/** Why tests at a terminal are skipped, or false. */
export const terminalSkip = missing("bsdutils", "/usr/bin/script");

/** What to type when the output so far ends like this; undefined is the end of the input. */
export type Dialogue = readonly (readonly [prompt: RegExp, answer: string | undefined])[];

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Standard input, in whole. */
  input?: string;
  /** Standard input, bit by bit. */
  dialogue?: Dialogue;
  /** With a terminal of 33 rows and 77 columns for standard input, output and errors. */
  terminal?: boolean;
}

/** Runs `bin/<client>.js`. */
export async function runClient(
  client: "rftp" | "rtelnet",
  args: readonly string[],
  { env = {}, cwd, input, dialogue = [], terminal = false }: RunOptions = {},
): Promise<Output> {
  const program = join(__dirname, `../../bin/${client}.js`);
  const [file, ...rest] = terminal
    ? [
        "/usr/bin/script",
        "-qec",
        `stty rows 33 cols 77; "${process.execPath}" "${program}" ${args.join(" ")}`,
        "/dev/null",
      ]
    : [process.execPath, program, ...args];
  const child = spawn(file!, rest, {
    cwd,
    env: { PATH: process.env.PATH, TERM: "vt100", ...env },
    timeout: 30_000,
  });
  const output = { stdout: "", stderr: "" };
  let turn = 0;
  let seen = 0;
  child.stdin.on("error", () => {});
  child.stdout.on("data", (chunk) => {
    output.stdout += String(chunk);
    for (;;) {
      const [prompt, answer] = dialogue[turn] ?? [];
      const found = prompt?.exec(output.stdout.slice(seen));
      if (!found) return;
      seen += found.index + found[0].length;
      turn++;
      if (answer === undefined) child.stdin.end();
      else child.stdin.write(answer);
    }
  });
  child.stderr.on("data", (chunk) => (output.stderr += String(chunk)));
  if (dialogue.length === 0) child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...output };
}
