import type { WriteStream } from "node:tty";
import type { Style } from "../reporters/index.js";

/** Columns where nobody says how many there are. */
const WIDTH = 80;
/** Lines that are longer than this are hard to read. */
const WIDEST = 140;

/** What an output can show: colours only on a terminal, or as NO_COLOR and FORCE_COLOR say. */
export function terminal(stream: Pick<WriteStream, "isTTY"> & Partial<Pick<WriteStream, "columns">>): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const color = NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== "0" : stream.isTTY && TERM !== "dumb";
  return { color: color ?? false, width: Math.min(stream.columns || WIDTH, WIDEST) };
}
