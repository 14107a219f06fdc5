import type ts from "typescript";
import type { ModuleTable } from "../../tables/schema.js";
import type { Binding } from "../bindings.js";
import { globalModule, moduleAt, moduleTable } from "../catalogue.js";
import { loadOf } from "../loading.js";
import { isModuleClass } from "../requires.js";
import { isGlobalObject, memberName, unwrapped } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";

/** The module that the expression is, as far as syntax can tell: `net`, `require("net")`, `net.default`, `dns.promises`. */
export function moduleOf(
  ts: TypeScript,
  node: ts.Expression,
  listed: ReadonlyMap<string, readonly Binding[]>,
): ModuleTable | undefined {
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner)) {
    const binding = listed.get(inner.text)?.[0];
    return binding ? moduleAt(binding.module, binding.path) : globalModule(inner.text);
  }
  const load = loadOf(ts, inner);
  if (load)
    return load.call.expression.kind === ts.SyntaxKind.ImportKeyword
      ? undefined
      : moduleTable(load.specifier.text);
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return undefined;
  if (isModuleClass(ts, inner)) return moduleTable("module");
  const table = moduleOf(ts, inner.expression, listed);
  const name = memberName(ts, inner)?.text;
  if (name !== undefined && isGlobalObject(ts, inner.expression)) return globalModule(name);
  return table && name !== undefined ? moduleAt(table.module, [name]) : undefined;
}

/** Is the expression a listed module or a member of one? */
export function isModuleExpression(
  ts: TypeScript,
  node: ts.Expression,
  listed: ReadonlyMap<string, readonly Binding[]>,
): boolean {
  const inner = unwrapped(ts, node);
  if (moduleOf(ts, inner, listed) || (ts.isIdentifier(inner) && listed.has(inner.text))) return true;
  return ts.isPropertyAccessExpression(inner) && isModuleExpression(ts, inner.expression, listed);
}
