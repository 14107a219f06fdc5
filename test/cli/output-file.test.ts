import assert from "node:assert/strict";
import { lstatSync, symlinkSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Workplace } from "./workplace.js";

const isWindows = process.platform === "win32";

describe("an output file", { skip: isWindows }, () => {
  let workplace: Workplace;
  const toFile = (file: string) => workplace.tsocksify(["lint", "--reporter", "json", "--output", file]);
  const isReport = (text: string) => assert.equal((JSON.parse(text) as { version: number }).version, 1);
  before(() => {
    workplace = new Workplace({
      "a.ts": 'import net from "net";\nnet.connect(1);\n',
      "kept/old.json": "old",
    });
    symlinkSync("kept/old.json", workplace.at("link.json"));
    symlinkSync("../reports/new.json", workplace.at("kept/dangling.json"));
    symlinkSync("loop.json", workplace.at("loop.json"));
    workplace.run("mkfifo", ["pipe"]);
  });
  after(() => workplace.remove());

  test("that is a link stays one, and what it leads to is written", () => {
    for (const [link, target] of [
      ["link.json", "kept/old.json"],
      ["kept/dangling.json", "reports/new.json"],
    ] as const) {
      assert.equal(toFile(link).code, 0);
      assert.ok(lstatSync(workplace.at(link)).isSymbolicLink());
      isReport(workplace.read(target));
    }
  });

  test("that is a link to itself is an error", () => {
    const { code, stderr } = toFile("loop.json");
    assert.match(stderr, /^tsocksify: loop\.json: .*\(ELOOP, \w+\)\n$/);
    assert.equal(code, 2);
  });

  test("that is a pipe is written to, and stays one", () => {
    const script = `cat pipe > read.json & "$@" && wait`;
    const args = [workplace.program, "lint", "--reporter", "json", "--output", "pipe"];
    const { code, stderr } = workplace.run("sh", ["-c", script, "sh", process.execPath, ...args]);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.ok(lstatSync(workplace.at("pipe")).isFIFO());
    isReport(workplace.read("read.json"));
  });
});
