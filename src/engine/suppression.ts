import type ts from "typescript";
import { findingKinds, isOfDependency } from "../findings/index.js";
import { lineOf } from "./taken-out.js";
import type { FilePlan, Finding, Span, TypeScript } from "./vocabulary.js";

/** A comment that lets findings be. */
interface Suppression extends Span {
  /** The line, from 0, whose findings it is about; undefined: the whole file's. */
  readonly line: number | undefined;
  readonly codes: readonly string[];
  readonly reason: string;
}

/** What every such comment has in it. */
export const COMMENT = "tsocksify-ignore";

const words = String.raw`tsocksify-ignore(?<scope>-file)?(?<other>-\w[\w-]*)?(?![\w-])`;
const lineComment = new RegExp(String.raw`\/\/[ \t]*${words}(?<text>(?:(?!\*\/)[^\r\n])*)`, "g");
const blockComment = new RegExp(String.raw`\/\*[\s*]*${words}(?<text>(?:(?!\*\/)[^])*)\*\/`, "g");
/** White space and comments, and what is left of the line that a comment in JSX ends on. */
const untilCode = /[ \t{}]*(?:\s|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;

const known: ReadonlySet<string> = new Set(findingKinds.map(({ code }) => code));

/** Findings about comments themselves: no comment lets those be. */
const ownCodes: ReadonlySet<string> = new Set(["SOCKS1102", "SOCKS1103"]);

/**
 * A file's plan with the findings marked that a comment lets be: `// tsocksify-ignore SOCKS1003 -- reason` on the line or
 * the line before, `// tsocksify-ignore-file SOCKS1003 -- reason` anywhere. A comment that can't be read, or that no finding
 * needs, is a finding itself.
 *
 * @param whose what has been looked for: the file's own findings, or those of the packages that it imports. What comments
 *   say of the others is not judged.
 */
export function suppressed(ts: TypeScript, plan: FilePlan, whose: "own" | "dependencies" = "own"): FilePlan {
  const { file, findings } = plan;
  if (!file.text.includes(COMMENT)) return plan;
  const isLookedFor = (code: string): boolean => isOfDependency(code) === (whose === "dependencies");
  const suppressions = suppressionsOf(ts, file);
  const used = new Map<Suppression, Set<string>>();
  const marked = findings.map((finding): Finding => {
    const { line } = file.getLineAndCharacterOfPosition(finding.span?.start ?? finding.node.getStart(file));
    const about = suppressions.filter(
      (each) => isReadable(each) && each.codes.includes(finding.code) && (each.line ?? line) === line,
    );
    for (const each of about) used.set(each, (used.get(each) ?? new Set()).add(finding.code));
    return about[0] ? { ...finding, suppressed: about[0].reason } : finding;
  });
  const beside = suppressions.flatMap((each): Finding[] => {
    const { start, end } = each;
    const base = { node: file, span: { start, end }, isBeside: true } as const;
    if (!isReadable(each)) return whose === "own" ? [{ ...base, code: "SOCKS1103" }] : [];
    const codes = each.codes.filter(isLookedFor);
    const isUsed = codes.every((code) => used.get(each)?.has(code));
    // One of several codes that is not needed is told, and mended by hand.
    const isWhole = codes.length === each.codes.length && !used.has(each);
    const fix = isWhole ? { fix: [lineOf(file.text, start, end)] } : {};
    return isUsed ? [] : [{ ...base, code: "SOCKS1102", ...fix }];
  });
  return { ...plan, findings: [...marked, ...beside] };
}

function isReadable({ codes, reason }: Suppression): boolean {
  return reason !== "" && codes.length > 0 && codes.every((code) => known.has(code) && !ownCodes.has(code));
}

function suppressionsOf(ts: TypeScript, file: ts.SourceFile): Suppression[] {
  return [lineComment, blockComment]
    .flatMap((comment) => [...file.text.matchAll(comment)])
    .toSorted((a, b) => a.index - b.index)
    .filter(({ index }) => isComment(ts, file, index))
    .map((match): Suppression => {
      const { scope, other, text = "" } = match.groups as Partial<Record<"scope" | "other" | "text", string>>;
      const onOneLine = text.replace(/\s*\r?\n[ \t]*(?:\*(?!\/))?[ \t]*/g, " ").trimEnd();
      const [codes = "", ...reason] = onOneLine.split(/(?:^|\s)--(?:\s|$)/);
      return {
        start: match.index,
        end: match.index + match[0].trimEnd().length,
        line: scope ? undefined : lineAbout(file, match.index, match.index + match[0].length),
        // `tsocksify-ignore-next-line` is another tool's word: it can't be read.
        codes: other ? [] : codes.split(/[\s,]+/).filter((code) => code !== ""),
        reason: reason.join(" -- ").trim(),
      };
    });
}

/** The line that a comment stands in or, where it stands alone, the next one that is more than a comment. */
function lineAbout(file: ts.SourceFile, start: number, end: number): number {
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const lines = file.getLineStarts();
  const before = file.text.slice(lines[lineAt(start)], start);
  const after = file.text.slice(end, lines[lineAt(end) + 1]);
  if (/[^\s{}]/.test(before)) return lineAt(start);
  if (/[^\s{}]/.test(after)) return lineAt(end);
  untilCode.lastIndex = end;
  return lineAt(end + (untilCode.exec(file.text)?.[0].length ?? 0));
}

/** Not what a string, a template, a regular expression or the text of JSX says. */
function isComment(ts: TypeScript, file: ts.SourceFile, position: number): boolean {
  const visit = (node: ts.Node): boolean => {
    if (position < node.getFullStart() || position >= node.end) return false;
    if (position >= node.getStart(file) && isText(ts, node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return !visit(file);
}

function isText({ SyntaxKind }: TypeScript, { kind }: ts.Node): boolean {
  return [
    SyntaxKind.StringLiteral,
    SyntaxKind.NoSubstitutionTemplateLiteral,
    SyntaxKind.TemplateHead,
    SyntaxKind.TemplateMiddle,
    SyntaxKind.TemplateTail,
    SyntaxKind.RegularExpressionLiteral,
    SyntaxKind.JsxText,
  ].includes(kind);
}
