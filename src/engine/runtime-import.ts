import type ts from "typescript";
import { RUNTIME } from "./catalogue.js";
import { requireSpecifier } from "./loading.js";
import type { FilePlan, TypeScript } from "./vocabulary.js";

/** How a file brings in other modules. */
export type ImportStyle = "import" | "import-require" | "require";

/** How a rewritten file refers to the runtime. */
export interface RuntimeImport {
  /** The statements that are missing, without their terminators. */
  readonly statements: readonly string[];
  /** How this file writes an R-form: `Rconnect`, `Rtls.connect`. */
  reference(name: { readonly to: string; readonly from?: string }): string;
}

/** The names that the rewrites of a file need from each module of the runtime, in the order of the modules' names. */
export function neededNames({ rewrites }: FilePlan): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, Set<string>>();
  for (const { shape, to, from = RUNTIME } of rewrites)
    if (shape !== "specifier") needed.set(from, (needed.get(from) ?? new Set()).add(rootOf(to)));
  return new Map(
    [...needed]
      .map(([from, names]) => [from, [...names].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What {@link FilePlan.runtime} calls an export of a module of the runtime. */
export function runtimeName(specifier: string, name: string): string {
  return specifier === RUNTIME ? name : `${specifier}#${name}`;
}

export function rootOf(to: string): string {
  return to.split(".", 1)[0]!;
}

/** A name that the file does not use yet: `base`, `base_1`, `base_2` … */
export function freeName(text: string, base: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? base : `${base}_${n}`;
    if (!new RegExp(String.raw`(?<![\w$])${name}(?![\w$])`).test(text)) return name;
  }
}

/**
 * The imports that a file's rewritten text needs, in the file's own style.
 *
 * @param quote the quotation mark to write the specifiers with
 */
export function runtimeImport(plan: FilePlan, style: ImportStyle, quote: string): RuntimeImport {
  return importOf(plan, neededNames(plan), style, quote);
}

/**
 * The same for any exports of the runtime.
 *
 * @param wanted the names, by module
 */
export function importOf(
  { file, runtime }: Pick<FilePlan, "file" | "runtime">,
  wanted: ReadonlyMap<string, readonly string[]>,
  style: ImportStyle,
  quote: string,
): RuntimeImport {
  const references = new Map<string, (to: string) => string>();
  const statements: string[] = [];
  let { text } = file;
  const take = (base: string): string => {
    const name = freeName(text, base);
    text += ` ${name}`;
    return name;
  };
  for (const [from, needed] of wanted) {
    const known = new Map([...runtime].map(([local, imported]) => [imported, local]));
    const specifier = `${quote}${from}${quote}`;
    if (style === "import-require") {
      const own = known.get(runtimeName(from, "*"));
      const local = own ?? take("tsocksify");
      if (own === undefined) statements.push(`import ${local} = require(${specifier})`);
      references.set(from, (to) => `${local}.${to}`);
      continue;
    }
    const missing = needed.filter((name) => !known.has(runtimeName(from, name)));
    const locals = new Map(needed.map((name) => [name, known.get(runtimeName(from, name)) ?? take(name)]));
    const separator = style === "import" ? " as " : ": ";
    const names = missing.map((name) => {
      const local = locals.get(name)!;
      return local === name ? name : `${name}${separator}${local}`;
    });
    const list = `{ ${names.join(", ")} }`;
    if (names.length > 0)
      statements.push(
        style === "import" ? `import ${list} from ${specifier}` : `const ${list} = require(${specifier})`,
      );
    references.set(from, (to) => to.replace(rootOf(to), (root) => locals.get(root) ?? root));
  }
  return { statements, reference: ({ to, from = RUNTIME }) => references.get(from)?.(to) ?? to };
}

/** The style of a file, by what it does already and, where it does nothing, by what Node would make of it. */
export function importStyle(ts: TypeScript, file: ts.SourceFile): ImportStyle {
  const { statements, fileName } = file;
  const imports = statements.filter((statement) => ts.isImportDeclaration(statement));
  // `import type` stands in CommonJS, too, from which Node strips it.
  const isRequiring =
    imports.every(({ importClause }) => importClause?.isTypeOnly) &&
    file.impliedNodeFormat !== ts.ModuleKind.ESNext &&
    callsRequire(ts, file);
  if (imports.length > 0 && !isRequiring) return "import";
  if (statements.some((statement) => isCommonJSDeclaration(ts, statement))) return "import-require";
  if (statements.some((statement) => isModuleDeclaration(ts, statement))) return "import";
  if (/\.m[jt]s$/.test(fileName)) return "import";
  if (/\.cjs$/.test(fileName)) return "require";
  // Types can be stripped from a require, and not from an import that stands for one.
  if (/\.cts$/.test(fileName)) return callsRequire(ts, file) ? "require" : "import-require";
  if (file.impliedNodeFormat === ts.ModuleKind.ESNext) return "import";
  return /\.jsx?$/.test(fileName) || callsRequire(ts, file) ? "require" : "import";
}

/** `import x = require("x")`, `export = x`: a module that wants to be CommonJS. */
function isCommonJSDeclaration(ts: TypeScript, statement: ts.Statement): boolean {
  return (
    (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) ||
    (ts.isExportAssignment(statement) && statement.isExportEquals === true)
  );
}

function isModuleDeclaration(ts: TypeScript, statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function callsRequire(ts: TypeScript, node: ts.Node): boolean {
  if (requireSpecifier(ts, node)) return true;
  return ts.forEachChild(node, (child) => callsRequire(ts, child) || undefined) ?? false;
}
