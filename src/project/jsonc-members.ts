import { createScanner, type Edit, type Node } from "jsonc-parser";
import { lineEndOf } from "../engine/line-ends.js";

/**
 * Edits of objects and lists in JSON with comments, which touch nothing but the member that comes or goes:
 * jsonc-parser's own `modify` takes the comments around it away, and lays out its neighbours anew.
 */

/**
 * The edits that put a member into an object or a list.
 *
 * @param index how many members it comes behind; default: all
 */
export function insertMember(text: string, container: Node, member: string, index?: number): Edit[] {
  const next = index === undefined ? undefined : container.children?.[index];
  if (next) return insertBefore(text, next, member);
  const last = container.children?.at(-1);
  const eol = lineEndOf(text);
  if (!last) {
    const outer = indentAt(text, container.offset);
    const inner = outer + indentUnit(text);
    const [open, close] = isOnLines(text, container)
      ? [`${eol}${inner}`, `${eol}${outer}`]
      : [gapIn(text), gapIn(text)];
    const content = `${open}${member}${close}`;
    return [{ offset: container.offset + 1, length: container.length - 2, content }];
  }
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const before = comma === undefined ? [{ offset: end, length: 0, content: "," }] : [];
  if (!startsLine(text, last.offset)) {
    const offset = comma === undefined ? end : comma + 1;
    return joined([...before, { offset, length: 0, content: `${gapIn(text)}${member}` }]);
  }
  const place = endOfLine(text, comma === undefined ? end : comma + 1);
  const trailing = comma === undefined ? "" : ",";
  const content = `${eol}${indentAt(text, last.offset)}${member}${trailing}`;
  return joined([...before, { offset: place, length: 0, content }]);
}

function insertBefore(text: string, { offset }: Node, member: string): Edit[] {
  const gap = startsLine(text, offset) ? lineEndOf(text) + indentAt(text, offset) : gapIn(text);
  return [{ offset, length: 0, content: `${member},${gap}` }];
}

/**
 * How a member is written among those of an object.
 *
 * @param isOnLines whether an object as its value has a line for each member
 */
export function memberText(text: string, name: string, value: unknown, isOnLines: boolean): string {
  const gap = gapIn(text);
  const key = `${JSON.stringify(name)}:${gap}`;
  if (typeof value !== "object" || value === null) return key + JSON.stringify(value);
  const members = Object.entries(value).map(([each, inner]) => memberText(text, each, inner, false));
  if (!isOnLines) return `${key}{${gap}${members.join(`,${gap}`)}${gap}}`;
  const indent = indentUnit(text);
  const eol = lineEndOf(text);
  const lines = members.map((each) => `${eol}${indent}${indent}${each}`);
  return `${key}{${lines.join(",")}${eol}${indent}}`;
}

/** Whether the members of an object or a list have, or would have, lines of their own. */
export function isOnLines(text: string, { children = [] }: Node): boolean {
  const last = children.at(-1);
  return last ? startsLine(text, last.offset) : text.trim().includes("\n");
}

/** The edits that take a member out, with its line where it has one to itself. */
export function removeMember(text: string, container: Node, member: Node): Edit[] {
  const children = container.children!;
  const previous = children[children.indexOf(member) - 1];
  const comma = commaAfter(text, member.offset + member.length);
  const end = comma === undefined ? member.offset + member.length : comma + 1;
  const lineEnd = endOfLine(text, end);
  const isAlone = startsLine(text, member.offset) && /^(?:\r?\n|$)/.test(text.slice(lineEnd));
  const from = isAlone ? member.offset - indentAt(text, member.offset).length : member.offset;
  const to = isAlone
    ? lineEnd + /^\r?\n?/.exec(text.slice(lineEnd))![0].length
    : end + /^[ \t]*/.exec(text.slice(end))![0].length;
  // The last one goes: the comma before it would be one too many.
  const orphan =
    comma === undefined && previous ? commaAfter(text, previous.offset + previous.length) : undefined;
  if (orphan === undefined) return [{ offset: from, length: to - from, content: "" }];
  return isAlone
    ? [
        { offset: orphan, length: 1, content: "" },
        { offset: from, length: to - from, content: "" },
      ]
    : [{ offset: orphan, length: end - orphan, content: "" }];
}

/** One tab, or as many spaces as the first indented line has. */
export function indentUnit(text: string): string {
  return /^[ \t]+(?=["}\]])/m.exec(text)?.[0] ?? "  ";
}

/** What stands between a colon and a value. */
function gapIn(text: string): string {
  return /"[ \t]*:(?! )/.test(text) ? "" : " ";
}

function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const place = scanner.getTokenOffset();
  return text[place] === "," ? place : undefined;
}

/** The end of the line, where nothing but a comment follows; the place itself, where something does. */
function endOfLine(text: string, offset: number): number {
  const rest = /^[ \t]*(?:\/\*[^\r\n]*?\*\/[ \t]*)*(?:\/\/[^\r\n]*)?/.exec(text.slice(offset))![0];
  return /^(?:\r?\n|$)/.test(text.slice(offset + rest.length)) ? offset + rest.length : offset;
}

function startsLine(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(0, offset));
}

function indentAt(text: string, offset: number): string {
  return /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, offset))![1]!;
}

/** Two insertions at one place are one. */
function joined(edits: readonly Edit[]): Edit[] {
  const [first, second] = edits;
  if (!first || !second || first.offset !== second.offset) return [...edits];
  return [{ ...first, content: first.content + second.content }];
}
