import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import { configSchema } from "../../src/options/config-schema.js";
import { findConfig } from "../../src/options/config-file.js";
import { nearest } from "../../src/options/nearest.js";
import { fileOptions } from "../../src/options/options.js";
import { readOptions } from "../../src/options/read.js";
import { readConfig } from "../../src/hosts/tspatch/config.js";
import { Workplace } from "./workplace.js";

describe("options", () => {
  test("the schema that editors get is the one that is checked", () => {
    const path = resolve(__dirname, "../../src/options/config.schema.json");
    assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), configSchema());
  });

  test("an option that nobody knows is an error with a suggestion, in a file and in the plugin's entry", () => {
    assert.throws(
      () => readOptions({ maxwarning: 1 }, fileOptions, "x"),
      /x: .* did you mean 'maxWarnings'\?/,
    );
    assert.throws(
      () => readConfig({ transform: "tsocksify/transformer", anny: 1 }, __dirname),
      /did you mean 'any'\?/,
    );
  });

  test("a suggestion is near, or there is none", () => {
    assert.equal(nearest("baselin", ["baseline", "any"]), "baseline");
    assert.equal(nearest("zebra", ["baseline", "any"]), undefined);
  });

  for (const [name, content] of Object.entries({
    "tsocksify.config.json": '{\n  // With a comment.\n  "maxWarnings": 3,\n}',
    "tsocksify.config.cjs": "module.exports = { maxWarnings: 3 };",
    "tsocksify.config.mjs": "export default { maxWarnings: 3 };",
    "tsocksify.config.ts": "const limit: number = 3;\nexport default { maxWarnings: limit };",
    "package.json": '{ "tsocksify": { "maxWarnings": 3 } }',
  }))
    test(`${name} is found from a folder below`, () => {
      const workplace = new Workplace({ [name]: content, "below/x": "", ".git/HEAD": "" });
      try {
        const { config, path, root } = findConfig(workplace.at("below"));
        assert.deepEqual(
          { config, path, root },
          {
            config: { maxWarnings: 3 },
            path: workplace.at(name),
            root: workplace.directory,
          },
        );
      } finally {
        workplace.remove();
      }
    });
});
