import type ts from "typescript";
import { isJavaScript } from "../syntax.js";
import type { Rewrite, TypeScript } from "../vocabulary.js";

/** A replacement of the text from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What the new text stands for in source maps and diagnostics: a position in the original text. */
  readonly anchor?: number;
}

export interface TextContext {
  readonly ts: TypeScript;
  readonly file: ts.SourceFile;
  /** How this file writes an R-form. */
  reference(to: Rewrite["to"]): string;
}

export interface NodeContext {
  readonly ts: TypeScript;
  readonly factory: ts.NodeFactory;
  /** An expression for the rewrite's R-form, mapped to the name that it replaces. */
  reference(rewrite: Rewrite): ts.Expression;
  /** The node with the rewrites inside it carried out. */
  visit<T extends ts.Node>(node: T): T;
}

/** One way to rewrite a call site, as text and as nodes. Both give the same program. */
export interface Shape {
  edits(rewrite: Rewrite, context: TextContext): Edit[];
  node(rewrite: Rewrite, context: NodeContext): ts.Node;
}

/**
 * What is left of a piece of text when its tokens go: comments and line breaks, so that lines stay where they are.
 */
export function triviaOf(ts: TypeScript, text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  let trivia = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind >= ts.SyntaxKind.FirstTriviaToken && kind <= ts.SyntaxKind.LastTriviaToken)
      trivia += scanner.getTokenText();
  return trivia.replace(/[ \t]+$/, "");
}

/** Where an expression starts: with its cast, if that is a comment, as in JavaScript. */
export function startOf(ts: TypeScript, file: ts.SourceFile, node: ts.Node): number {
  const start = node.getStart(file);
  if (!isJavaScript(file) || file.text[start] !== "(") return start;
  const trivia = file.text.slice(node.pos, start);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, trivia);
  let cast = start;
  let at = node.pos;
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const text = scanner.getTokenText();
    if (kind === ts.SyntaxKind.MultiLineCommentTrivia)
      cast = /^\/\*\*[^]*@(?:type|satisfies)\b/.test(text) ? at : start;
    at += text.length;
  }
  return cast;
}
