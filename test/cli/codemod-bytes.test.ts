import assert from "node:assert/strict";
import { chmodSync, lstatSync, readFileSync, statSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Workplace } from "./workplace.js";

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");

describe("tsocksify codemod and bytes", () => {
  let workplace: Workplace;
  before(() => {
    workplace = new Workplace(
      {
        "package.json": "{}\n",
        "bom.js": "\uFEFFvar net = require('net')\r\nnet.connect(1)\r\n// é\r\n",
        "wide.js": utf16("const net = require('net');\nnet.connect(2); // ü\n"),
        "end.js": "const net = require('net');\nmodule.exports = net.connect(3)",
        "bin/run": "#!/usr/bin/env node\n",
        "bin/run.js": "#!/usr/bin/env node\nrequire('net').connect(4)\n",
        "video.ts": Buffer.from([0x47, 0, 1, 2, 3]),
      },
      "typescript",
    );
    chmodSync(workplace.at("bin/run.js"), 0o755);
    workplace.link("linked.js", workplace.at("end.js"));
  });
  after(() => workplace.remove());

  test("marks, encodings, line ends, permissions and links stay, and everything comes back", () => {
    const before = workplace.contents();
    const { code, stderr } = workplace.tsocksify(["codemod", "--write"]);
    assert.equal(code, 0, stderr);
    assert.equal(
      workplace.read("bom.js"),
      "\uFEFFconst { Rconnect } = require('@tsocksify/runtime')\r\nRconnect(1)\r\n// é\r\n",
    );
    assert.deepEqual(
      readFileSync(workplace.at("wide.js")),
      utf16("const { Rconnect } = require('@tsocksify/runtime');\nRconnect(2); // ü\n"),
    );
    assert.equal(
      workplace.read("end.js"),
      "const { Rconnect } = require('@tsocksify/runtime');\nmodule.exports = Rconnect(3)",
    );
    assert.match(workplace.read("bin/run.js"), /^#!\/usr\/bin\/env node\n/);
    assert.equal(statSync(workplace.at("bin/run.js")).mode & 0o777, 0o755);
    assert.ok(lstatSync(workplace.at("linked.js")).isSymbolicLink());
    assert.equal(workplace.tsocksify(["codemod", "--reverse", "--write"]).code, 0);
    assert.deepEqual(workplace.contents(), before);
  });

  test("a patch can't hold UTF-16, and says so", () => {
    const { code, stderr } = workplace.tsocksify(["codemod", "--patch", "out.patch"]);
    assert.equal(code, 2);
    assert.equal(stderr, "tsocksify: wide.js is UTF-16, which a patch can't hold: use --write\n");
  });

  test("a file that is no text can't be written back as it is, so nothing is", () => {
    workplace.write("latin1.js", Buffer.from("require('net').connect(5) // \xE9\n", "latin1"));
    const before = workplace.contents();
    const { code, stderr } = workplace.tsocksify(["codemod", "--write"]);
    assert.equal(code, 2);
    assert.match(stderr, /^tsocksify: latin1\.js is not valid UTF-8.*\n$/);
    assert.deepEqual(workplace.contents(), before);
  });
});
