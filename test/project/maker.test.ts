import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import typescript from "typescript";
import { makerOf } from "../../src/project/maker.js";

const load = createRequire(__filename);

// Before 5.3 it is another one than lib/typescript.js; typescript-eslint's projectService has its types from there.
for (const name of ["typescript", "tsserverlibrary"])
  test(`a file that lib/${name}.js has made is read with that`, () => {
    const maker = load(`typescript-5.0/lib/${name}.js`) as typeof typescript;
    const file = maker.createSourceFile("a.ts", "", maker.ScriptTarget.Latest);
    assert.equal(makerOf(file, typescript), maker);
  });

test("a file that none of the loaded ones has made is an error, and not misread", () => {
  const file = { fileName: "a.ts" } as typescript.SourceFile;
  assert.throws(() => makerOf(file, typescript), /a\.ts come from a TypeScript that can't be found/);
});
