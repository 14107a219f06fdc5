import { parseArgs } from "node:util";
import type { Extent } from "./interleaved";

/** `--rounds` and `--seconds`: rounds of each comparison, and after how many seconds it begins no other. */
export function extentOf(defaults: { readonly rounds: number; readonly seconds: number }): Extent {
  const { values } = parseArgs({ options: { rounds: { type: "string" }, seconds: { type: "string" } } });
  const number = (text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : Number(text);
  return {
    rounds: number(values.rounds, defaults.rounds),
    seconds: number(values.seconds, defaults.seconds),
  };
}
