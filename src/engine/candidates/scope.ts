import type ts from "typescript";
import { collectBindings, type Bindings } from "../bindings.js";
import type { ModuleTable } from "../../tables/schema.js";
import {
  exportNames,
  globalModuleNames,
  globalNames,
  givesModules,
  holders,
  isInert,
  memberNames,
  moduleAt,
} from "../catalogue.js";
import { constantKeys, type ConstantKeys } from "../constant-keys.js";
import { functionMakers, type FunctionMakers } from "../function-constructors.js";
import { placesIn, type Places } from "../places.js";
import { requireNames } from "../requires.js";
import { isGlobalObject, memberName, outerAccess } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import type { Candidate } from "./candidate.js";
import { isModuleExpression, moduleOf } from "./module-of.js";

/** What is known of a file while its candidates are collected. */
export class Scope {
  readonly bindings: Bindings;
  readonly candidates: Candidate[] = [];
  readonly keys: ConstantKeys;
  readonly functionMakers: FunctionMakers;
  /** Where in the file candidates may be. */
  readonly places: Places;
  private readonly bound: ReadonlySet<ts.Node>;
  /** The members that matter of the globals that the file mentions. */
  private readonly held: ReadonlySet<string>;

  constructor(
    readonly ts: TypeScript,
    readonly file: ts.SourceFile,
  ) {
    this.bindings = collectBindings(ts, file);
    this.bound = new Set(
      [...this.bindings.listed.values()].flat().flatMap(({ local, declaration }) => [local, declaration]),
    );
    this.keys = constantKeys(ts, file);
    this.functionMakers = functionMakers(ts, file);
    const { makers, requires } = requireNames(ts, file);
    this.places = placesIn(file).with([
      ...this.bindings.listed.keys(),
      ...this.bindings.scopes,
      ...this.functionMakers.names,
      ...makers,
      ...requires,
    ]);
    this.held = new Set(holders.flatMap(([name, statics]) => (file.text.includes(name) ? statics : [])));
  }

  add(candidate: Candidate): void {
    this.candidates.push(candidate);
  }

  /** Does the node declare a name for a listed module, or for one of its exports? */
  isBound(node: ts.Node): boolean {
    return this.bound.has(node);
  }

  moduleOf(node: ts.Expression): ModuleTable | undefined {
    return moduleOf(this.ts, node, this.bindings.listed);
  }

  /** Is the expression a listed module or a member of one? */
  isModuleExpression(node: ts.Expression): boolean {
    return isModuleExpression(this.ts, node, this.bindings.listed);
  }

  /** Is it a module that is neither replaced nor reported as a value? */
  isOnlyNamed(expression: ts.Expression): boolean {
    const table = this.moduleOf(expression);
    return !!table && !table.namespace && !table.finding;
  }

  /** Among what the global object and `process` have are functions that open anything, and give any module. */
  mayGiveModules(receiver: ts.Expression): boolean {
    const table = this.moduleOf(receiver);
    return isGlobalObject(this.ts, receiver) || (!!table && givesModules(table));
  }

  matters(name: string): boolean {
    return (
      memberNames.has(name) || globalNames.has(name) || globalModuleNames.has(name) || this.held.has(name)
    );
  }

  /** A method's name counts on anything, an export's only where a listed module is near. */
  isMemberName(name: string, receiver: ts.Expression): boolean {
    return (
      this.matters(name) ||
      (name === "default" && this.isEscapingModule(receiver)) ||
      (exportNames.has(name) && this.isModuleExpression(receiver))
    );
  }

  /** In `net.isIP` the module is only the way to a member that opens nothing, or that is a candidate itself. */
  isReachedThrough(expression: ts.Expression): boolean {
    const table = this.moduleOf(expression);
    const access = table && outerAccess(this.ts, expression);
    const member = access && memberName(this.ts, access)?.text;
    if (!table || member === undefined) return false;
    return (
      moduleAt(table.module, [member]) !== undefined ||
      isInert(table, member) ||
      Object.hasOwn(table.exports, member)
    );
  }

  /** `net.default` as a value, not as the way to an export. */
  private isEscapingModule(receiver: ts.Expression): boolean {
    const access = outerAccess(this.ts, receiver);
    return !!access && this.moduleOf(access) !== undefined && !this.isReachedThrough(access);
  }
}
