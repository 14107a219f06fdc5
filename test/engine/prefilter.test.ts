import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mayMatter } from "../../src/engine/index.js";

/** Texts that name nothing of the tables: what `line` is, and what `key` says, other files know. */
const lets = [
  "line[key](80)",
  "line[key](...given)",
  "line[key](/* port */ 80)",
  "line[key]!(80)",
  "line[key]?.(80)",
  "(line[key])(80)",
  "(line[key] as Dial)(80)",
  "(0, line[key])(80)",
  "line[keys[0]](80)",
  "line[keyOf(line)](80)",
  "line[`con${rest}`](80)",
  "line[first ? key : other](80)",
  "line[\n  key\n](80)",
  "line[key].call(line, 80)",
  "line[key]?.bind(line)",
  "Reflect.apply(line[key], line, [80])",
  "_.invoke(line, key, 80)",
  "const dial = line[key];\ndial.call(line, 80);",
  "const dial: Dial = line[keys[0]];\ndial?.apply(line, [80]);",
  "this.dial = line[key]; setTimeout(this.dial.bind(line))",
  "const calls = { dial: line[key] }; calls.dial.call(line, 80)",
  "const { [key]: dial } = line; dial.call(line, 80)",
  "named.constructor(text)",
  "new (named.constructor as Make)(text)",
  "const Make = named.constructor;",
  'named["constructor"].call(null, text)',
  "const { constructor: Make } = named;",
  "const { ['constructor']: Make } = named;",
];

const passesOver = [
  "list[0](80)",
  'line["end"]()',
  "line[`end`]()",
  "value[Symbol.iterator]()",
  "value[Symbol.for('inspect')]()",
  "// see [`Engine`](https://example.org/) and [Engine](/api/Engine), [Engine](./engine.md), [Engine](#engine)",
  "const item = list[index]; item.end();",
  "const item = list[index]; slice.call(list, 1);",
  "new this.constructor(size)",
  "value.constructor.name",
  "value.constructor === Object",
  "class Page { constructor(text) {} }",
];

describe("the prefilter, where a file names nothing of ours", () => {
  for (const text of lets) test(`lets through: ${text}`, () => assert.ok(mayMatter(text)));
  for (const text of passesOver) test(`passes over: ${text}`, () => assert.ok(!mayMatter(text)));
});
