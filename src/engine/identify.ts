import type ts from "typescript";
import type { Binding, Bindings } from "./bindings.js";
import { bareSpecifier, followPath, globalNames, moduleTable } from "./catalogue.js";
import { memberName, requireSpecifier, unwrapped } from "./syntax.js";
import type { Identity, TypeScript } from "./vocabulary.js";

/** What is known about the names of one file: the resolver's answers, and what the file's own imports say. */
export interface Knowledge {
  readonly ts: TypeScript;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  readonly answers: ReadonlyMap<ts.Node, Identity>;
}

const unknown: Identity = { kind: "unknown" };

/** What an identifier in a value position stands for. */
export function identifyName(knowledge: Knowledge, name: ts.Identifier): Identity {
  const answer = knowledge.answers.get(name) ?? unknown;
  const binding = bindingOf(knowledge, name);
  // Untyped `const net = require("net")`, or an import that nothing resolves (no @types/node): the specifier tells.
  if (binding && (answer.kind === "user" || answer.kind === "unknown" || answer.kind === "any"))
    return canonical({ kind: "export", module: binding.module, path: binding.path });
  if (answer.kind === "unknown" && globalNames.has(name.text)) return { kind: "global", path: [name.text] };
  return canonical(answer);
}

/** What `receiver.name` stands for: the resolver's answer or, where there are no types, what the receiver's path says. */
export function identifyMember(
  knowledge: Knowledge,
  name: ts.Identifier | ts.StringLiteralLike,
  receiver: ts.Expression,
): Identity {
  const answer = knowledge.answers.get(name) ?? unknown;
  if (answer.kind !== "any" && answer.kind !== "unknown") return canonical(answer);
  const owner = identifyExpression(knowledge, receiver);
  if (owner.kind === "export") return canonical({ ...owner, path: [...owner.path, name.text] });
  return owner.kind === "global" && owner.path[0] === "globalThis"
    ? { kind: "global", path: [name.text] }
    : answer;
}

/** The binding that an identifier refers to. */
export function bindingOf({ bindings, file, answers }: Knowledge, name: ts.Identifier): Binding | undefined {
  const candidates = bindings.listed.get(name.text);
  const answer = answers.get(name);
  if (!candidates || answer?.kind !== "user") return candidates?.[0];
  const { fileName, start } = answer.declaration;
  return candidates.find(
    ({ declaration }) => fileName === file.fileName && declaration.getStart(file) === start,
  );
}

function identifyExpression(knowledge: Knowledge, node: ts.Expression): Identity {
  const { ts } = knowledge;
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner))
    return ["globalThis", "global", "window", "self"].includes(inner.text)
      ? { kind: "global", path: ["globalThis"] }
      : identifyName(knowledge, inner);
  const specifier = requireSpecifier(ts, inner);
  if (specifier && moduleTable(specifier.text))
    return { kind: "export", module: bareSpecifier(specifier.text), path: [] };
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return unknown;
  const name = memberName(ts, inner);
  const owner = name && identifyExpression(knowledge, inner.expression);
  if (!owner || owner.kind !== "export") return unknown;
  return canonical({ ...owner, path: [...owner.path, name.text] });
}

/** One name for one thing: without the prototype that a method is reached by, and in the module that has it. */
function canonical(identity: Identity): Identity {
  if (identity.kind !== "export") return identity;
  const [table, path] = followPath(identity.module, identity.path);
  return {
    kind: "export",
    module: table?.module ?? identity.module,
    path: path.filter((step) => step !== "prototype"),
  };
}
