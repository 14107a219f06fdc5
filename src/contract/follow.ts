import type ts from "typescript";
import { resolvedFrom, withoutExtension } from "../engine/specifiers.js";
import { collectDeclarations, type Declarations } from "./declarations.js";
import { run, runDeferred } from "./functions.js";
import { Log } from "./log.js";
import { Machine, newFrame } from "./machine.js";
import type { Names } from "./names.js";
import { initialState, join, type Descriptor, type State } from "./state.js";
import { execute } from "./statements.js";
import { open } from "./value.js";

/** Follows every path through some files, and logs what happens to the rules on it. */
export function follow(
  names: Names,
  files: readonly ts.SourceFile[],
): { readonly log: Log; readonly declarations: Declarations } {
  const { ts } = names;
  const declarations = collectDeclarations(ts, files);
  const log = new Log();
  const machine = new Machine(names, declarations, log);
  const ends = new Map<ts.SourceFile, State | undefined>();
  for (const file of inOrderOfImport(ts, files)) {
    const imported = importedBy(ts, file, files).map((each) => ends.get(each));
    machine.state = join(imported) ?? initialState("no");
    followTopLevel(machine, file);
    ends.set(file, machine.state);
  }
  const doesConnect = callsConnect(names, files);
  for (const body of declarations.bodies) {
    if (machine.reached.has(body)) continue;
    machine.state = fromOutOfSight(ends.get(body.getSourceFile()), doesConnect);
    machine.frame = newFrame();
    run(
      machine,
      body,
      body.parameters.map(() => open),
    );
  }
  return { log, declarations };
}

function followTopLevel(machine: Machine, file: ts.SourceFile): void {
  machine.frame = newFrame();
  for (const statement of file.statements) execute(machine, statement);
  runDeferred(machine);
}

/** A function that nobody in sight calls: what its file has initialised is there, in whatever state by then. */
function fromOutOfSight(end: State | undefined, doesConnect: boolean): State {
  const start = initialState(doesConnect ? "unknown" : "no");
  const descriptors = new Map<string, Descriptor>();
  for (const [id, descriptor] of end?.descriptors ?? [])
    descriptors.set(id, { ...descriptor, phases: new Set([...descriptor.phases, "unknown"]) });
  return { ...start, variables: end?.variables ?? start.variables, descriptors };
}

/** Does any call in these files connect? If none does, nothing has connected before, whoever calls. */
function callsConnect({ ts, socketCall }: Names, files: readonly ts.SourceFile[]): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isImportDeclaration(node)) return false;
    if (ts.isIdentifier(node)) {
      const kind = socketCall(node);
      if (kind === "connect" || kind === "rcmd") return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return files.some(visit);
}

/** Files after those that they import, as they are run. */
function inOrderOfImport(ts: Names["ts"], files: readonly ts.SourceFile[]): ts.SourceFile[] {
  const ordered = new Set<ts.SourceFile>();
  const visiting = new Set<ts.SourceFile>();
  const visit = (file: ts.SourceFile): void => {
    if (visiting.has(file)) return;
    visiting.add(file);
    importedBy(ts, file, files).forEach(visit);
    ordered.add(file);
  };
  files.forEach(visit);
  return [...ordered];
}

/** Those of the files that a file imports by a relative specifier. */
function importedBy(ts: Names["ts"], file: ts.SourceFile, files: readonly ts.SourceFile[]): ts.SourceFile[] {
  const specifiers = file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteralLike(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
  const wanted = new Set(
    specifiers
      .map((specifier) => resolvedFrom(file.fileName, specifier))
      .filter((path) => path !== undefined),
  );
  return files.filter((each) => each !== file && wanted.has(withoutExtension(each.fileName)));
}
