import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LintReport } from "../../src/hosts/lint/run.js";
import { Workplace } from "./workplace.js";

const beacon = 'const dgram = require("dgram");\nexports.beat = () => dgram.createSocket("udp4");\n';
const packageOf = (name: string, code: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", main: "index.js" }),
  [`node_modules/${name}/index.js`]: code,
});

/** What lint says of a project: its exit code, and each finding with what suppresses it. */
function lint(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): { code: number | null; found: string[] } {
  const workplace = new Workplace({ "package.json": "{}", ...files });
  try {
    const { code, stdout, stderr } = workplace.tsocksify(["lint", "--reporter", "json", ...args]);
    assert.ok(stdout, stderr);
    const { findings } = JSON.parse(stdout) as LintReport;
    const found = findings.map(
      ({ file, line, code, suppressed, reason }) =>
        `${file}:${line} ${code}${suppressed ? ` by ${suppressed}: ${reason}` : ""}`,
    );
    return { code, found };
  } finally {
    workplace.remove();
  }
}

describe("comments and the findings of dependencies", () => {
  for (const comment of [
    "// tsocksify-ignore-file SOCKS1001 -- it is local",
    "// tsocksify-ignore SOCKS1003 -- old",
  ])
    test(`in a dependency, '${comment}' hides nothing and is no finding`, () => {
      const { code, found } = lint(
        { "main.js": 'require("beacon");\n', ...packageOf("beacon", `${comment}\n${beacon}`) },
        "--deps",
      );
      assert.deepEqual(found, ["main.js:1 SOCKS1202"]);
      assert.equal(code, 1);
    });

  const accepted = '// tsocksify-ignore SOCKS1202 -- the beacon stays in the rack\nrequire("beacon");\n';

  test("at the import, a comment lets a dependency's finding be, with its reason", () => {
    const { code, found } = lint({ "main.js": accepted, ...packageOf("beacon", beacon) }, "--deps");
    assert.deepEqual(found, ["main.js:2 SOCKS1202 by comment: the beacon stays in the rack"]);
    assert.equal(code, 0);
  });

  test("without --deps nobody can tell whether that comment is needed, and it is no finding", () =>
    assert.deepEqual(lint({ "main.js": accepted, ...packageOf("beacon", beacon) }), { code: 0, found: [] }));

  test("with --deps, one that no dependency needs is a finding", () =>
    assert.deepEqual(
      lint({ "main.js": accepted, ...packageOf("beacon", "exports.beat = () => 1;\n") }, "--deps").found,
      ["main.js:1 SOCKS1102"],
    ));
});

describe("a dependency that is nested too deeply for the call stack", () => {
  const calls = (text: string, depth: number): string => `${"f(".repeat(depth)}${text}${")".repeat(depth)}`;
  const sum = (depth: number): string => Array.from({ length: depth }, () => "1").join("+");
  const deep = {
    "to be parsed": `const net = require("net");\nconst f = (x) => x;\nmodule.exports = ${calls("net.connect(1)", 20_000)};\n`,
    "to be walked": `const net = require("net");\nmodule.exports = ${sum(20_000)} + net.connect(1);\n`,
    "to be resolved": `const net = require("net");\nmodule.exports = net${'["connect"](1)'.repeat(1_200)};\n`,
  };
  for (const [what, code] of Object.entries(deep))
    test(`${what} is out of sight, by its name, and the others are told as ever`, () => {
      const workplace = new Workplace({
        "package.json": "{}",
        "main.js": 'require("deep");\nrequire("beacon");\n',
        ...packageOf("deep", code),
        ...packageOf("beacon", beacon),
      });
      try {
        const { code, stdout, stderr } = workplace.tsocksify(["lint", "--deps", "--reporter", "json"]);
        assert.equal(code, 1, stderr);
        const { dependencies = [] } = JSON.parse(stdout) as LintReport;
        assert.deepEqual(
          dependencies.map(({ name, opens }) => [name, opens.map(({ verdict }) => verdict)]),
          [
            ["beacon", ["datagrams"]],
            ["deep", ["out-of-sight"]],
          ],
        );
        const [{ text, file } = { text: "", file: "" }] = dependencies[1]!.opens[0]!.sites;
        assert.equal(file, "index.js");
        assert.match(text, /nested too deeply/);
      } finally {
        workplace.remove();
      }
    });
});
