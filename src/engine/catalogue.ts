import { berkeley } from "../tables/berkeley.js";
import { globalTable, modules } from "../tables/index.js";
import type { FindingCode, HolderRow, ModuleTable, RForm, Row } from "../tables/schema.js";
import type { Identity, Rewrite } from "./vocabulary.js";

/** The package that rewritten code imports. */
export const RUNTIME = "@tsocksify/runtime";

const byModule = new Map<string, ModuleTable>(modules.map((table) => [table.module, table]));

/** The names under which listed modules, and what they export, have something that matters. */
export const exportNames: ReadonlySet<string> = new Set(
  modules.flatMap((table) => [
    ...Object.keys(table.exports),
    ...Object.values(table.exports).flatMap(staticNames),
    ...table.module.split("/").slice(1),
  ]),
);

export const globalNames: ReadonlySet<string> = new Set(Object.keys(globalTable.globals));

/** The module that a global is: `process`. */
export function globalModule(name: string): ModuleTable | undefined {
  const module = own(globalTable.aliases ?? {}, name);
  return module === undefined ? undefined : byModule.get(module);
}

/**
 * What matters in the modules that are globals, by names that hardly anything else has. A value of such a module's type
 * may be anywhere. What is had from an export that opens nothing stands for it: `getReport` for `report`.
 */
export const globalModuleNames: ReadonlySet<string> = new Set(
  Object.values(globalTable.aliases ?? {})
    .flatMap((module) => Object.entries(byModule.get(module)?.exports ?? {}))
    .flatMap(([name, row]: [string, Row | HolderRow]) => (row.class === "inert" ? staticNames(row) : [name])),
);

/** The globals that open nothing by themselves, and the names of what they have that does: `Deno`. */
export const holders: readonly (readonly [name: string, statics: readonly string[]])[] = Object.entries(
  globalTable.globals,
)
  .map(([name, row]) => [name, staticNames(row)] as const)
  .filter(([, statics]) => statics.length > 0);

const rows: readonly (readonly [name: string, row: Row | HolderRow])[] = modules.flatMap((table) =>
  Object.entries(table.exports),
);

const exportsThat = (has: (row: Row) => boolean): ReadonlySet<string> =>
  new Set(rows.filter(([, row]) => row.class !== "inert" && has(row)).map(([name]) => name));

/** The functions that give a `require`. */
export const requireMakers = exportsThat(({ returns }) => returns === "require");

/** The functions that give the module that they are called with. */
export const moduleGetters = exportsThat(({ returns }) => returns === "module");

const members = rows.flatMap(([, row]) => Object.entries(membersOf(row)));

const doing = (rows: readonly (readonly [string, Row | HolderRow])[]): Map<RForm, string> =>
  new Map(
    rows.flatMap(([, row]) =>
      row.class !== "inert" && row.becomes && row.does ? [[row.becomes, row.does] as const] : [],
    ),
  );

const doingOf: Readonly<Record<string, ReadonlyMap<RForm, string>>> = {
  [RUNTIME]: doing([...rows, ...members]),
  [berkeley.module]: doing(Object.entries(berkeley.exports)),
};

/** What an R-form does when it runs that the original never did. */
export function doesWhenRun({ to, from = RUNTIME }: Pick<Rewrite, "to" | "from">): string | undefined {
  return doingOf[from]?.get(to as RForm);
}

/** The names of methods that matter, whatever they are called on. */
export const memberNames: ReadonlySet<string> = new Set(members.map(([name]) => name));

/** Is it the name of anything in the tables? */
export function namesAnything(name: string): boolean {
  return [exportNames, globalModuleNames, globalNames, memberNames].some((names) => names.has(name));
}

/**
 * What a value is asked for whose members are not named: if it has none of these, it has nothing that matters. Of the
 * globals, and of each module that is one, the first stands for the others.
 */
export const probes: readonly string[] = [
  ...memberNames,
  "fetch",
  ...Object.values(globalTable.aliases ?? {}).flatMap((module) =>
    Object.keys(byModule.get(module)?.exports ?? {})
      .filter((name) => globalModuleNames.has(name))
      .slice(0, 1),
  ),
];

/** The methods that are too common as properties: without a type, only a call counts. */
export const calledMembers: ReadonlySet<string> = new Set(
  [...memberNames].filter((name) =>
    members.every(([other, { untyped }]) => other !== name || untyped === "called"),
  ),
);

/**
 * The classes whose instances have an R-form for the method of this name: `net.Socket` for `connect`. None where the name
 * is so common that much else fits its type as well.
 */
export function ownersOf(method: string): readonly (readonly [module: string, name: string])[] {
  return owners.get(method) ?? [];
}

const owners = new Map(
  [...memberNames]
    .filter((name) => !calledMembers.has(name))
    .map((method) => [
      method,
      modules.flatMap(({ module, exports }) =>
        Object.entries(exports)
          .filter(([, row]: [string, Row | HolderRow]) => own(membersOf(row), method)?.becomes !== undefined)
          .map(([name]) => [module, name] as const),
      ),
    ]),
);

export const moduleNames: readonly string[] = [...byModule.keys()];

/** The modules that are reported as a whole: what is under them is, too. */
export const wholeModules: readonly ModuleTable[] = modules.filter(({ whole }) => whole);

/** @param specifier as written, with or without `node:` */
export function moduleTable(specifier: string): ModuleTable | undefined {
  const table =
    byModule.get(bareSpecifier(specifier)) ??
    wholeModules.find(({ module }) => specifier.startsWith(`${module}/`));
  return table?.prefix === "required" && !specifier.startsWith("node:") ? undefined : table;
}

/**
 * The module that is reached from another by a path of members: `net.default` is `net`, `dns.promises` is `dns/promises`.
 */
export function moduleAt(module: string, path: readonly string[]): ModuleTable | undefined {
  const [table, rest] = followPath(module, path);
  return rest.length === 0 ? table : undefined;
}

/** Is it by the arguments of a call that the tables tell what the module does, and not by having it? */
export function isToldByCalls({ exports }: ModuleTable): boolean {
  return Object.values(exports).some((row) => row.class !== "inert" && row.names !== undefined);
}

/** Does it export what gives any other module: `process.getBuiltinModule`? */
export function givesModules({ exports }: ModuleTable): boolean {
  return Object.values(exports).some((row) => row.class !== "inert" && row.returns === "module");
}

/** Follows the steps of a path that lead to a module; what is left are names of its exports. */
export function followPath(
  module: string,
  [step, ...rest]: readonly string[],
): [table: ModuleTable | undefined, path: readonly string[]] {
  const table = byModule.get(module);
  if (step === undefined) return [table, []];
  if (step === "default") return followPath(module, rest);
  const alias = own(table?.aliases ?? {}, step);
  const row = own(table?.exports ?? {}, step);
  // `new Module()` and `module._compile()` are of the class, `Module.createRequire()` is of the module.
  const isOfRow = row && (rest.length === 0 || own(membersOf(row), rest[0]));
  return alias === undefined || isOfRow ? [table, [step, ...rest]] : followPath(alias, rest);
}

export function bareSpecifier(specifier: string): string {
  return specifier.startsWith("node:") ? specifier.slice("node:".length) : specifier;
}

export function isRuntimeSpecifier(specifier: string): boolean {
  return specifier === RUNTIME || specifier.startsWith(`${RUNTIME}/`);
}

/** What the tables say of a declaration: the row, or the module's own treatment where it is used as a value. */
export function lookUp(identity: Identity): Row | HolderRow | ModuleTable | undefined {
  if (identity.kind === "global") return rowAt(globalTable.globals, identity.path);
  if (identity.kind !== "export") return undefined;
  const table = byModule.get(identity.module);
  return !table || identity.path.length === 0 ? table : rowAt(table.exports, identity.path);
}

/** Is it had from an object or class itself, as `net.connect` is from its module, and not from instances? */
export function isStatic(identity: Identity): boolean {
  if (identity.kind !== "export") return false;
  const row = rowAt(byModule.get(identity.module)?.exports ?? {}, identity.path.slice(0, -1));
  return own(row?.statics ?? {}, identity.path.at(-1)) !== undefined;
}

type Rows = Readonly<Record<string, Row | HolderRow>>;

function rowAt(rows: Rows, [name, ...rest]: readonly string[]): Row | HolderRow | undefined {
  const row = own(rows, name);
  return row && rest.length > 0 ? rowAt({ ...membersOf(row), ...row.statics }, rest) : row;
}

/** The names of everything that is had from an object or class itself, at any depth. */
function staticNames({ statics = {} }: Row | HolderRow): string[] {
  return Object.entries(statics).flatMap(([name, row]) => [name, ...staticNames(row)]);
}

/** A global as what the module exports that it comes from: `process.dlopen`, `NodeJS.Process.dlopen` are `dlopen` of `process`. */
export function moduleOfGlobal(
  path: readonly string[],
): readonly [module: string, ...path: string[]] | undefined {
  const found = Object.entries(globalTable.types ?? {}).find(([type]) => {
    const steps = type.split(".");
    return steps.length <= path.length && steps.every((step, index) => step === path[index]);
  });
  if (found) return [...found[1], ...path.slice(found[0].split(".").length)];
  const module = own(globalTable.aliases ?? {}, path[0]);
  return module === undefined ? undefined : [module, ...path.slice(1)];
}

/** Is `name` an export of this module that somebody has looked at and found to open nothing? */
export function isInert(table: ModuleTable, name: string): boolean {
  return table.inert.includes(name) || own(table.exports, name)?.class === "inert";
}

/** What a row, or a module as a value, becomes or is reported as. */
export function treatment(entry: Row | HolderRow | ModuleTable): {
  becomes?: Row["becomes"];
  finding?: FindingCode;
} {
  if ("module" in entry) return { becomes: entry.namespace, finding: entry.finding };
  return entry.class === "inert" ? {} : { becomes: entry.becomes, finding: entry.finding };
}

function membersOf(row: Row | HolderRow): Readonly<Record<string, Row>> {
  return row.members ?? {};
}

/** Rows are plain objects: `constructor` and its like are names that users write, not rows. */
function own<T>(record: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
