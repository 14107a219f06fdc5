import { existsSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";
import { readSource } from "../project/source-text.js";
import type { Site, Taken } from "./dependency.js";
import { handles } from "./handles.js";
import type { Reached } from "./reached.js";

const names = Object.keys(handles).join("|");
/** A property that is declared, or read. */
const named = new RegExp(String.raw`\.(?:${names})\b|\b(?:${names})\??\s*[:(]`);

/**
 * The options by which a package can be handed an agent or a connection, each at the first place that shows it: a
 * property of its declarations, or one that its JavaScript reads. That it is used for every connection, nobody knows.
 *
 * @param sites where it opens sockets: what is read there is Node's, not its caller's
 */
export function takesOf(ts: TypeScript, { name, folders, files }: Reached, sites: readonly Site[]): Taken[] {
  const [folder] = folders;
  if (folder === undefined) return [];
  const declarations = globSync("**/*.d.{ts,mts,cts}", {
    cwd: folder,
    ignore: ["**/node_modules/**"],
    expandDirectories: false,
  });
  const types = join(folder, "../".repeat(name.split("/").length), "@types", typesName(name), "index.d.ts");
  const found = new Map<string, Taken>();
  for (const [within, source] of [
    ...declarations.sort().map((each) => [each.replaceAll("\\", "/"), join(folder, each)] as const),
    ...(existsSync(types) ? [[`@types/${typesName(name)}/index.d.ts`, types] as const] : []),
    ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([each, { source }]) => [each, source] as const),
  ])
    for (const taken of takenIn(ts, within, source))
      if (!found.has(taken.name) && !isOpening(taken, sites)) found.set(taken.name, taken);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param source a file that is parsed already, or the path of one */
function takenIn(ts: TypeScript, within: string, source: ts.SourceFile | string | undefined): Taken[] {
  const text = typeof source === "string" ? readSource(source)?.text : source?.text;
  if (source === undefined || text === undefined || !named.test(text)) return [];
  const options = { languageVersion: ts.ScriptTarget.ESNext };
  const file = typeof source === "string" ? ts.createSourceFile(source, text, options, true) : source;
  const found: Taken[] = [];
  const visit = (node: ts.Node): void => {
    const name = takenBy(ts, file, node);
    if (name) {
      const { line, character } = file.getLineAndCharacterOfPosition(name.getStart(file));
      found.push({ name: name.text, file: within, line: line + 1, column: character + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The name of the option that a node declares or reads. */
function takenBy(ts: TypeScript, file: ts.SourceFile, node: ts.Node): ts.Identifier | undefined {
  if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isMethodSignature(node)) {
    const handle = ts.isIdentifier(node.name) ? handleOf(node.name.text) : undefined;
    const isOption = isOptions(ts, node.parent);
    const type = ts.isMethodSignature(node) ? node : node.type;
    return handle && isOption && type && handle.declared.test(type.getText(file))
      ? (node.name as ts.Identifier)
      : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name)) return undefined;
  const { expression, parent } = node;
  // `this.agent` is what the object keeps, and `x.createConnection()` what it does, not what it is handed.
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return undefined;
  if (ts.isCallExpression(parent) && parent.expression === node) return undefined;
  return handleOf(node.name.text)?.inCode ? node.name : undefined;
}

/** `interface ClientOptions`, `type Config = { … }`, `connect(options: { … })` */
function isOptions(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node))
    return /opt(?:ion)?s|config|settings|init|params/i.test(node.name.text);
  if (!ts.isTypeLiteralNode(node)) return false;
  for (let outer: ts.Node = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isParameter(outer)) return true;
    if (ts.isTypeAliasDeclaration(outer))
      return /opt(?:ion)?s|config|settings|init|params/i.test(outer.name.text);
  }
  return false;
}

function isOpening({ file, line, column }: Taken, sites: readonly Site[]): boolean {
  return sites.some((site) => site.file === file && site.line === line && site.column === column);
}

function handleOf(name: string): (typeof handles)[string] | undefined {
  return Object.hasOwn(handles, name) ? handles[name] : undefined;
}

/** `@scope/name` has its types in `@types/scope__name`. */
function typesName(name: string): string {
  return name.replace(/^@/, "").replace("/", "__");
}
