/** What ends a line. */
export const lineEnd = /\r\n?|\n/g;

/** What a text ends its lines with. */
export function lineEndOf(text: string): "\n" | "\r\n" | "\r" {
  if (text.includes("\r\n")) return "\r\n";
  return text.includes("\r") && !text.includes("\n") ? "\r" : "\n";
}
