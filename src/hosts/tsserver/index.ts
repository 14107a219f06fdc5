import type ts from "typescript";
import type { TypeScript } from "../../engine/index.js";
import { allFixes, fixableCodes, fixesAt } from "./code-fixes.js";
import { faultIn, findingsIn } from "./diagnostics.js";
import { Look } from "./look.js";
import { refactored, refactorsAt } from "./refactors.js";

/** The last decoration of each project: when its tsconfig.json changes, the server decorates the one before again. */
const newest = new WeakMap<ts.server.Project, Look>();

/**
 * The plugin for TypeScript's language server, which editors run: findings as diagnostics, quick fixes for those that
 * have a safe one, and refactorings that SOCKSify a call or a file. It throws nothing at the server: what goes wrong is
 * a diagnostic of the file, and in the server's log.
 *
 * @param modules what the server gives every plugin: its own TypeScript
 */
export default function init({ typescript: ts }: { typescript: TypeScript }): ts.server.PluginModule {
  return { create: (info) => decorated(ts, info) };
}

function decorated(ts: TypeScript, info: ts.server.PluginCreateInfo): ts.LanguageService {
  const { languageService: service, project } = info;
  const look = new Look(ts, info);
  newest.set(project, look);

  const ours = <T>(fileName: string, say: () => T[], onFault: (error: unknown) => T[] = () => []): T[] => {
    if (newest.get(project) !== look) return [];
    try {
      return say();
    } catch (error) {
      // The editor has changed its mind, and the server waits for this.
      if (error instanceof ts.OperationCanceledException) throw error;
      look.log(`${fileName}: ${(error as Error).stack ?? String(error)}`);
      return onFault(error);
    }
  };

  return {
    ...service,
    getSemanticDiagnostics: (fileName) => [
      ...service.getSemanticDiagnostics(fileName),
      ...ours(
        fileName,
        () => findingsIn(look, fileName),
        (error) => [faultIn(ts, service.getProgram()?.getSourceFile(fileName), error)],
      ),
    ],
    getSupportedCodeFixes: (fileName) => [...service.getSupportedCodeFixes(fileName), ...fixableCodes],
    getCodeFixesAtPosition: (fileName, start, end, codes, ...rest) => [
      ...service.getCodeFixesAtPosition(fileName, start, end, codes, ...rest),
      ...ours(fileName, () => fixesAt(look, fileName, start, end, codes)),
    ],
    getCombinedCodeFix(scope, fixId, ...rest) {
      const changes = ours(scope.fileName, () => allFixes(look, scope.fileName, fixId));
      return changes.length > 0 ? { changes } : service.getCombinedCodeFix(scope, fixId, ...rest);
    },
    getApplicableRefactors: (fileName, at, preferences, reason, kind, ...rest) => [
      ...service.getApplicableRefactors(fileName, at, preferences, reason, kind, ...rest),
      ...ours(fileName, () => refactorsAt(look, fileName, at, kind)),
    ],
    getEditsForRefactor(fileName, format, at, refactorName, actionName, ...rest) {
      const [edits] = ours(fileName, () => refactored(look, fileName, at, refactorName, actionName));
      return edits ?? service.getEditsForRefactor(fileName, format, at, refactorName, actionName, ...rest);
    },
  };
}
