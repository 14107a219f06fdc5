import { dirname } from "node:path";

/** "at name (file:line:column)" or "at file:line:column"; not "node:…", which is Node's. */
const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+)(:\d+:\d+)\)?$/;

/** http.get alone is ten calls deep. */
const DEPTH = 40;

/** The frames of a fresh stack that have a file, innermost first. */
function frames(): { file: string; place: string }[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack
    .split("\n")
    .map((line) => FRAME.exec(line))
    .filter((match) => match !== null)
    .map(([, file, position]) => ({ file: file!, place: `${file}${position}` }));
}

/** This package's own frames say nothing about who called; with source maps they are said to be elsewhere. */
const own = [
  dirname(__dirname),
  ...frames()
    .slice(0, 1)
    .map(({ file }) => dirname(dirname(file))),
];

/** The innermost stack frame that is neither Node's nor this package's: "file:line:column". */
export function origin(): string | undefined {
  return frames().find(({ file }) => !own.some((directory) => file.startsWith(directory)))?.place;
}
