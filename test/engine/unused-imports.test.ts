import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { applyEdits, planFiles, textEdits } from "../../src/engine/index.js";
import { inProcessResolver } from "../../src/resolvers/in-process.js";
import { createProgram } from "../support/program.js";

function rewritten(text: string, extension: string): string {
  const name = resolve(__dirname, `../../fixtures/in-memory.${extension}`);
  const program = createProgram(ts, [name], new Map([[name, text]]));
  const file = program.getSourceFile(name)!;
  const [plan] = planFiles(ts, [file], inProcessResolver(ts, program.getTypeChecker()), {});
  return applyEdits(file.text, textEdits(ts, plan!, { placement: "own-line", removeUnused: true }));
}

const runtime = 'import { Rconnect } from "@tsocksify/runtime";\n';

const cases: readonly { claim: string; extension?: string; from: string; to: string }[] = [
  {
    claim: "an import that only rewritten calls used gives its place to the runtime's",
    from: 'import net from "net";\n\nnet.connect(1);\n',
    to: `${runtime}\nRconnect(1);\n`,
  },
  {
    claim: "a namespace import goes with its line",
    from: 'import * as net from "node:net";\nimport fs from "fs";\nnet.connect(1);\nfs.rmSync("x");\n',
    to: `import fs from "fs";\n${runtime}Rconnect(1);\nfs.rmSync("x");\n`,
  },
  {
    claim: "the last name of a list goes with the comma before it",
    from: 'import { isIP, connect } from "net";\nconnect(isIP("x"));\n',
    to: `import { isIP } from "net";\n${runtime}Rconnect(isIP("x"));\n`,
  },
  {
    claim: "a comment behind an import stays behind the one that takes its place",
    from: 'import net from "net" // why\nnet.connect(1)\n',
    to: 'import { Rconnect } from "@tsocksify/runtime" // why\nRconnect(1)\n',
  },
  {
    claim: "lines that end with CR alone go whole, and the runtime's ends as they do",
    from: 'import net from "net";\rimport fs from "fs"; // files\r\rnet.connect(1);\rfs.rmSync("x");\r',
    to: 'import fs from "fs";\rimport { Rconnect } from "@tsocksify/runtime"; // files\r\rRconnect(1);\rfs.rmSync("x");\r',
  },
  {
    claim: "a first name goes with the comma behind it",
    from: 'import { connect, isIP } from "net";\nconnect(isIP("x"));\n',
    to: `import { isIP } from "net";\n${runtime}Rconnect(isIP("x"));\n`,
  },
  {
    claim: "all names of a list, a default and a namespace",
    from: 'import net, { connect } from "net";\nimport other, * as all from "net";\nnet.connect(1); connect(2); other.connect(3); all.connect(4);\n',
    to: `${runtime}Rconnect(1); Rconnect(2); Rconnect(3); Rconnect(4);\n`,
  },
  {
    claim: "a default goes and the names stay",
    from: 'import net, { isIP } from "net";\nnet.connect(isIP("x"));\n',
    to: `import { isIP } from "net";\n${runtime}Rconnect(isIP("x"));\n`,
  },
  {
    claim: "names go and the default stays",
    from: 'import net, { connect } from "net";\nconnect(net.isIP("x"));\n',
    to: `import net from "net";\n${runtime}Rconnect(net.isIP("x"));\n`,
  },
  {
    claim: "a name that a type still needs stays",
    from: 'import net from "net";\nexport const s: net.Socket = net.connect(1);\n',
    to: `import net from "net";\n${runtime}export const s: net.Socket = Rconnect(1);\n`,
  },
  {
    claim: "a name that was unused before stays",
    from: 'import net from "net";\nimport tls from "tls";\nnet.connect(1);\n',
    to: `import tls from "tls";\n${runtime}Rconnect(1);\n`,
  },
  {
    claim: "a name that is exported stays",
    from: 'import net from "net";\nnet.connect(1);\nexport { net };\n',
    to: `import net from "@tsocksify/runtime/net";\n${runtime}Rconnect(1);\nexport { net };\n`,
  },
  {
    claim: "a line under a directive stays",
    from: '// @ts-expect-error no types\nimport net from "net";\nnet.connect(1);\n',
    to: `// @ts-expect-error no types\nimport net from "net";\n${runtime}Rconnect(1);\n`,
  },
  {
    claim: "a require goes with its line, and line ends stay what they are",
    extension: "js",
    from: "'use strict'\r\n\r\nconst net = require('net')\r\nnet.connect(1)\r\n",
    to: "'use strict'\r\n\r\nconst { Rconnect } = require('@tsocksify/runtime')\r\nRconnect(1)\r\n",
  },
  {
    claim: "one declaration among others goes alone",
    extension: "js",
    from: "var fs = require('fs'), net = require('net'), os = require('os');\nnet.connect(os.x, fs.y);\n",
    to: "const { Rconnect } = require('@tsocksify/runtime');\nvar fs = require('fs'), os = require('os');\nRconnect(os.x, fs.y);\n",
  },
  {
    claim: "a name that a JSDoc type needs stays",
    extension: "js",
    from: "const net = require('net');\n/** @param {net.Socket} s */\nmodule.exports = (s) => net.connect(s.x);\n",
    to: "const { Rconnect } = require('@tsocksify/runtime');\nconst net = require('net');\n/** @param {net.Socket} s */\nmodule.exports = (s) => Rconnect(s.x);\n",
  },
  {
    claim: "import = require gives its place too",
    extension: "cts",
    from: 'import net = require("net");\nexport = net.connect(1);\n',
    to: 'import tsocksify = require("@tsocksify/runtime");\nexport = tsocksify.Rconnect(1);\n',
  },
  {
    claim: "what else is on the line stays",
    from: 'import fs from "fs"; import net from "net"; fs.rmSync("x");\nnet.connect(1);\n',
    to: `import fs from "fs"; ${runtime}fs.rmSync("x");\nRconnect(1);\n`,
  },
  {
    claim: "the semicolon in front of the next statement stays",
    extension: "js",
    from: 'const a = 1\nconst net = require("net")\n;(() => net.connect(a))()\n',
    to: 'const { Rconnect } = require("@tsocksify/runtime")\nconst a = 1\n;(() => Rconnect(a))()\n',
  },
  {
    claim: "the same behind an import",
    extension: "mjs",
    from: 'import fs from "fs"\nimport net from "net"\n;[fs].map(() => net.connect(1))\n',
    to: 'import fs from "fs"\nimport { Rconnect } from "@tsocksify/runtime"\n;[fs].map(() => Rconnect(1))\n',
  },
  {
    claim: "an import that stays keeps the next statement's semicolon where it is",
    extension: "mjs",
    from: 'import net from "net"\n;(async () => net.connect(net.isIP("")))()\n',
    to: 'import net from "net"\nimport { Rconnect } from "@tsocksify/runtime"\n;(async () => Rconnect(net.isIP("")))()\n',
  },
  {
    claim: "the same in a function",
    extension: "js",
    from: 'let x\nfunction f() {\n  x = 2\n  const net = require("net")\n  ;[3].forEach((port) => net.connect(port))\n}\n',
    to: 'const { Rconnect } = require("@tsocksify/runtime")\nlet x\nfunction f() {\n  x = 2\n  ;[3].forEach((port) => Rconnect(port))\n}\n',
  },
  {
    claim: "a semicolon that closes what stands before stays, too",
    extension: "js",
    from: 'f();\nx = y\nconst net = require("net");\n(() => net.connect(1))();\n',
    to: 'const { Rconnect } = require("@tsocksify/runtime");\nf();\nx = y\n;\n(() => Rconnect(1))();\n',
  },
  {
    claim: "behind a statement that is closed none is needed",
    extension: "js",
    from: 'function f() {}\nconst net = require("net");\n(() => net.connect(1))();\n',
    to: 'const { Rconnect } = require("@tsocksify/runtime");\nfunction f() {}\n(() => Rconnect(1))();\n',
  },
  {
    claim: "the runtime's require is not called by the statement behind it",
    extension: "js",
    from: '"use strict"\n\n;(function () { fetch("http://x") })()\n',
    to: '"use strict"\n\n;const { Rfetch } = require("@tsocksify/runtime");\n(function () { Rfetch("http://x") })()\n',
  },
  {
    claim: "an import on a line with more ends with a semicolon",
    extension: "mjs",
    from: 'import net from "net"; f(net.connect(net.isIP("")))\ng()\nh()\n',
    to: 'import net from "net";\nimport { Rconnect } from "@tsocksify/runtime"; f(Rconnect(net.isIP("")))\ng()\nh()\n',
  },
  {
    claim: "the only statement of an if stays",
    extension: "js",
    from: 'if (x) var net = require("net"); else y();\nnet.connect(1);\n',
    to: 'const { Rconnect } = require("@tsocksify/runtime");\nif (x) var net = require("net"); else y();\nRconnect(1);\n',
  },
];

describe("imports that the rewrite made unused", () => {
  for (const { claim, extension = "ts", from, to } of cases)
    test(claim, () => assert.equal(rewritten(from, extension), to));
});
