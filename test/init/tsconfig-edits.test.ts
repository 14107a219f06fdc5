import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse, type ParseError } from "jsonc-parser";
import { ownEntry, withoutPlugin, withPlugin } from "../../src/init/tsconfig-edits.js";

const ours = '{ "transform": "tsocksify/transformer" }';

/** A tsconfig.json without our plugin, and with it. */
const rows: Record<string, [without: string, with_: string]> = {
  "options one a line": [
    '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
    `{\n  "compilerOptions": {\n    "strict": true,\n    "plugins": [${ours}]\n  }\n}\n`,
  ],
  "a comment behind the last option, which stays there": [
    '{\n  "compilerOptions": {\n    "strict": true // yes\n  }\n}\n',
    `{\n  "compilerOptions": {\n    "strict": true, // yes\n    "plugins": [${ours}]\n  }\n}\n`,
  ],
  "a comment of both kinds, and a comma at the end": [
    '{\n  "compilerOptions": {\n    "strict": true, /* a */ // b\n  },\n}\n',
    `{\n  "compilerOptions": {\n    "strict": true, /* a */ // b\n    "plugins": [${ours}],\n  },\n}\n`,
  ],
  "tabs and carriage returns": [
    '{\r\n\t"compilerOptions": {\r\n\t\t"strict": true\r\n\t}\r\n}',
    `{\r\n\t"compilerOptions": {\r\n\t\t"strict": true,\r\n\t\t"plugins": [${ours}]\r\n\t}\r\n}`,
  ],
  "everything on one line": [
    '{ "compilerOptions": { "strict": true }, "files": [] }',
    `{ "compilerOptions": { "strict": true, "plugins": [${ours}] }, "files": [] }`,
  ],
  "plugins of others, one a line": [
    '{\n  "compilerOptions": {\n    "plugins": [\n      { "name": "x" }, // x\n    ],\n    "strict": true\n  }\n}\n',
    `{\n  "compilerOptions": {\n    "plugins": [\n      { "name": "x" }, // x\n      ${ours},\n    ],\n    "strict": true\n  }\n}\n`,
  ],
  "plugins of others, on one line": [
    '{ "compilerOptions": { "plugins": [{ "name": "x" }] } }',
    `{ "compilerOptions": { "plugins": [{ "name": "x" }, ${ours}] } }`,
  ],
};

describe("our plugin's entry in tsconfig.json", () => {
  for (const [what, [without, with_]] of Object.entries(rows)) {
    test(`comes, with no other byte changed: ${what}`, () => {
      assert.equal(withPlugin(without, []), with_);
      assert.equal(ownEntry(with_)?.transform, "tsocksify/transformer");
    });
    test(`goes again: ${what}`, () => {
      const gone = withoutPlugin(with_);
      const errors: ParseError[] = [];
      assert.deepEqual(
        parse(gone, errors, { allowTrailingComma: true }),
        parse(without, [], { allowTrailingComma: true }),
      );
      assert.deepEqual(errors, []);
      assert.equal(ownEntry(gone), undefined);
      // A comma that had to come before it goes with it, so that the bytes are those of before.
      assert.equal(gone, without);
    });
  }

  test("where there are no options yet, they come too", () => {
    for (const text of ["{}", "{\n}\n", '{\n  "files": []\n}\n', '{ "compilerOptions": {} }'])
      assert.deepEqual(
        (parse(withPlugin(text, [])) as { compilerOptions: unknown }).compilerOptions,
        { plugins: [{ transform: "tsocksify/transformer" }] },
        text,
      );
  });

  test("entries that were inherited are not hidden by it", () => {
    const text = '{ "compilerOptions": { "strict": true } }';
    assert.deepEqual(
      (parse(withPlugin(text, [{ name: "x" }])) as { compilerOptions: { plugins: unknown } }).compilerOptions
        .plugins,
      [{ name: "x" }, { transform: "tsocksify/transformer" }],
    );
  });

  test("a text without it is left alone", () => {
    const text = '{ "compilerOptions": { "plugins": [null, "x", { "transform": "y" }] } }';
    assert.equal(withoutPlugin(text), text);
  });
});
