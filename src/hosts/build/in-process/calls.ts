import type ts from "typescript";
import { textEdits, type FilePlan, type TypeScript } from "../../../engine/index.js";
import { EditedText } from "../edited.js";
import { isAboutUnusedName, isMissingRuntime } from "../call-errors.js";

/**
 * What the type checker says of the R-calls: errors that the rewritten files have and the user's own have not, at
 * the user's own positions.
 */
export function checkCalls(ts: TypeScript, program: ts.Program, plans: Iterable<FilePlan>): ts.Diagnostic[] {
  const edited = new Map<string, { plan: FilePlan; text: EditedText }>();
  for (const plan of plans) {
    if (plan.rewrites.length === 0) continue;
    const text = new EditedText(plan.file.text, textEdits(ts, plan, { placement: "same-line" }));
    edited.set(plan.file.fileName, { plan, text });
  }
  if (edited.size === 0) return [];
  const texts = new Map([...edited].map(([name, { text }]) => [name, text.text]));
  const rewritten = withTexts(ts, program, texts);
  return [...edited].flatMap(([fileName, { plan, text }]) => {
    const file = rewritten.getSourceFile(fileName);
    if (!file) return [];
    const known = new Set(
      program.getSemanticDiagnostics(plan.file).map((each) => lineOf(plan.file, each.start)),
    );
    const errors = rewritten.getSemanticDiagnostics(file);
    const missing = errors.filter(({ code, messageText }) =>
      isMissingRuntime(code, ts.flattenDiagnosticMessageText(messageText, " ")),
    );
    return (missing.length > 0 ? missing : errors)
      .filter(({ code, category }) => !isAboutUnusedName(code) && category === ts.DiagnosticCategory.Error)
      .map((each): ts.Diagnostic => {
        const start = text.nearestOf(each.start ?? 0);
        const end = text.nearestOf((each.start ?? 0) + (each.length ?? 0));
        return {
          ...each,
          file: plan.file,
          start,
          length: Math.max(0, end - start),
          relatedInformation: undefined,
        };
      })
      .filter((each) => !known.has(lineOf(plan.file, each.start)));
  });
}

/** One error a line: the checker may put the same complaint another way. */
function lineOf(file: ts.SourceFile, start = 0): number {
  return file.getLineAndCharacterOfPosition(start).line;
}

/** The same program with other texts in some files; everything else is taken over as it is. */
function withTexts(ts: TypeScript, program: ts.Program, texts: ReadonlyMap<string, string>): ts.Program {
  const options = program.getCompilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile } = host;
  host.getSourceFile = (fileName, languageVersionOrOptions, ...rest) => {
    const text = texts.get(fileName);
    if (text !== undefined) return ts.createSourceFile(fileName, text, languageVersionOrOptions);
    return program.getSourceFile(fileName) ?? getSourceFile(fileName, languageVersionOrOptions, ...rest);
  };
  host.readFile = (fileName) => texts.get(fileName) ?? readFile(fileName);
  return ts.createProgram({
    rootNames: program.getRootFileNames(),
    options,
    host,
    projectReferences: program.getProjectReferences(),
  });
}
