import type ts from "typescript";
import {
  elidesImports,
  emitsCommonJS,
  renderNodes,
  type FilePlan,
  type TypeScript,
} from "../../engine/index.js";

/** A `before` transformer that carries out the plans of a program's files. */
export function rewriter(
  ts: TypeScript,
  plans: ReadonlyMap<ts.SourceFile, FilePlan>,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const original = ts.getOriginalNode(file) as ts.SourceFile;
    const plan = plans.get(original);
    if (!plan || plan.rewrites.length === 0) return file;
    const compilerOptions = context.getCompilerOptions();
    return renderNodes(ts, context, file, plan, {
      runtime: emitsCommonJS(ts, original, compilerOptions) ? "require" : "import",
      elide: elidesImports(original, compilerOptions),
    });
  };
}
