import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDependency, withScript } from "../../src/project/dependency-edit.js";

/** What a package.json is before, and with a dependency `m` on `1`. */
const layouts: Record<string, readonly [before: string, after: string]> = {
  "one line": ['{ "name": "x" }\n', '{ "name": "x", "dependencies": { "m": "1" } }\n'],
  "one line without a space": ['{"name":"x"}', '{"name":"x","dependencies":{"m":"1"}}'],
  "a list on one line": ['{ "dependencies": { "a": "2" } }', '{ "dependencies": { "a": "2", "m": "1" } }'],
  "a list on one line, at its beginning": [
    '{"dependencies":{"z":"2"},"name":"x"}',
    '{"dependencies":{"m":"1","z":"2"},"name":"x"}',
  ],
  "nothing at all": ["{}\n", '{ "dependencies": { "m": "1" } }\n'],
  "an empty list": ['{\n  "dependencies": {}\n}\n', '{\n  "dependencies": {\n    "m": "1"\n  }\n}\n'],
  "an empty list on one line": ['{"dependencies":{}}', '{"dependencies":{"m":"1"}}'],
  "members that share a line": [
    '{\n  "name": "x", "dependencies": { "z": "2" },\n  "keywords": [ "a",\n"b" ]\n}\n',
    '{\n  "name": "x", "dependencies": { "m": "1", "z": "2" },\n  "keywords": [ "a",\n"b" ]\n}\n',
  ],
  "a list whose lines are its own": [
    '{\n\t"dependencies": {\n\t\t"a": "2",\n\t\t"z": "2"\n\t},\n\t"files": ["a"]\n}\n',
    '{\n\t"dependencies": {\n\t\t"a": "2",\n\t\t"m": "1",\n\t\t"z": "2"\n\t},\n\t"files": ["a"]\n}\n',
  ],
  "lines that end with CR LF": [
    '{\r\n    "name": "x"\r\n}\r\n',
    '{\r\n    "name": "x",\r\n    "dependencies": {\r\n        "m": "1"\r\n    }\r\n}\r\n',
  ],
};

describe("a dependency that is added to package.json changes no other byte of it", () => {
  for (const [title, [before, after]] of Object.entries(layouts))
    test(title, () => assert.equal(withDependency(before, "dependencies", "m", "1"), after));
});

test("a script is replaced where it is, and comes last where there is none", () => {
  const text = '{"scripts":{"a" : "tsc", "b":"x"}}';
  assert.equal(withScript(text, "a", 'tspc "-p"'), String.raw`{"scripts":{"a" : "tspc \"-p\"", "b":"x"}}`);
  assert.equal(withScript(text, "c", "y"), '{"scripts":{"a" : "tsc", "b":"x","c":"y"}}');
});
