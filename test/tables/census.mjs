// Prints, as JSON, what the Node that runs this offers: every builtin module's exports and their members, and the
// names of the globals. It runs on every supported Node, hence no TypeScript. See census.ts for the shape.
import { builtinModules, createRequire, isBuiltin } from "node:module";

const require = createRequire(import.meta.url);

/** What no program calls: what an EventEmitter knows of its listeners at the moment, and the way back to a class. */
const bookkeeping = ["_events", "_eventsCount", "_maxListeners", "constructor"];

const { modules, closed } = load();
/** Whole modules by identity, so that `fs.promises` is noticed to be `fs/promises`. */
const nameOfModule = new Map(Object.entries(modules).map(([name, value]) => [value, name]));
const known = knownPrototypes();

/** @type {import("./census.js").Census} */
const census = { node: process.versions.node, modules: {}, globals: {}, prefixed: [] };
for (const [name, value] of Object.entries(modules)) census.modules[name] = exportsOf(value);
for (const [name, source] of Object.entries(closed)) census.modules[name] = exportsWritten(source);
census.prefixed = Object.keys(census.modules).filter((name) => !isBuiltin(name));
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const of = nameOfModule.get(read(globalThis, name));
  census.globals[name] =
    of === undefined ? { kind: "other", members: [] } : { kind: "module", of, members: [] };
}
process.stdout.write(JSON.stringify(census));

/**
 * The modules behind flags are in no list but that of the executable's own sources. Some of these are closed whatever
 * the flags, when Node was configured without them: the next one may be configured with them.
 */
function load() {
  /** @type {Record<string, string>} */
  const sources = Reflect.get(process, "binding").call(process, "natives");
  const listed = builtinModules.map((id) => id.replace(/^node:/, ""));
  const embedded = Object.keys(sources).filter((id) => !id.startsWith("internal/"));
  /** @type {Record<string, object>} */
  const modules = {};
  /** @type {Record<string, string>} */
  const closed = {};
  for (const name of new Set([...listed, ...embedded].sort())) {
    try {
      modules[name] = require(`node:${name}`);
    } catch {
      // What is no module is the configuration that Node was built with, as JSON.
      if (sources[name]?.includes("module.exports")) closed[name] = sources[name];
    }
  }
  return { modules, closed };
}

/**
 * The names in `module.exports = { … };`
 *
 * @param {string} source
 */
function exportsWritten(source) {
  const block = /^module\.exports = \{\n(.*?)^\};/ms.exec(source)?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/^ {2}(?:get )?(\w+)/gm)].map(([, name]) => [name, { kind: "written", members: [] }]),
  );
}

/** Prototypes of what has a name of its own somewhere: their members are classified there, not in each heir. */
function knownPrototypes() {
  const prototypes = new Set();
  for (const holder of [globalThis, ...Object.values(modules)]) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      const value = read(holder, name);
      if (typeof value === "function" && value.prototype) prototypes.add(value.prototype);
    }
  }
  for (const sample of [
    [][Symbol.iterator](),
    (async function* () {})(),
    (function* () {})(),
    new Int8Array(),
  ]) {
    for (let proto = Object.getPrototypeOf(sample); proto; proto = Object.getPrototypeOf(proto)) {
      prototypes.add(proto);
    }
  }
  return prototypes;
}

/** @param {object} value */
function exportsOf(value) {
  return Object.fromEntries(ownNames(value).map((name) => [name, describe(read(value, name))]));
}

/**
 * @param {any} value
 * @returns {import("./census.js").Offer}
 */
function describe(value) {
  const of = nameOfModule.get(value);
  if (of !== undefined) return { kind: "module", of, members: methodsOf(value) };
  if (typeof value === "number") return { kind: "number", members: [] };
  const members = typeof value === "function" || isHolder(value) ? [...membersOf(value)].sort() : [];
  return { kind: typeof value, members };
}

/**
 * A module that is a class (events, stream, module): its static members are its exports.
 *
 * @param {any} value
 */
function methodsOf(value) {
  return typeof value === "function" ? ownNames(value.prototype ?? {}).sort() : [];
}

/**
 * Static members and members of instances; of an object, those that are or hold functions.
 *
 * @param {any} value
 * @param {Set<object>} seen
 * @returns {Set<string>}
 */
function membersOf(value, seen = new Set()) {
  const members = new Set();
  seen.add(value);
  const isFunction = typeof value === "function";
  for (const name of ownNames(value)) {
    const member = read(value, name);
    if (isFunction || typeof member === "function") members.add(name);
    else if (isPlain(member) && !seen.has(member) && !nameOfModule.has(member)) {
      for (const inner of membersOf(member, seen)) members.add(`${name}.${inner}`);
    }
  }
  // A class has its own prototype's members, and those of its forebears as far as these have no name to be found by.
  let proto = isFunction ? value.prototype : Object.getPrototypeOf(value);
  for (let isOwn = isFunction; proto && (isOwn || !known.has(proto)); isOwn = false) {
    for (const name of ownNames(proto)) members.add(name);
    proto = Object.getPrototypeOf(proto);
  }
  return members;
}

/**
 * An object with members of its own, rather than an instance of a class whose members are classified with it.
 *
 * @param {unknown} value
 */
function isHolder(value) {
  return (
    isPlain(value) ||
    (typeof value === "object" && value !== null && !known.has(Object.getPrototypeOf(value)))
  );
}

/** @param {any} value */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

/** @param {object} value */
function ownNames(value) {
  const generic = typeof value === "function" ? ["length", "name", "prototype", "arguments", "caller"] : [];
  return Object.getOwnPropertyNames(value).filter((name) => ![...generic, ...bookkeeping].includes(name));
}

/**
 * A getter may refuse.
 *
 * @param {object} holder
 * @param {string} name
 */
function read(holder, name) {
  try {
    return Reflect.get(holder, name);
  } catch {
    return undefined;
  }
}
