import { refuse } from "./rewrite.js";

const name = "[eval]";

/**
 * What `--eval`, `--print` and standard input bring is in no file, so that no types tell what is a socket: it stops before it
 * opens one. Node keeps the text in an undocumented property, at the latest when it is about to run it.
 */
export function interceptEvaluation(): void {
  const holder = process as { _eval?: string };
  let text = holder._eval;
  if (text !== undefined) refuse(name, text);
  Object.defineProperty(process, "_eval", {
    configurable: true,
    enumerable: true,
    get: () => text,
    set(code: string) {
      refuse(name, code);
      text = code;
    },
  });
}
