import { printParseErrorCode, type ParseError } from "jsonc-parser";

/** What keeps a text from being JSON, and on which line, to follow the file's name. */
export function jsonError(text: string, { error, offset }: ParseError): string {
  const line = text.slice(0, offset).split("\n").length;
  return `:${line}: not JSON (${printParseErrorCode(error)})`;
}
