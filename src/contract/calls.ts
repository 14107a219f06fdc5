import type ts from "typescript";
import { evaluate } from "./expressions.js";
import { enter, run } from "./functions.js";
import type { Machine } from "./machine.js";
import { isStatic } from "./classes.js";
import { mentions, nameOf, placeOf, placeOfExpression } from "./names.js";
import { followPromise, isPromiseCall, isPromiseMethod } from "./promises.js";
import { carryOut, type Operation } from "./protocol.js";
import {
  isOfMany,
  join,
  joinDescriptors,
  withDescriptor,
  withEarlier,
  type Descriptor,
  type State,
} from "./state.js";
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
  const { ts } = machine;
  const direct = socketCallOf(machine, call);
  if (direct) return followSocketCall(machine, call, direct);
  if (isPromiseCall(ts, call)) return followPromise(machine, call);
  const callee = evaluate(machine, call.expression);
  const values = call.arguments.map((argument) => evaluate(machine, argument));
  if (!machine.state) return open;
  for (const states of callee.settles ?? []) states.push(machine.state);
  if (callee.kinds.size > 0 && callee.functions.size === 0) return followHanded(machine, call, callee);
  machine.mayThrow(machine.state);
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : undefined;
  if (callee.functions.size > 0) return enter(machine, call, [...callee.functions], values);
  return followUnknown(machine, call, callee, values, method);
}

/** A socket function that was handed on: `retry(connect)`. Where it may be another function too, nobody knows. */
function followHanded(machine: Machine, call: ts.CallExpression, { kinds, isOpen }: Value): Value {
  const before = machine.state;
  const site = nameOf(machine.names, call.expression) ?? call.expression;
  const values = machine.branch(
    [...kinds].map((kind) => ({
      from: before,
      follow: () => followSocketCall(machine, call, { site, kind, args: call.arguments }),
    })),
  );
  if (!isOpen) return union(values);
  machine.state = join([before, machine.state]);
  return union([open, ...values]);
}

/** A call of a socket function: its name, the part it plays, and what it is given. */
interface SocketFunctionCall {
  readonly site: ts.Node;
  readonly kind: Operation["kind"];
  readonly args: readonly ts.Expression[];
}

/** `bind(s)`, `bind.call(undefined, s)`, `bind.apply(undefined, [s])` */
function socketCallOf({ names, ts }: Machine, call: ts.CallExpression): SocketFunctionCall | undefined {
  const named = (
    expression: ts.Expression,
    args: readonly ts.Expression[],
  ): SocketFunctionCall | undefined => {
    const site = nameOf(names, expression);
    const kind = site && names.socketCall(site);
    return kind && { site, kind, args };
  };
  const { expression } = call;
  const direct = named(expression, call.arguments);
  if (direct || !ts.isPropertyAccessExpression(expression)) return direct;
  const [, ...rest] = call.arguments;
  if (expression.name.text === "call") return named(expression.expression, rest);
  const list = rest[0] && ts.isArrayLiteralExpression(rest[0]) ? rest[0].elements : undefined;
  return expression.name.text === "apply" && list ? named(expression.expression, list) : undefined;
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
      if (ts.isPropertyDeclaration(each) && each.initializer && !isStatic(ts, each))
        machine.assign(each.name, evaluate(machine, each.initializer));
    const made = declaration.members.find((each) => ts.isConstructorDeclaration(each) && each.body);
    if (made) enter(machine, node, [made], values);
    return open;
  }
  // `new Promise((resolve, reject) => …)` calls back at once; of others nobody knows.
  const isPromise = name?.getText() === "Promise";
  if (isPromise && values[0]) return followExecutor(machine, node, values[0]);
  for (const callback of values.flatMap(({ functions }) => [...functions]))
    if (machine.state) machine.frame.deferred.push({ callback, state: machine.state });
  return union([open, ...values]);
}

/** `new Promise((resolve, reject) => …)`: where it is waited for, what comes next is where `resolve` was called. */
function followExecutor(machine: Machine, node: ts.NewExpression, { functions }: Value): Value {
  const fulfilled: State[] = [];
  const rejected: State[] = [];
  const [resolve, reject] = [fulfilled, rejected].map((states): Value => ({ ...open, settles: [states] }));
  for (const executor of functions) run(machine, executor, [resolve!, reject!]);
  machine.mayThrow(join(rejected));
  const isWaited = machine.ts.isAwaitExpression(node.parent) || isPromiseCall(machine.ts, node.parent.parent);
  if (isWaited && fulfilled.length + rejected.length > 0) machine.state = join(fulfilled);
  return open;
}

function followSocketCall(
  machine: Machine,
  call: ts.CallExpression,
  { site, kind, args }: SocketFunctionCall,
): Value {
  const values = args.map((argument) => evaluate(machine, argument));
  if (!machine.state) return open;
  if (kind !== "connect") machine.mayThrow(machine.state);
  if (kind === "socket") return make(machine, call, "fresh");
  const { ids, isClosed } = descriptorsOf(machine, args[0], values[0]);
  if (kind === "mode") return setMode(machine, call, ids);
  carryOut(machine, { kind, site, call, ids, isClosed, throws: failsByThrowing(machine, call) });
  for (const states of values.flatMap(({ settles }) => settles ?? [])) states.push(machine.state);
  for (const callback of values.flatMap(({ functions }) => [...functions])) {
    // It is called back when the call is done, and the next statement runs before that.
    const before = machine.state;
    run(machine, callback, []);
    machine.state = join([before, machine.state]);
  }
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
  machine.state = withDescriptor(withEarlier(machine.state!, id), id, descriptor);
  return descriptorValue(id);
}

/**
 * The descriptors that a socket call may be about. One from out of sight, or one of several, gets the name of the variable
 * when it is first used: whichever it is, the calls that follow are about the same.
 */
function descriptorsOf(
  machine: Machine,
  argument: ts.Expression | undefined,
  value: Value | undefined,
): { ids: string[]; isClosed: boolean } {
  if (!value || !argument) return { ids: [], isClosed: false };
  const ids = [...value.descriptors];
  if (ids.length === 1 && !value.isOpen && !isOfMany(ids[0]!)) return { ids, isClosed: true };
  const place = placeOfExpression(machine.names, argument);
  if (place === undefined || !machine.state) return { ids, isClosed: ids.length > 1 && !value.isOpen };
  const outOfSight: Descriptor = {
    phases: new Set(["unknown"]),
    modes: new Set(["blocking"]),
    binds: new Set(),
  };
  const candidates = ids.flatMap((id) => machine.state!.descriptors.get(id) ?? []);
  const all = value.isOpen || candidates.length === 0 ? [...candidates, outOfSight] : candidates;
  const joined = all.reduce(joinDescriptors);
  const others = ids.filter((id) => id !== place);
  const descriptor: Descriptor = { ...joined, oneOf: new Set(others), others: joined.binds };
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
    if (method !== undefined && ITERATORS.has(method)) {
      run(machine, callback, [callee]);
      machine.state = join([before, machine.state]);
    } else machine.frame.deferred.push({ callback, state: before });
  }
  handOver(machine, values);
  if (method !== undefined && KEEPERS.has(method)) {
    const name = nameOf(machine.names, (call.expression as ts.PropertyAccessExpression).expression);
    if (name) machine.addTo(name, union(values));
  } else if (!isLooker(ts, call)) escape(machine, values);
  return union([open, callee, ...values]);
}

/** Code out of sight that has `connect` may connect, and settles what it has `resolve` of. */
function handOver(machine: Machine, values: readonly Value[]): void {
  const { state } = machine;
  if (!state) return;
  for (const states of values.flatMap(({ settles }) => settles ?? [])) states.push(state);
  if (values.some(({ kinds }) => kinds.has("connect") || kinds.has("rcmd")))
    machine.state = { ...state, connected: new Set([...state.connected, "unknown"]) };
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
