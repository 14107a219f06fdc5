import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Dependency } from "../../src/deps/index.js";
import type { LintReport } from "../../src/hosts/lint/run.js";
import { assertKeepsTo } from "../support/schema.js";
import { Workplace } from "./workplace.js";

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, version: "1.2.3", main: "index.js", ...more });

/** A package of one file. */
const small = (name: string, code: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: manifest(name),
  [`node_modules/${name}/index.js`]: code,
});

const dials = 'const net = require("net");\nexports.dial = (port) => net.connect(port);\n';

const packages = {
  ...small("dials", dials),
  "node_modules/dials/test.js": 'require("dgram").createSocket("udp4");\n',
  ...small(
    "asks",
    'const http = require("http");\nexports.ask = (options) =>\n  http.request({ host: "h", agent: options.agent });\n',
  ),
  ...small(
    "beacon",
    'const dgram = require("node:dgram");\nexports.beat = () => dgram.createSocket("udp4");\n',
  ),
  ...small("runs", 'const { spawn } = require("child_process");\nexports.run = () => spawn("curl", []);\n'),
  ...small("native", 'module.exports = require("./build/native.node");\n'),
  "node_modules/native/build/native.node": "machine code",
  "node_modules/native/binding.gyp": "{}",
  ...small("serves", 'const http = require("http");\nhttp.createServer().listen(8080);\n'),
  ...small("quiet", 'exports.connect = () => "nothing";\nexports.connect();\n'),
  "node_modules/asks/index.d.ts":
    'import type { Readable } from "node:stream";\nexport interface AskConfig {\n  sock?: Readable;\n}\n',
  ...small("between", 'module.exports = [require("dials"), require("./missing"), require("absent")];\n'),
  ...small("only-types", 'require("dgram").createSocket("udp4");\n'),
  "node_modules/only-types/index.d.ts": "export interface Shape {}\n",
  ...small("broken", 'require("net").connect(;\n'),
  "node_modules/dual/package.json": manifest("dual", {
    exports: { import: "./index.mjs", require: "./index.cjs" },
  }),
  "node_modules/dual/index.mjs": 'import tls from "tls";\ntls.connect(1);\n',
  "node_modules/dual/index.cjs": 'require("net").connect(1);\n',
  "node_modules/@tsocksify/runtime/package.json": manifest("@tsocksify/runtime"),
  "node_modules/@tsocksify/runtime/index.js": 'require("net").connect(1);\n',
};

const files = {
  "package.json": '{ "name": "mine", "type": "module" }',
  "tsconfig.json":
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "paths": { "#/*": ["./*"], "@/*": ["./lib/*"] } } }',
  "main.ts": `import "asks";
import "between";
import { beat } from "beacon";
import "runs";
import "native";
import "quiet";
import "serves";
import "dual";
import "broken";
import "@tsocksify/runtime";
import type { Shape } from "only-types";
import { type Shape as Other } from "only-types";
import "@/own";
import "not-there";
export type Both = [Shape, Other, typeof beat];
`,
  "lib/own.ts": 'import "dials";\n',
};

type Row = [name: string, verdict: string, sites: string[]];

function rowsOf(dependencies: readonly Dependency[]): Row[] {
  return dependencies.flatMap(({ name, opens }) =>
    opens.map(({ verdict, sites }): Row => [
      name,
      verdict,
      sites.map(({ text, file, line }) => `${text} ${file}:${line}`),
    ]),
  );
}

describe("tsocksify lint --deps", () => {
  let workplace: Workplace;
  let report: LintReport;
  before(() => {
    workplace = new Workplace({ ...files, ...packages }, "typescript");
    const { code, stdout } = workplace.tsocksify(["lint", "--deps", "--reporter", "json"]);
    assert.equal(code, 1, "beacon's datagrams are an error");
    report = JSON.parse(stdout) as LintReport;
  });
  after(() => workplace.remove());
  const dependency = (name: string): Dependency => report.dependencies!.find((each) => each.name === name)!;

  test("tells of each package that is reached what it opens, where, and what can be done about it", () =>
    assert.deepEqual(rowsOf(report.dependencies!), [
      ["asks", "rewritable", ["http.request index.js:3"]],
      ["beacon", "datagrams", ["dgram.createSocket index.js:2"]],
      ["broken", "out-of-sight", ["')' expected. index.js:1"]],
      ["dials", "rewritable", ["net.connect index.js:2"]],
      ["dual", "rewritable", ["tls.connect index.mjs:2"]],
      ["native", "out-of-sight", ["binding.gyp binding.gyp:1", "./build/native.node index.js:1"]],
      ["not-there", "out-of-sight", []],
      ["runs", "no-r-form", ["spawn index.js:2"]],
      ["serves", "rewritable", ["http.createServer().listen index.js:2"]],
    ]));

  test("lists those that open nothing too, and none that only types come from", () =>
    assert.deepEqual(
      report.dependencies!.filter(({ opens }) => opens.length === 0).map(({ name }) => name),
      ["between", "quiet"],
    ));

  test("says by which import a package is reached, and through which others", () => {
    const { arrival, through, version } = dependency("dials");
    assert.deepEqual(
      { ...arrival, through, version },
      { file: "lib/own.ts", line: 1, column: 8, endLine: 1, endColumn: 15, through: [], version: "1.2.3" },
      "the project's own import is the shorter way",
    );
    workplace.write("lib/own.ts", "export {};\n");
    const { stdout } = workplace.tsocksify(["lint", "--deps", "--reporter", "json"]);
    workplace.write("lib/own.ts", files["lib/own.ts"]);
    const found = (JSON.parse(stdout) as LintReport).dependencies!.find(({ name }) => name === "dials")!;
    assert.deepEqual([found.arrival.file, found.arrival.line, found.through], ["main.ts", 2, ["between"]]);
  });

  test("finds the option by which a connection is handed in", () => {
    assert.deepEqual(dependency("asks").takes, [
      { name: "agent", file: "index.js", line: 3, column: 44 },
      { name: "sock", file: "index.d.ts", line: 3, column: 3 },
    ]);
    assert.deepEqual(dependency("dials").takes, []);
  });

  test("each row is a finding at the import: an error for datagrams, a warning otherwise", () => {
    const found = report.findings.map(({ file, line, code, severity }) => [file, line, code, severity]);
    assert.deepEqual(found.slice(0, 3), [
      ["lib/own.ts", 1, "SOCKS1201", "warning"],
      ["main.ts", 1, "SOCKS1201", "warning"],
      ["main.ts", 3, "SOCKS1202", "error"],
    ]);
    assert.equal(found.length, rowsOf(report.dependencies!).length);
    assert.deepEqual(
      found.filter(([, , , severity]) => severity === "error"),
      [["main.ts", 3, "SOCKS1202", "error"]],
    );
  });

  test("keeps to the report's schema, and the tally is that of the project's own code", () => {
    assertKeepsTo("report", JSON.stringify(report));
    assert.equal(report.tally.callSites, 0);
  });

  test("every run says the same, wherever the project is", () => {
    const elsewhere = new Workplace({ ...files, ...packages }, "typescript");
    try {
      const { stdout } = elsewhere.tsocksify(["lint", "--deps", "--reporter", "json"]);
      assert.deepEqual(JSON.parse(stdout), report);
      assert.ok(!stdout.includes(elsewhere.directory));
    } finally {
      elsewhere.remove();
    }
  });

  test("a version that is installed twice is one row, and two versions are two", () => {
    const copies = new Workplace({
      "package.json": "{}",
      "main.js": 'require("a"); require("b"); require("c");\n',
      ...small("a", 'require("dials");\n'),
      "node_modules/a/node_modules/dials/package.json": manifest("dials"),
      "node_modules/a/node_modules/dials/index.js": dials,
      ...small("b", 'require("dials");\n'),
      "node_modules/b/node_modules/dials/package.json": manifest("dials"),
      "node_modules/b/node_modules/dials/index.js": dials,
      ...small("c", 'require("dials");\n'),
      "node_modules/c/node_modules/dials/package.json": manifest("dials", { version: "2.0.0" }),
      "node_modules/c/node_modules/dials/index.js": dials,
    });
    try {
      const { stdout } = copies.tsocksify(["lint", "--deps", "--reporter", "json"]);
      const { dependencies = [] } = JSON.parse(stdout) as LintReport;
      const found = dependencies.filter(({ name }) => name === "dials");
      assert.deepEqual(
        found.map(({ version, opens }) => [version, opens.length, opens[0]!.sites.length]),
        [
          ["1.2.3", 1, 1],
          ["2.0.0", 1, 1],
        ],
      );
    } finally {
      copies.remove();
    }
  });

  test("the baseline accepts what is known, and the table of pretty has what is left", () => {
    const known = ["lint", "--deps", "--baseline", "known.json"];
    assert.equal(workplace.tsocksify([...known, "--update-baseline"]).code, 0);
    assert.equal(workplace.tsocksify(known).code, 0);
    const { stdout } = workplace.tsocksify(["lint", "--deps"]);
    assert.match(
      stdout,
      /^Dependencies\n\npackage +version +what +where +verdict\nasks +1\.2\.3 +http\.request +index\.js:3 +direct, unless/,
    );
    assert.match(stdout, /\n11 packages reached: 9 with rows here, 2 that open nothing\n/);
  });

  test("--list-inputs has the files of packages too", () => {
    const inputs = workplace.tsocksify(["lint", "--deps", "--list-inputs"]).stdout.split("\n");
    for (const each of ["main.ts", "node_modules/dials/index.js", "node_modules/dials/package.json"])
      assert.ok(inputs.includes(each), each);
    assert.ok(!inputs.includes("node_modules/dials/test.js"));
  });
});

describe("tsocksify lint --deps on published packages", () => {
  let workplace: Workplace;
  before(() => {
    const main = 'import "ldapjs";\nimport "ldapts";\nimport "socks";\nimport "picocolors";\n';
    workplace = new Workplace({ "package.json": '{ "type": "module" }', "main.js": main });
    for (const name of ["ldapjs", "ldapts", "socks", "picocolors"]) workplace.linkPackage(name);
  });
  after(() => workplace.remove());

  test("finds where LDAP clients and a SOCKS client dial, and what they can be handed", () => {
    const { code, stdout } = workplace.tsocksify(["lint", "--deps", "--reporter", "json"]);
    const { dependencies = [] } = JSON.parse(stdout) as LintReport;
    const calls = (name: string): string[] =>
      [
        ...new Set(rowsOf(dependencies.filter((each) => each.name === name)).flatMap(([, , sites]) => sites)),
      ].map((site) => site.split(" ")[0]!);
    assert.deepEqual([...new Set(calls("ldapts"))].sort(), ["net.connect", "tls.connect"]);
    assert.deepEqual([...new Set(calls("ldapjs"))].sort(), [
      "net.connect",
      "this.server.listen",
      "tls.connect",
    ]);
    assert.deepEqual(calls("socks"), ["net.Socket"]);
    assert.deepEqual(calls("picocolors"), []);
    const ldapts = dependencies.find(({ name }) => name === "ldapts")!;
    assert.deepEqual(
      ldapts.takes.map(({ name }) => name),
      ["createConnection"],
    );
    assert.ok(dependencies.length > 10, "and all that they load");
    assert.equal(code, 0, "dialling is a warning");
  });
});
