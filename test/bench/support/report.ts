import { comparison, inTurn, line, type Extent } from "./interleaved";
import { Timed } from "./commands";
import type { Command } from "./whole-process";

/** What is compared with what, by the names of the commands. */
export interface Question {
  readonly ours: string;
  readonly theirs: string;
  /** The ratio of wall times that is aimed at, at most. */
  readonly aim: number;
}

/** Runs commands in turn and prints a line for each question: wall time, processor time and peak memory of whole processes. */
export async function compareCommands(
  commands: Readonly<Record<string, Command>>,
  questions: readonly Question[],
  extent: Extent,
): Promise<void> {
  const timed = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [name, new Timed(command)]),
  );
  const ways = Object.fromEntries(Object.entries(timed).map(([name, { measure }]) => [name, measure]));
  const rounds = await inTurn(ways, extent);
  for (const { ours, theirs, aim } of questions) {
    const wall = line(`${ours} / ${theirs}`, "s", 1, comparison(rounds, ours, theirs));
    const pair = [timed[ours]!, timed[theirs]!];
    const cpu = pair.map(({ cpu }) => cpu.toFixed(1)).join(" against ");
    const memory = pair.map(({ peak }) => mebibytes(peak)).join(" against ");
    console.log(`${wall}, aim ${aim}; ${rounds.length} rounds; CPU ${cpu} s; peak memory ${memory} MiB`);
  }
}

export function mebibytes(bytes: number): string {
  return Number.isNaN(bytes) ? "?" : (bytes / 2 ** 20).toFixed(0);
}
