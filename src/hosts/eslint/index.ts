import { countingFindings, reportOf, sourceEdits, type DecideOptions } from "../../engine/index.js";
import { engineOptions, modulesFrom } from "../../options/index.js";
import { version } from "../../version.js";
import { planOf, type LintedFile, type SourceCode } from "./plans.js";

/** The part of ESLint's interface that is used here; its types are for those who have it installed. */
interface Fixer {
  replaceTextRange(range: [number, number], text: string): unknown;
}

interface Context {
  readonly filename: string;
  /** The working directory, which relative paths in the options are relative to. */
  readonly cwd: string;
  readonly sourceCode: SourceCode;
  readonly options: readonly DecideOptions[];
  report(descriptor: {
    loc: { start: Position; end: Position };
    messageId: string;
    data: Readonly<Record<string, string>>;
    fix?: (fixer: Fixer) => unknown;
  }): void;
}

/** Lines from 1, columns from 0. */
interface Position {
  readonly line: number;
  readonly column: number;
}

const schema = [
  {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(engineOptions).map(([name, { schema, description }]) => [
        name,
        { description, ...schema },
      ]),
    ),
  },
];

function planFor({ sourceCode, filename, options: [options = {}], cwd }: Context): LintedFile | undefined {
  const { modules } = options;
  return planOf(sourceCode, filename, modules ? { ...options, modules: modulesFrom(modules, cwd) } : options);
}

/** What can't be SOCKSified: the findings of lint, by the same codes, but for those that a comment lets be. */
const findings = {
  meta: {
    type: "problem",
    docs: { description: "report what can't be SOCKSified" },
    fixable: "code",
    messages: { finding: "{{code}}: {{message}}." },
    schema,
  },
  create: (context: Context) => ({
    Program() {
      const linted = planFor(context);
      if (!linted) return;
      const { ts, plan } = linted;
      const placeOf = (position: number): Position => {
        const { line, character } = plan.file.getLineAndCharacterOfPosition(position);
        return { line: line + 1, column: character };
      };
      for (const { code, message, start, end, fix } of countingFindings(ts, plan))
        context.report({
          loc: { start: placeOf(start), end: placeOf(end) },
          messageId: "finding",
          data: { code, message },
          ...(fix
            ? {
                fix: (fixer) => fix.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text)),
              }
            : {}),
        });
    },
  }),
};

/** What would connect directly and can be rewritten, for those who keep SOCKSified sources. The fix is the codemod's. */
const direct = {
  meta: {
    type: "problem",
    docs: { description: "rewrite socket functions to their R-forms" },
    fixable: "code",
    messages: { direct: "'{{from}}' connects directly; its R-form is {{to}}." },
    schema,
  },
  create: (context: Context) => ({
    Program() {
      const linted = planFor(context);
      if (!linted || linted.plan.rewrites.length === 0) return;
      const { ts, plan } = linted;
      const { rewrites } = reportOf(ts, [plan], () => "");
      // All edits of a file belong together: an R-form without its import would be worse than none.
      const fix = (fixer: Fixer): unknown[] =>
        sourceEdits(ts, plan).map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
      for (const { from, to, line, column } of rewrites)
        context.report({
          loc: { start: { line, column: column - 1 }, end: { line, column } },
          messageId: "direct",
          data: { from, to },
          fix,
        });
    },
  }),
};

/**
 * The ESLint plugin, for flat configurations of ESLint 9 and 10:
 *
 *     import tsocksify from "tsocksify/eslint";
 *     export default [tsocksify.configs.recommended];
 */
export const meta = { name: "tsocksify", version };
export const rules = { findings, direct };
export const configs = {
  /** What can't be SOCKSified is an error. `direct` is for those who keep SOCKSified sources. */
  recommended: {
    name: "tsocksify/recommended",
    plugins: { tsocksify: { meta, rules } },
    rules: { "tsocksify/findings": "error" },
  },
} as const;
