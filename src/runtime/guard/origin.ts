import { dirname } from "node:path";

/** This package's own frames say nothing about who called. */
const OWN = dirname(__dirname);
const FRAME = /\(?((?:file:\/\/)?\/[^()]+:\d+:\d+|[A-Za-z]:\\[^()]+:\d+:\d+)\)?$/;

/** The innermost stack frame that is neither Node's nor this package's: "file:line:column". */
export function origin(): string | undefined {
  const { stack = "" } = new Error();
  for (const line of stack.split("\n").slice(1)) {
    const place = FRAME.exec(line)?.[1];
    if (place && !place.includes(OWN)) return place;
  }
  return undefined;
}
