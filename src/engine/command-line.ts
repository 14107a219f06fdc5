import { shellCommands, wrapperCommands } from "../tables/commands.js";
import type { ConstantText } from "./constant-text.js";

/**
 * The programs that a line for the shell starts, by the first words of its commands. Of a line whose end is unknown, the
 * word that it breaks off in is none.
 */
export function programsOfLine({ text, isWhole }: ConstantText): string[] {
  const commands: ConstantText[][] = [[]];
  const nested: ConstantText[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) commands.at(-1)!.push({ text: word, isWhole: true });
    word = undefined;
  };
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]!;
    if (letter === "'" || letter === '"') {
      const closing = text.indexOf(letter, index + 1);
      const end = closing < 0 ? text.length : closing;
      const quoted = text.slice(index + 1, end);
      word = (word ?? "") + quoted;
      if (letter === '"') nested.push(...substitutionsIn(quoted));
      index = end;
    } else if (/[;&|(){}\n`]/.test(letter)) {
      endWord();
      commands.push([]);
    } else if (/\s/.test(letter)) endWord();
    else word = (word ?? "") + letter;
  }
  if (isWhole) endWord();
  return [...commands.flatMap(programsOf), ...nested.flatMap(programsOfLine)];
}

/** `$(…)` between double quotes runs, too. */
function substitutionsIn(quoted: string): ConstantText[] {
  const found = quoted.matchAll(/\$\(([^)]*)(\)?)|`([^`]*)(`)?/g);
  return [...found].map(([, ofParentheses, closing, ofTicks, tick]) => ({
    text: ofParentheses ?? ofTicks ?? "",
    isWhole: closing !== undefined || tick !== undefined,
  }));
}

/**
 * The programs that a command starts: itself and, where it runs others, those.
 *
 * @param words the command and its arguments, each as far as it is constant
 */
export function programsOf([first, ...rest]: readonly ConstantText[]): string[] {
  if (!first?.isWhole || first.text === "" || first.text === "$") return [];
  if (/^\w+=/.test(first.text)) return programsOf(rest);
  const name = first.text
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.(?:exe|cmd)$/i, "");
  if (wrapperCommands.has(name)) {
    const next = rest.findIndex(({ text, isWhole }) => !isWhole || !/^(?:-|\w+=|\d+[smhd]?$)/.test(text));
    return next < 0 ? [name] : [name, ...programsOf(rest.slice(next))];
  }
  const flag = Object.hasOwn(shellCommands, name) ? shellCommands[name] : undefined;
  const at = flag === undefined ? -1 : rest.findIndex(({ text }) => text.toLowerCase() === flag);
  const line = at < 0 ? undefined : rest[at + 1];
  return line === undefined ? [name] : [name, ...programsOfLine(line)];
}
