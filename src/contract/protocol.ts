import type ts from "typescript";
import type { SocketCall } from "../tables/schema.js";
import { codes } from "./codes.js";
import type { Machine } from "./machine.js";
import { join, joinDescriptors, withDescriptor, type Descriptor, type Phase, type State } from "./state.js";

/** A socket call, with the descriptors that it may be about. */
export interface Operation {
  readonly kind: SocketCall;
  /** The name that is called: where a finding stands. */
  readonly site: ts.Node;
  readonly call: ts.CallExpression;
  readonly ids: readonly string[];
  /** Whether the descriptor is one of these for certain. */
  readonly isClosed: boolean;
  /** Whether failure is thrown: then a connect that returns has succeeded. */
  readonly throws: boolean;
}

/** Carries out a socket call: notes what it does to the rules, and moves the descriptor on. */
export function carryOut(machine: Machine, operation: Operation): void {
  if (!machine.state) return;
  noteMeanwhile(machine, operation);
  noteFirst(machine, operation);
  if (operation.kind === "rcmd") return succeed(machine);
  const { ids } = operation;
  if (ids.length === 0) {
    if (operation.kind === "connect") succeed(machine);
    if (operation.kind === "bind") noteBind(machine, operation);
    return;
  }
  const before = machine.state;
  const isCertain = ids.length === 1 && operation.isClosed;
  const ends = ids.map((id) => {
    machine.state = before;
    step(machine, operation, id, isCertain);
    return machine.state;
  });
  machine.state = isCertain ? ends[0] : join([before, ...ends]);
  for (const id of ids) spread(machine, id);
}

/** What has happened to one of several may have happened to each of them. */
function spread(machine: Machine, id: string): void {
  const moved = machine.state?.descriptors.get(id);
  for (const other of moved?.oneOf ?? []) {
    const before = machine.state!.descriptors.get(other);
    const alone: Descriptor = { ...moved!, oneOf: undefined, others: undefined };
    if (before) machine.state = withDescriptor(machine.state!, other, joinDescriptors(before, alone));
  }
}

/** Rule 2: nothing else starts while a nonblocking connect is under way. */
function noteMeanwhile(machine: Machine, { kind, site, ids }: Operation): void {
  if (!["connect", "bind", "listen", "accept", "rcmd"].includes(kind)) return;
  const descriptors = [...machine.state!.descriptors];
  // What one of several does is told of that one.
  const told = new Set(descriptors.flatMap(([, { oneOf }]) => [...(oneOf ?? [])]));
  const others = descriptors.filter(
    ([id, { phases }]) =>
      phases.has("connecting") && !told.has(id) && !(kind === "connect" && ids.includes(id)),
  );
  const isCertain = others.some(([, { phases }]) => phases.size === 1);
  machine.log.note(codes.meanwhile, site, { broken: others.length > 0, kept: !isCertain });
}

/** Rule 1, where no rule about the descriptor says it better. */
function noteFirst(machine: Machine, { kind, site, ids }: Operation): void {
  if (!["getsockname", "listen", "accept"].includes(kind)) return;
  const { connected, descriptors } = machine.state!;
  const isBound = ids.some((id) => (descriptors.get(id)?.binds.size ?? 0) > 0);
  if (isBound || ids.some((id) => descriptors.get(id)?.phases.has("disordered"))) return;
  machine.log.note(codes.first, site, {
    broken: connected.has("no"),
    kept: connected.has("yes") || connected.has("unknown"),
  });
}

/** A connect to the service's host has succeeded. */
function succeed(machine: Machine): void {
  if (machine.state) machine.state = { ...machine.state, connected: new Set(["yes"]) };
}

/** Rule 3, its first half. Rule 4 takes its place where the same descriptor is connected later. */
function noteBind(machine: Machine, { site }: Operation): void {
  const { connected } = machine.state!;
  machine.log.bind(site, {
    broken: connected.has("no"),
    kept: connected.has("yes") || connected.has("unknown"),
  });
}

function step(machine: Machine, operation: Operation, id: string, isCertain: boolean): void {
  const descriptor = machine.state!.descriptors.get(id)!;
  switch (operation.kind) {
    case "connect":
      return connect(machine, operation, id, descriptor, isCertain);
    case "bind":
      noteBind(machine, operation);
      return move(machine, id, {
        ...descriptor,
        phases: new Set(["bound"]),
        binds: new Set([operation.site]),
        others: undefined,
      });
    case "getsockname":
      return move(machine, id, { ...descriptor, phases: mapped(descriptor, { bound: "named" }) });
    case "listen":
      for (const site of descriptor.binds) machine.log.bindSite(site).listened = true;
      noteOrder(machine, operation, descriptor, ["fresh", "bound"]);
      return move(machine, id, {
        ...descriptor,
        phases: mapped(descriptor, {
          named: "listening",
          unknown: "listening",
          bound: "disordered",
          fresh: "disordered",
        }),
      });
    case "accept":
      noteOrder(machine, operation, descriptor, ["fresh", "bound", "named"]);
      notePhases(machine, codes.peers, operation, descriptor, ["accepted"]);
      return move(machine, id, {
        ...descriptor,
        phases: mapped(descriptor, {
          listening: "accepted",
          bound: "disordered",
          fresh: "disordered",
          named: "disordered",
        }),
      });
    case "io":
      return notePhases(machine, codes.early, operation, descriptor, ["connecting"]);
    case "close":
      return move(machine, id, { ...descriptor, phases: new Set(["closed"]), binds: new Set() });
  }
}

function connect(
  machine: Machine,
  { throws }: Operation,
  id: string,
  descriptor: Descriptor,
  isCertain: boolean,
): void {
  const before = machine.state!;
  for (const bind of descriptor.binds) {
    const bound = machine.log.bindSite(bind);
    const isSure = isCertain && !descriptor.others?.has(bind) && bound.connected !== "perhaps";
    bound.connected = isSure ? "certainly" : "perhaps";
  }
  const connecting: Descriptor = { ...descriptor, phases: new Set(["connecting"]), binds: new Set() };
  const connected: Descriptor = { ...descriptor, phases: new Set(["connected"]), binds: new Set() };
  const isNonblocking = descriptor.modes.has("nonblocking") && !descriptor.phases.has("connected");
  const isBlocking = descriptor.modes.has("blocking") || descriptor.phases.has("connected");
  const attempt = { descriptor: id, before: descriptor, connected: before.connected };
  const ends: State[] = [];
  if (isNonblocking) {
    // EINPROGRESS is thrown, or returned.
    const underWay = { ...withDescriptor(before, id, connecting), attempt };
    machine.mayThrow(underWay);
    if (!throws) ends.push(underWay);
  }
  if (isBlocking || throws) {
    if (isBlocking) machine.mayThrow(before);
    ends.push({ ...withDescriptor(before, id, connected), attempt, connected: new Set(["yes"]) });
  }
  machine.state = join(ends);
}

/** Rule 3, its second half: the phases in which the call comes too early. */
function noteOrder(
  machine: Machine,
  operation: Operation,
  descriptor: Descriptor,
  early: readonly Phase[],
): void {
  const { connected } = machine.state!;
  // Without a bind and without any connect, rule 1 has said it.
  const isTold = descriptor.phases.has("fresh") && connected.has("no");
  const phases = isTold ? early.filter((phase) => phase !== "fresh") : early;
  notePhases(machine, codes.order, operation, descriptor, phases);
}

function notePhases(
  machine: Machine,
  code: (typeof codes)[keyof typeof codes],
  { site, isClosed, ids }: Operation,
  { phases }: Descriptor,
  broken: readonly Phase[],
): void {
  machine.log.note(code, site, {
    broken: [...phases].some((phase) => broken.includes(phase)),
    kept: !isClosed || ids.length > 1 || [...phases].some((phase) => !broken.includes(phase)),
  });
}

function mapped({ phases }: Descriptor, to: Partial<Record<Phase, Phase>>): ReadonlySet<Phase> {
  return new Set([...phases].map((phase) => to[phase] ?? phase));
}

function move(machine: Machine, id: string, descriptor: Descriptor): void {
  machine.state = withDescriptor(machine.state!, id, descriptor);
}

/** What a connect that was tested to have failed leaves behind: what was there before it. */
export function afterFailure(state: State | undefined, id: string): State | undefined {
  const { attempt } = state ?? {};
  if (!state || attempt?.descriptor !== id) return state;
  const now = state.descriptors.get(id)!;
  const descriptor = now.phases.has("connecting") ? withPhase(now, "connecting") : attempt.before;
  return changed(state, id, descriptor, attempt.connected);
}

/** What a connect that was tested to have succeeded, or an EISCONN, leaves behind. */
export function afterSuccess(state: State | undefined, id = state?.attempt?.descriptor): State | undefined {
  if (!state) return state;
  const ids = [...state.descriptors].flatMap(([each, { phases }]) =>
    each === id || (id === undefined && phases.has("connecting")) ? [each] : [],
  );
  return ids.reduce(
    (after, each) =>
      changed(after, each, withPhase(after.descriptors.get(each)!, "connected"), new Set(["yes"])),
    state,
  );
}

/** What a test for EINPROGRESS says of the last connect: it is under way, or has failed for another reason. */
export function underWay(state: State | undefined, isUnderWay: boolean): State | undefined {
  const id = state?.attempt?.descriptor;
  if (!state || id === undefined) return state;
  const now = state.descriptors.get(id)!;
  if (!isUnderWay && !now.phases.has("connecting")) return state;
  return changed(state, id, withPhase(now, isUnderWay ? "connecting" : "fresh"), state.attempt!.connected);
}

function withPhase(descriptor: Descriptor, phase: Phase): Descriptor {
  return { ...descriptor, phases: new Set([phase]) };
}

/** The attempt stays: another test may say more of it. */
function changed(state: State, id: string, descriptor: Descriptor, connected: State["connected"]): State {
  return { ...state, descriptors: new Map(state.descriptors).set(id, descriptor), connected };
}
