import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import {
  applyEdits,
  inProcessResolver,
  mayMatter,
  planFiles,
  tallyOf,
  textEdits,
  type FilePlan,
  type Rewrite,
  type Tally,
} from "tsocksify";

/**
 * Rewrites tests of Node with our engine, as a codemod would: every call site that it recognises, no other byte.
 *
 * @param tests the folder `test` of Node's source
 * @param names files of `parallel`
 * @returns a new folder with the same layout, in which these files are rewritten, and what was done
 */
export function rewriteTests(tests: string, names: readonly string[]): { folder: string; tally: Tally } {
  // Within our repository, where the rewritten tests find @tsocksify/runtime.
  const folder = join(mkdtempSync(join(resolve(tests, "../../.."), "socksified-")), "test");
  mkdirSync(join(folder, "parallel"), { recursive: true });
  for (const part of ["common", "fixtures"]) symlinkSync(join(tests, part), join(folder, part));

  const paths = names.map((name) => join(tests, "parallel", name));
  const matter = paths.filter((path) => mayMatter(readFileSync(path, "utf8")));
  const program = ts.createProgram(matter, OPTIONS);
  const files = matter.map((path) => program.getSourceFile(path)!);
  const plans = planFiles(ts, files, inProcessResolver(ts, program.getTypeChecker()), {
    any: "dispatch",
  }).map(exceptNames);
  const rewritten = new Map(
    plans.map((plan) => [
      plan.file.fileName,
      applyEdits(plan.file.text, textEdits(ts, plan, { placement: "same-line" })),
    ]),
  );
  for (const name of names) {
    const path = join(tests, "parallel", name);
    writeFileSync(join(folder, "parallel", name), rewritten.get(path) ?? readFileSync(path, "utf8"));
  }
  return { folder, tally: tallyOf(plans) };
}

/**
 * Leaves the resolvers of the tests as they are: these ask a name server of the test's own, which speaks UDP alone,
 * for addresses to connect to. The rewritten ones would ask it over TCP.
 */
function exceptNames(plan: FilePlan): FilePlan {
  const isName = ({ to }: Rewrite) => /^(Rdns|@tsocksify\/runtime\/dns)\b/.test(to);
  return { ...plan, rewrites: plan.rewrites.filter((rewrite) => !isName(rewrite)) };
}

/** Scripts in the CommonJS of Node's own repository, with the types of Node 20. */
const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
  typeRoots: [resolve(__dirname, "../../node_modules/@types")],
  skipLibCheck: true,
  maxNodeModuleJsDepth: 0,
};
