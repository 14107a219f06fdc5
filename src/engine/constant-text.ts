import type ts from "typescript";
import { valueOf } from "./constants.js";
import type { TypeScript } from "./vocabulary.js";

/** The text that an expression gives, as far as it is constant. */
export interface ConstantText {
  readonly text: string;
  /** Nothing that isn't constant comes after it. */
  readonly isWhole: boolean;
}

const nothing: ConstantText = { text: "", isWhole: false };

/**
 * The text that an expression begins with. Where a file says its own place (`__dirname`, `import.meta.url`), and paths
 * are put together from that, the text is the path in this file's own folder.
 */
export function textOf(ts: TypeScript, node: ts.Expression): ConstantText {
  const value = valueOf(ts, node);
  if (ts.isStringLiteralLike(value)) return { text: value.text, isWhole: true };
  if (ts.isTemplateExpression(value))
    return concatenated([
      { text: value.head.text, isWhole: true },
      ...value.templateSpans.flatMap(({ expression, literal }) => [
        textOf(ts, expression),
        { text: literal.text, isWhole: true },
      ]),
    ]);
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return concatenated([textOf(ts, value.left), textOf(ts, value.right)]);
  const place = placeOf(ts, value);
  if (place !== undefined) return { text: place, isWhole: true };
  if (ts.isPropertyAccessExpression(value) && ["href", "pathname"].includes(value.name.text))
    return textOf(ts, value.expression);
  if (ts.isCallExpression(value) || ts.isNewExpression(value)) return madeText(ts, value);
  return nothing;
}

function concatenated(parts: readonly ConstantText[]): ConstantText {
  let text = "";
  for (const part of parts) {
    text += part.text;
    if (!part.isWhole) return { text, isWhole: false };
  }
  return { text, isWhole: true };
}

/** `__dirname`, `__filename`, `import.meta.dirname`, `import.meta.filename`, `import.meta.url` */
function placeOf(ts: TypeScript, node: ts.Expression): string | undefined {
  const { fileName } = node.getSourceFile();
  const isMeta = ts.isPropertyAccessExpression(node) && ts.isMetaProperty(node.expression);
  const name = isMeta ? node.name.text : ts.isIdentifier(node) ? node.text : undefined;
  if (name === (isMeta ? "dirname" : "__dirname")) return fileName.slice(0, fileName.lastIndexOf("/"));
  if (name === (isMeta ? "filename" : "__filename") || (isMeta && name === "url")) return fileName;
  return undefined;
}

/** `path.join(…)`, `new URL("./worker.js", import.meta.url)`, `fileURLToPath(…)`, `require.resolve("./worker")` */
function madeText(ts: TypeScript, node: ts.CallExpression | ts.NewExpression): ConstantText {
  const { expression: callee, arguments: given = [] } = node;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const texts = given.map((argument) => textOf(ts, argument));
  const [first = nothing, second] = texts;
  if (name === "fileURLToPath" || name === "String" || (name === "URL" && !second)) return first;
  if (texts.some(({ isWhole }) => !isWhole)) return nothing;
  if (name === "URL") return { text: below(parentOf(second!.text), first.text), isWhole: true };
  const isLookup = /^(?:require|import\.meta)\.resolve$/.test(callee.getText());
  if (isLookup && first.text.startsWith("."))
    return { text: below(parentOf(node.getSourceFile().fileName), first.text), isWhole: true };
  if (isLookup || (name !== "join" && name !== "resolve")) return nothing;
  return { text: texts.slice(1).reduce((path, { text }) => below(path, text), first.text), isWhole: true };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function below(folder: string, path: string): string {
  const steps = folder.split("/");
  for (const step of path.split("/"))
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  return steps.join("/");
}
