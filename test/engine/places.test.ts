import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import ts from "typescript";
import { collectCandidates } from "../../src/engine/candidates/index.js";
import { lookEverywhere } from "../../src/engine/places.js";
import { packages } from "../corpus/packages.js";
import { corpusPackage, installCorpus } from "../support/corpus.js";
import { listFixtures } from "../support/fixtures.js";
import { lookalikePrograms } from "../support/generated/lookalikes.js";
import { socketPrograms, untypedPrograms } from "../support/generated/sockets.js";
import { nativeCompilers } from "../support/native-compilers.js";
import { compilerOptions } from "../support/native-options.js";

const { PROPERTY_SEED = "20", PROPERTY_RUNS = "500" } = process.env;

/** Everything that is collected, as text: of a node, its kind and its place. */
function told(collected: unknown): string {
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return [...value].map(plain).sort();
    if (value instanceof Set) return [...value].map(plain).sort();
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    const { kind, pos, end } = value as Partial<ts.Node>;
    if (pos !== undefined) return `${kind} ${pos} ${end}`;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  };
  return JSON.stringify(plain(collected), undefined, 1);
}

function assertAlike(
  ts: Parameters<typeof collectCandidates>[0],
  file: ts.SourceFile,
  same: ts.SourceFile,
): void {
  lookEverywhere(same);
  const [found, all] = [file, same].map((each) => {
    const { candidates, bindings } = collectCandidates(ts, each);
    return told({ candidates, bindings });
  });
  assert.equal(found, all, file.fileName);
}

function parsed(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
}

function assertNothingLeftOut(name: string, text: string): void {
  assertAlike(ts, parsed(name, text), parsed(name, text));
}

describe("a walk that leaves out what names nothing finds what a walk through everything finds", () => {
  const files: string[] = [];
  before(() => {
    installCorpus();
    files.push(...listFixtures().flatMap(({ input, output }) => [input, output]));
    for (const [name] of packages) files.push(...corpusPackage(name, []).files);
  });

  test("in fixtures and in published packages, bundles included", () => {
    for (const file of files) assertNothingLeftOut(file, readFileSync(file, "utf8"));
  });

  for (const text of [
    "Reflect.get(sock, key);",
    "_.invoke(sock, key); lodash.get(sock, key);",
    "Object.getOwnPropertyDescriptor(sock, key);",
    "const load = later; const later = createRequire(path); load(name);",
    'let lib = require("net"); lib = stub; lib.connect(80);',
    'const größe = require("net"); größe.request(80); größe.connect(80);',
    "const own = require; const other = own; function other() {} other(name);",
    'import { Rnet as ours } from "@tsocksify/runtime"; const chosen = ours ?? null; chosen.connect(80);',
    "function load(scope) { scope[name](80); } load(globalThis);",
  ])
    test(`in ${text}`, () => {
      assert.notEqual(collectCandidates(ts, parsed("form.js", text)).candidates.length, 0);
      assertNothingLeftOut("form.js", text);
    });

  test("in generated programs", () => {
    for (const programs of [socketPrograms, untypedPrograms, lookalikePrograms])
      fc.assert(
        fc.property(programs, ({ text }) => assertNothingLeftOut("generated.ts", text)),
        { seed: Number(PROPERTY_SEED), numRuns: Number(PROPERTY_RUNS) },
      );
  });

  for (const { name, start } of nativeCompilers)
    test(`in the trees of ${name}`, (context) => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-places-")));
      context.after(() => rmSync(folder, { recursive: true }));
      const config = join(folder, "tsconfig.json");
      writeFileSync(config, JSON.stringify({ compilerOptions, files }));
      const [one, other] = [0, 1].map(() => {
        const compiler = start(folder);
        context.after(() => compiler.close());
        return compiler.openProject(config);
      });
      for (const file of files) assertAlike(one!.ts, one!.getSourceFile(file)!, other!.getSourceFile(file)!);
    });
});
