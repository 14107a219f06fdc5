import type ts from "typescript";
import { execute } from "./statements.js";
import type { Machine } from "./machine.js";
import { join, type State } from "./state.js";

/** `try`: what may be thrown in it goes to `catch`; `finally` is run on every way out. */
export function followTry(machine: Machine, node: ts.TryStatement): void {
  const { tryBlock, catchClause, finallyBlock } = node;
  const outerExits = machine.frame.exits;
  if (finallyBlock) {
    machine.frame.exits = new Map();
    // What is returned has still to pass through it.
    machine.frame.outcomes = undefined;
  }

  let thrown = guarded(machine, () => execute(machine, tryBlock));
  if (catchClause) {
    const end = machine.state;
    machine.state = thrown;
    thrown = undefined;
    if (machine.state) thrown = guarded(machine, () => execute(machine, catchClause.block));
    machine.state = join([end, machine.state]);
  }
  if (!finallyBlock) return machine.mayThrow(thrown);

  const exits = machine.frame.exits;
  machine.frame.exits = outerExits;
  const finish = (from: State | undefined): State | undefined => {
    machine.state = from;
    if (from) execute(machine, finallyBlock);
    return machine.state;
  };
  const normal = finish(machine.state);
  machine.mayThrow(finish(thrown));
  for (const [kind, state] of exits) {
    machine.state = finish(state);
    if (machine.state) machine.exit(kind);
  }
  machine.state = normal;
}

/** Follows a block, and tells in what states something may have been thrown. */
function guarded(machine: Machine, follow: () => void): State | undefined {
  const thrown: State[] = [];
  machine.handlers.push(thrown);
  follow();
  machine.handlers.pop();
  return join(thrown);
}
