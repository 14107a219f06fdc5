import assert from "node:assert/strict";
import { test } from "node:test";
import { builtins, globals } from "../../src/tables/index.js";
import { supportedMajors, type SupportedMajor } from "../support/node-versions.js";
import { takeCensus, type Census } from "./census.js";
import { globalNamesOf, namesOf, numbersOf, offeredBy } from "./names.js";

const censuses = new Map<SupportedMajor, Census | Error>(
  supportedMajors.map((major) => [major, census(major)]),
);
const taken = [...censuses.values()].filter((result): result is Census => !(result instanceof Error));
const tables = new Map(builtins.map((table) => [table.module, table]));

function census(major: SupportedMajor): Census | Error {
  try {
    return takeCensus(major);
  } catch (error) {
    if (process.env.CI === "true") throw error;
    return error as Error;
  }
}

for (const [major, result] of censuses) {
  const skip = result instanceof Error && `no Node ${major}: ${result.message}`;
  const there = result as Census;

  test(`every builtin module of Node ${major} has a table`, { skip }, () => {
    assert.ok(Object.keys(there.modules).length > 60);
    assert.deepEqual(
      Object.keys(there.modules).filter((module) => !tables.has(module)),
      [],
    );
  });

  test(`every export of Node ${major}'s builtins, and every member of it, is classified`, { skip }, () => {
    const missing = [...tables.values()].flatMap((table) => {
      const known = new Set(namesOf(table));
      const unknown = offeredBy(there, table.module).filter((name) => !known.has(name));
      return unknown.map((name) => `${table.module}: ${name}`);
    });
    assert.deepEqual(missing, []);
  });

  test(`every global of Node ${major} is classified`, { skip }, () => {
    const known = new Set(globalNamesOf(globals));
    assert.ok(Object.keys(there.globals).length > 100);
    assert.deepEqual(
      Object.keys(there.globals).filter((name) => !known.has(name)),
      [],
    );
  });

  test(`what is another module in Node ${major} is an alias of it in the table`, { skip }, () => {
    const wrong = Object.entries(there.modules).flatMap(([module, exports]) =>
      Object.entries(exports).flatMap(([name, { kind, of }]) => {
        // Readable is _stream_readable, but nobody knows it by that name.
        if (kind !== "module" || of!.startsWith("_stream")) return [];
        return tables.get(module)?.aliases?.[name] === of ? [] : [`${module}: ${name} is ${of}`];
      }),
    );
    assert.deepEqual(wrong, []);
  });

  test(`the specifiers that need node: in Node ${major} are marked so`, { skip }, () => {
    const marked = builtins.filter(({ prefix }) => prefix === "required").map(({ module }) => module);
    assert.deepEqual(
      there.prefixed.filter((module) => !marked.includes(module)),
      [],
    );
    assert.deepEqual(
      Object.keys(there.modules).filter(
        (module) => marked.includes(module) && !there.prefixed.includes(module),
      ),
      [],
    );
  });
}

/** Where a Node is missing, or the platform lacks what others have, a name may only seem to be nobody's. */
const incomplete =
  taken.length < supportedMajors.length
    ? "not every supported Node is here"
    : process.platform !== "linux" && "other platforms lack getuid, lchmod and their like";

test("every name in the tables is of some supported Node", { skip: incomplete }, () => {
  const stale = builtins.flatMap((table) => {
    const { module } = table;
    const offered = new Set(
      taken.flatMap((each) => [...offeredBy(each, module), ...numbersOf(each, module)]),
    );
    // The type that a module is declared by is no export of it.
    const isOwnType = (name: string): boolean => table.aliases?.[name] === module;
    const names = namesOf(table).filter((name) => !offered.has(name) && !isOwnType(name));
    return names.map((name) => `${module}: ${name}`);
  });
  assert.deepEqual(stale, []);
  const modules = new Set(taken.flatMap((each) => Object.keys(each.modules)));
  assert.deepEqual(
    [...tables.keys()].filter((module) => !modules.has(module)),
    [],
  );
});

test("every global in the table is of some supported Node", { skip: incomplete }, () => {
  const offered = new Set(taken.flatMap((each) => Object.keys(each.globals)));
  assert.deepEqual(
    globalNamesOf(globals).filter((name) => !offered.has(name)),
    [],
  );
});
