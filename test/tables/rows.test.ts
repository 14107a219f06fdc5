import assert from "node:assert/strict";
import { test } from "node:test";
import { findingKind } from "../../src/findings/index.js";
import { classified, globalTable, type ExportClass, type FindingCode } from "../../src/tables/index.js";
import { globalNamesOf, namesOf } from "./names.js";
import { allRows } from "./rows.js";

const rows = allRows();

test("a row has an R-form or a finding, never both and never neither; what is inert has none", () => {
  const wrong = rows.filter(({ row }) => {
    const given = ["becomes", "finding"].filter((key) => Object.hasOwn(row, key));
    return given.length !== (row.class === "inert" ? 0 : 1);
  });
  assert.deepEqual(wrong, []);
});

test("a row that opens nothing by itself has members that do", () => {
  const idle = rows.filter(({ row }) => row.class === "inert" && !row.members && !row.statics);
  assert.deepEqual(idle, []);
});

/** Which findings report what. */
const codes: Readonly<Record<Exclude<ExportClass, "inert">, readonly FindingCode[]>> = {
  socket: ["SOCKS1015"],
  udp: ["SOCKS1001"],
  dns: ["SOCKS1002", "SOCKS1003"],
  process: ["SOCKS1010", "SOCKS1011", "SOCKS1012", "SOCKS1014"],
  native: ["SOCKS1013"],
};

test("the finding of a row suits its class, and is one that exists", () => {
  for (const { where, row } of rows) {
    if (row.class === "inert" || !row.finding) continue;
    assert.ok(codes[row.class].includes(row.finding), `${where}: ${row.finding} is not for ${row.class}`);
    assert.equal(findingKind(row.finding).code, row.finding, where);
  }
  for (const { module, finding } of classified) if (finding) assert.ok(findingKind(finding), module);
});

test("a module as a value has an R-namespace or a finding, never both", () => {
  assert.deepEqual(
    classified.filter(({ namespace, finding }) => namespace && finding),
    [],
  );
});

test("a module has one table", () => {
  assert.deepEqual(duplicates(classified.map(({ module }) => module)), []);
});

test("a name is classified once", () => {
  for (const table of classified) {
    // The class of that name, and the module by that name: `new Module()`, `Module.createRequire()`.
    const both = Object.keys(table.aliases ?? {}).filter((name) => Object.hasOwn(table.exports, name));
    const twice = duplicates(namesOf(table)).filter((name) => !both.includes(name));
    assert.deepEqual(twice, [], table.module);
  }
  assert.deepEqual(duplicates(globalNamesOf(globalTable)), []);
});

test("an alias leads to a module that has a table", () => {
  const known = new Set(classified.map(({ module }) => module));
  const targets = [...classified, globalTable].flatMap(({ aliases }) => Object.values(aliases ?? {}));
  assert.ok(targets.length > 10);
  assert.deepEqual(
    targets.filter((target) => !known.has(target)),
    [],
  );
});

function duplicates(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
