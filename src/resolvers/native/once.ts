import type { NativeChecker, NativeSymbol, NativeType } from "./checker.js";

/** A checker that is asked nothing twice about a type, nor for the type of a node or a class: a receiver may have a hundred keys. */
export function askedOnce(checker: NativeChecker): NativeChecker {
  return {
    ...checker,
    typesAt: once((nodes) => checker.typesAt(nodes)),
    present: once((types) => checker.present(types)),
    parts: once((types) => checker.parts(types)),
    indexed: once((types) => checker.indexed(types)),
    properties: propertiesOnce(checker),
    instance: instancesOnce(checker),
  };
}

function once<K extends object, V>(
  ask: (keys: readonly K[]) => readonly V[],
): (keys: readonly K[]) => readonly V[] {
  const known = new WeakMap<K, V>();
  return (keys) => {
    const open = [...new Set(keys)].filter((key) => !known.has(key));
    const answers = open.length > 0 ? ask(open) : [];
    open.forEach((key, index) => known.set(key, answers[index] as V));
    return keys.map((key) => known.get(key) as V);
  };
}

function instancesOnce(checker: NativeChecker): NativeChecker["instance"] {
  const known = new Map<string, NativeType | undefined>();
  return (module, name) => {
    const key = `${module}.${name}`;
    if (!known.has(key)) known.set(key, checker.instance(module, name));
    return known.get(key);
  };
}

function propertiesOnce(checker: NativeChecker): NativeChecker["properties"] {
  const known = new WeakMap<NativeType, Map<string, NativeSymbol | undefined>>();
  const of = (type: NativeType): Map<string, NativeSymbol | undefined> => {
    const names = known.get(type) ?? new Map<string, NativeSymbol | undefined>();
    known.set(type, names);
    return names;
  };
  return (wanted) => {
    const open = wanted.filter(({ type, name }) => {
      const isOpen = !of(type).has(name);
      if (isOpen) of(type).set(name, undefined);
      return isOpen;
    });
    const symbols = open.length > 0 ? checker.properties(open) : [];
    open.forEach(({ type, name }, index) => of(type).set(name, symbols[index]));
    return wanted.map(({ type, name }) => of(type).get(name));
  };
}
