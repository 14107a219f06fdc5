import type ts from "typescript";
import { RUNTIME } from "./catalogue.js";
import { requireSpecifier } from "./loading.js";
import type { FilePlan, Rewrite, TypeScript } from "./vocabulary.js";

/** How a file brings in other modules. */
export type ImportStyle = "import" | "import-require" | "require";

/** How a rewritten file refers to the runtime. */
export interface RuntimeImport {
  /** The statement that is missing, without its terminator; undefined where nothing is to be added. */
  readonly statement: string | undefined;
  /** How this file writes an R-form: `Rconnect`, `Rtls.connect`. */
  reference(to: Rewrite["to"]): string;
}

/** The names that the rewrites of a file need from the runtime. */
export function neededNames({ rewrites }: FilePlan): string[] {
  const names = rewrites.filter(({ shape }) => shape !== "specifier").map(({ to }) => rootOf(to));
  return [...new Set(names)].sort();
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
 * The import that a file's rewritten text needs, in the file's own style.
 *
 * @param quote the quotation mark to write the specifier with
 */
export function runtimeImport(plan: FilePlan, style: ImportStyle, quote: string): RuntimeImport {
  const { file, runtime } = plan;
  const specifier = `${quote}${RUNTIME}${quote}`;
  if (style === "import-require") {
    const known = [...runtime].find(([, imported]) => imported === "*")?.[0];
    const local = known ?? freeName(file.text, "tsocksify");
    const isNeeded = !known && neededNames(plan).length > 0;
    return {
      statement: isNeeded ? `import ${local} = require(${specifier})` : undefined,
      reference: (to) => `${local}.${to}`,
    };
  }
  const locals = new Map([...runtime].map(([local, imported]) => [imported, local]));
  const missing = neededNames(plan).filter((name) => !locals.has(name));
  for (const name of missing) locals.set(name, freeName(file.text, name));
  const separator = style === "import" ? " as " : ": ";
  const names = missing.map((name) =>
    locals.get(name) === name ? name : `${name}${separator}${locals.get(name)}`,
  );
  const list = `{ ${names.join(", ")} }`;
  const statement =
    style === "import" ? `import ${list} from ${specifier}` : `const ${list} = require(${specifier})`;
  return {
    statement: names.length > 0 ? statement : undefined,
    reference: (to) => to.replace(rootOf(to), (root) => locals.get(root) ?? root),
  };
}

/** The style of a file, by what it does already and, where it does nothing, by what Node would make of it. */
export function importStyle(ts: TypeScript, file: ts.SourceFile): ImportStyle {
  const { statements, fileName } = file;
  if (statements.some((statement) => ts.isImportDeclaration(statement))) return "import";
  if (statements.some((statement) => isCommonJSDeclaration(ts, statement))) return "import-require";
  if (statements.some((statement) => isModuleDeclaration(ts, statement))) return "import";
  if (/\.m[jt]s$/.test(fileName)) return "import";
  if (/\.cjs$/.test(fileName)) return "require";
  if (/\.cts$/.test(fileName)) return "import-require";
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
