import type ts from "typescript";
import { mayMatter, type TypeScript } from "../../engine/index.js";

/**
 * A transformer that stops at files of another program than the one it was made for: nothing is known of their types,
 * and passed over, their sockets would connect directly.
 *
 * @param modules what the option `modules` names
 * @throws Error, when it is given such a file, and that may have a call site
 */
export function withoutForeign(
  ts: TypeScript,
  program: ts.Program,
  modules: readonly string[] | undefined,
  factory: ts.TransformerFactory<ts.SourceFile>,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const transform = factory(context);
    return (file) => {
      const original = ts.getOriginalNode(file) as ts.SourceFile;
      const { fileName, text } = original;
      if (program.getSourceFile(fileName) !== original && mayMatter(text, modules))
        throw new Error(
          `tsocksify/transformer was made for another program than the one that ${fileName} is compiled in, and knows nothing of its types. Give it the present one (ts-loader: getCustomTransformers: (_, getProgram) => ({ before: [transformer(getProgram)] })), and turn off what compiles without types (ts-loader: transpileOnly).`,
        );
      return transform(file);
    };
  };
}
