import type ts from "typescript";
import { evaluate } from "./expressions.js";
import { enter, run } from "./functions.js";
import type { Machine } from "./machine.js";
import { mentions, nameOf, placeOf } from "./names.js";
import { carryOut, type Operation } from "./protocol.js";
import { join, withDescriptor, type Descriptor } from "./state.js";
import { descriptorValue, open, union, type Value } from "./value.js";

const NONBLOCKING: ReadonlySet<string> = new Set([
  "SOCK_NONBLOCK",
  "O_NONBLOCK",
  "O_NDELAY",
  "FNDELAY",
  "FNONBLK",
  "FIONBIO",
]);

/** Methods that keep what they are given in their receiver. */
const KEEPERS: ReadonlySet<string> = new Set(["push", "add", "set", "unshift"]);

/** Methods and functions that call back at once, as often as they like. */
const ITERATORS: ReadonlySet<string> = new Set([
  "forEach",
  "map",
  "flatMap",
  "filter",
  "find",
  "some",
  "every",
  "reduce",
]);

const LOOKERS: ReadonlySet<string> = new Set([
  "console",
  "util",
  "JSON",
  "String",
  "Number",
  "assert",
  "Math",
]);

/** Follows a call: of a socket function, of the program's own, or of something that nobody sees into. */
export function followCall(machine: Machine, call: ts.CallExpression): Value {
  const { names, ts } = machine;
  const name = nameOf(names, call.expression);
  const kind = name && names.socketCall(name);
  if (kind) return followSocketCall(machine, call, name, kind);
  const callee = evaluate(machine, call.expression);
  const values = call.arguments.map((argument) => evaluate(machine, argument));
  if (!machine.state) return open;
  machine.mayThrow(machine.state);
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : undefined;
  if (callee.functions.size > 0 && !isPromiseMethod(method))
    return enter(machine, call, [...callee.functions], values);
  return followUnknown(machine, call, callee, values, method);
}

export function followNew(machine: Machine, node: ts.NewExpression): Value {
  const values = (node.arguments ?? []).map((argument) => evaluate(machine, argument));
  if (!machine.state) return open;
  machine.mayThrow(machine.state);
  const name = nameOf(machine.names, node.expression);
  const place = name && placeOf(machine.names, name);
  const declaration = place === undefined ? undefined : machine.declarations.classes.get(place);
  if (declaration) {
    const { ts } = machine;
    for (const each of declaration.members)
      if (ts.isPropertyDeclaration(each) && each.initializer)
        machine.assign(each.name, evaluate(machine, each.initializer));
    const made = declaration.members.find((each) => ts.isConstructorDeclaration(each) && each.body);
    if (made) enter(machine, node, [made], values);
    return open;
  }
  // `new Promise((resolve, reject) => …)` calls back at once; of others nobody knows.
  const isPromise = name?.getText() === "Promise";
  for (const callback of values.flatMap(({ functions }) => [...functions]))
    if (isPromise) run(machine, callback, []);
    else if (machine.state) machine.frame.deferred.push({ callback, state: machine.state });
  return union([open, ...values]);
}

function followSocketCall(
  machine: Machine,
  call: ts.CallExpression,
  site: ts.Node,
  kind: Operation["kind"],
): Value {
  const values = call.arguments.map((argument) => evaluate(machine, argument));
  if (!machine.state) return open;
  if (kind !== "connect") machine.mayThrow(machine.state);
  if (kind === "socket") return make(machine, call, "fresh");
  const { ids, isClosed } = descriptorsOf(machine, call, values[0]);
  if (kind === "mode") return setMode(machine, call, ids);
  carryOut(machine, { kind, site, call, ids, isClosed, throws: failsByThrowing(machine, call) });
  for (const callback of values.flatMap(({ functions }) => [...functions])) run(machine, callback, []);
  if (!machine.state) return open;
  if (kind === "accept" || kind === "rcmd") return make(machine, call, "connected");
  return kind === "connect" && ids.length === 1 ? { ...open, resultOf: ids[0] } : open;
}

function make(machine: Machine, call: ts.CallExpression, phase: "fresh" | "connected"): Value {
  const id = [...machine.path, `${call.getSourceFile().fileName}:${call.pos}`].join(">");
  const isNonblocking = call.arguments.some((argument) => mentions(machine.names, argument, NONBLOCKING));
  const descriptor: Descriptor = {
    phases: new Set([phase]),
    modes: new Set([isNonblocking ? "nonblocking" : "blocking"]),
    binds: new Set(),
  };
  machine.state = withDescriptor(machine.state!, id, descriptor);
  return descriptorValue(id);
}

/** The descriptors that a socket call may be about. One from out of sight gets a name when it is first used. */
function descriptorsOf(
  machine: Machine,
  call: ts.CallExpression,
  value: Value | undefined,
): { ids: string[]; isClosed: boolean } {
  if (!value) return { ids: [], isClosed: false };
  if (value.descriptors.size > 0) return { ids: [...value.descriptors], isClosed: !value.isOpen };
  const name = nameOf(machine.names, call.arguments[0]!);
  const place = name && placeOf(machine.names, name);
  if (!name || place === undefined || !machine.state) return { ids: [], isClosed: false };
  const descriptor: Descriptor = {
    phases: new Set(["unknown"]),
    modes: new Set(["blocking"]),
    binds: new Set(),
  };
  machine.state = withDescriptor(machine.state, place, descriptor);
  machine.assignPlace(place, descriptorValue(place));
  return { ids: [place], isClosed: true };
}

/** `fcntl(s, F_SETFL, O_NONBLOCK)`, `setNonblocking(s, true)`; with `false` or 0 it is turned off. */
function setMode(machine: Machine, call: ts.CallExpression, ids: readonly string[]): Value {
  const { ts, names } = machine;
  const last = call.arguments.at(-1);
  const isOff =
    last?.kind === ts.SyntaxKind.FalseKeyword || (!!last && ts.isNumericLiteral(last) && last.text === "0");
  const isNamed = /block/i.test(nameOf(names, call.expression)?.getText() ?? "");
  const isOn = isNamed || call.arguments.some((argument) => mentions(names, argument, NONBLOCKING));
  if (!isOn && !isOff) return open;
  for (const id of ids) {
    const before = machine.state!.descriptors.get(id)!;
    const mode = isOff ? "blocking" : "nonblocking";
    const modes = ids.length === 1 ? new Set([mode] as const) : new Set([...before.modes, mode] as const);
    machine.state = withDescriptor(machine.state!, id, { ...before, modes });
  }
  return open;
}

/** Awaited, or inside a `try`: then failure is thrown. Else it is in the result, as in C. */
function failsByThrowing({ ts }: Machine, call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  if (ts.isAwaitExpression(node.parent)) return !isCompared(ts, node.parent);
  if (ts.isPropertyAccessExpression(node.parent) && isPromiseMethod(node.parent.name.text)) return true;
  for (; node.parent && !ts.isFunctionLike(node); node = node.parent)
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node && node.parent.catchClause)
      return true;
  return false;
}

function isCompared(ts: Machine["ts"], node: ts.Node): boolean {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  return ts.isBinaryExpression(outer.parent) || ts.isVariableDeclaration(outer.parent);
}

function isPromiseMethod(method: string | undefined): boolean {
  return method === "then" || method === "catch" || method === "finally";
}

function followUnknown(
  machine: Machine,
  call: ts.CallExpression,
  callee: Value,
  values: readonly Value[],
  method: string | undefined,
): Value {
  const { ts } = machine;
  const callbacks = values.flatMap(({ functions }) => [...functions]);
  if (isExit(ts, call)) {
    machine.state = undefined;
    return open;
  }
  for (const callback of callbacks) {
    if (!machine.state) break;
    const before = machine.state;
    if (isPromiseMethod(method)) {
      run(machine, callback, [callee]);
      if (!isWaitedFor(ts, call) || method === "catch") machine.state = join([before, machine.state]);
    } else if (method !== undefined && ITERATORS.has(method)) {
      run(machine, callback, [callee]);
      machine.state = join([before, machine.state]);
    } else machine.frame.deferred.push({ callback, state: before });
  }
  if (method !== undefined && KEEPERS.has(method)) {
    const name = nameOf(machine.names, (call.expression as ts.PropertyAccessExpression).expression);
    if (name) machine.addTo(name, union(values));
  } else if (!isLooker(ts, call)) escape(machine, values);
  return union([open, callee, ...values]);
}

/** What code out of sight may do with a descriptor, nobody knows. */
function escape(machine: Machine, values: readonly Value[]): void {
  for (const id of values.flatMap(({ descriptors }) => [...descriptors])) {
    const descriptor = machine.state?.descriptors.get(id);
    if (!machine.state || !descriptor) continue;
    const phases = new Set([...descriptor.phases, "unknown"] as const);
    machine.state = withDescriptor(machine.state, id, { ...descriptor, phases });
  }
}

/** Is what comes after the chain of promises that the call belongs to waited for? */
function isWaitedFor(ts: Machine["ts"], call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (ts.isPropertyAccessExpression(node.parent) || ts.isCallExpression(node.parent)) node = node.parent;
  return (
    ts.isAwaitExpression(node.parent) || ts.isReturnStatement(node.parent) || ts.isArrowFunction(node.parent)
  );
}

function isExit(ts: Machine["ts"], { expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    ["exit", "abort"].includes(expression.name.text) &&
    ts.isIdentifier(expression.expression) &&
    expression.expression.text === "process"
  );
}

function isLooker(ts: Machine["ts"], { expression }: ts.CallExpression): boolean {
  const root = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(root) && LOOKERS.has(root.text);
}
