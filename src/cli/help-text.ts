import { wrapped } from "../reporters/columns.js";
import { terminal } from "./terminal.js";

/** Where less than that is left for what an item means, it stands below the item. */
const NARROWEST = 20;
const BELOW = 6;

/** For commander: a text below the options, as wide as the terminal. */
export function helpText(text: string): () => string {
  return () => laidOut(text, terminal(process.stdout).width);
}

/**
 * Lines that begin with a letter are filled up; one that begins with two spaces is an item, and what it means comes
 * behind two spaces more.
 *
 * @param width columns
 */
export function laidOut(text: string, width: number): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) lines.push(...wrapped(paragraph.join(" "), width));
    paragraph = [];
  };
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) {
      paragraph.push(line);
      continue;
    }
    flush();
    lines.push(...itemLines(line, width));
  }
  flush();
  return lines.join("\n");
}

function itemLines(line: string, width: number): string[] {
  const [, item, meaning] = /^( {2}\S.*?\s{2,})(\S.*)$/.exec(line) ?? [];
  if (item === undefined || line.length <= width) return [line];
  if (width - item.length < NARROWEST)
    return [item.trimEnd(), ...wrapped(meaning!, width - BELOW).map((each) => " ".repeat(BELOW) + each)];
  return wrapped(meaning!, width - item.length).map((each, index) =>
    index === 0 ? item + each : " ".repeat(item.length) + each,
  );
}
