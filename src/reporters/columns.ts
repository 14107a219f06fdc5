/** Scripts and signs that take two columns of a terminal: Unicode's East Asian Wide, as far as source text has it. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/u;

/** How many columns a text without control characters takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) columns += wide.test(sign) ? 2 : /\p{M}|\u200D|\uFE0F/u.test(sign) ? 0 : 1;
  return columns;
}

/**
 * Breaks a text at its spaces into lines that are no wider than `width`; a word that is wider stands alone.
 *
 * @param width columns
 */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
