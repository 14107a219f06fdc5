import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

interface Report {
  readonly tally: Record<"callSites" | "rewritten" | "reported" | "irrelevant", number>;
  readonly findings: readonly { file: string; line: number; code: string; suppressed?: string }[];
  readonly rewrites: readonly { file: string; line: number; from: string; to: string }[];
}

describe("tsocksify lint", () => {
  let workplace: Workplace;
  before(() => (workplace = new Workplace(seeded, "typescript")));
  after(() => workplace.remove());
  const report = (...args: string[]): Report =>
    JSON.parse(workplace.tsocksify(["lint", "--reporter", "json", ...args]).stdout) as Report;

  test("finds exactly what was seeded, and the tally adds up", () => {
    const { tally, findings, rewrites } = report();
    assert.deepEqual(
      findings.map(({ file, line, code }) => [file, line, code]),
      [
        ["src/clock.ts", 5, "SOCKS1001"],
        ["src/untyped.ts", 3, "SOCKS1004"],
      ],
    );
    assert.deepEqual(
      rewrites.map(({ file, line, from, to }) => [file, line, from, to]),
      [
        ["src/client.ts", 4, "net.connect", "Rconnect"],
        ["src/client.ts", 9, "socket.connect", "Rconnect"],
        ["tools/ping.js", 4, "net.connect", "Rconnect"],
      ],
    );
    assert.equal(tally.rewritten + tally.reported + tally.irrelevant, tally.callSites);
  });

  test("exits with 0 where there is no error", () => {
    assert.equal(workplace.tsocksify(["lint", "src/client.ts", "src/untyped.ts"]).code, 0);
  });

  test("looks only at the files that are named", () => {
    assert.deepEqual([...new Set(report("tools").rewrites.map(({ file }) => file))], ["tools/ping.js"]);
    assert.deepEqual(
      report("src/c*.ts").findings.map(({ file }) => file),
      ["src/clock.ts"],
    );
  });

  test("a configured baseline holds in a folder below, too", () => {
    const place = new Workplace(
      { ...seeded, "tsocksify.config.json": '{ "baseline": "known.json" }' },
      "typescript",
    );
    try {
      assert.equal(place.tsocksify(["lint", "--update-baseline"]).code, 0);
      const { code, stdout } = place.tsocksify(["lint", "--reporter", "json"], { cwd: "src" });
      const { findings } = JSON.parse(stdout) as Report;
      assert.deepEqual(
        findings.map(({ file, suppressed }) => [file, suppressed]),
        [
          ["clock.ts", "baseline"],
          ["untyped.ts", "baseline"],
        ],
      );
      assert.equal(code, 0);
      // One that is named is relative to where it is named.
      assert.equal(place.tsocksify(["lint", "--baseline", "../known.json"], { cwd: "src" }).code, 1);
    } finally {
      place.remove();
    }
  });

  test("--max-warnings fails on one warning more, and says so", () => {
    const run = (limit: string) => workplace.tsocksify(["lint", "src/untyped.ts", "--max-warnings", limit]);
    assert.equal(run("1").code, 0);
    const { code, stderr } = run("0");
    assert.equal(code, 1);
    assert.equal(stderr, "tsocksify: 1 warning, and 0 are allowed\n");
  });

  test("what is in the baseline is marked and does not count; what is new does", () => {
    assert.equal(workplace.tsocksify(["lint", "--baseline", "known.json", "--update-baseline"]).code, 0);
    assert.deepEqual(
      report("--baseline", "known.json").findings.map(({ suppressed }) => suppressed),
      ["baseline", "baseline"],
    );
    workplace.write("src/more.ts", 'import { createSocket } from "dgram";\ncreateSocket("udp6");\n');
    const { code, stdout } = workplace.tsocksify(["lint", "--baseline", "known.json"]);
    assert.equal(code, 1);
    assert.match(stdout, /✖ 1 error, 2 known by the baseline/);
    workplace.write("src/more.ts", "");
    const before = workplace.read("known.json");
    workplace.write("src/client.ts", `${workplace.read("src/client.ts")}\nconst = 1;\n`);
    assert.equal(workplace.tsocksify(["lint", "--baseline", "known.json", "--update-baseline"]).code, 2);
    assert.equal(workplace.read("known.json"), before);
    workplace.write("src/client.ts", workplace.read("src/client.ts").replace("\nconst = 1;\n", ""));
  });

  test("--explain tells what became of each call site on a line, and which types said so", () => {
    const explain = (place: string): string => workplace.tsocksify(["lint", "--explain", place]).stdout;
    assert.match(
      explain("src/client.ts:9"),
      /column 10 {2}rewritten: socket\.connect\n {2}becomes Rconnect\n\nTypes: tsconfig\.json, TypeScript 5\.9/,
    );
    workplace.write(
      "src/listens.ts",
      'import net from "node:net";\nimport { listen } from "@tsocksify/runtime/berkeley";\nexport const s = net.createServer().listen(0);\n\nexport const start = () => listen(null!);\n',
    );
    assert.match(
      explain("src/listens.ts:3"),
      /becomes Rlisten\n {2}It listens on this machine\. On port 0, [^]* BIND/,
    );
    assert.match(explain("src/listens.ts:5"), /becomes Rlisten\n {2}On port 0, after a connect [^]* BIND/);
    workplace.write("src/listens.ts", "");
    assert.match(explain("src/clock.ts:5"), /reported: [^]*\n {2}SOCKS1001:/);
    assert.match(explain("src/untyped.ts:2"), /irrelevant: client\.connect\n/);
    assert.match(explain("src/client.ts:5"), /Nothing on this line/);
    assert.match(explain("tools/ping.js:4"), /no tsconfig\.json has this file/);
  });
});
