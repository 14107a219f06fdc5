import assert from "node:assert/strict";
import { test } from "node:test";
import { Workplace } from "./workplace.js";

const tsconfig =
  '{ "compilerOptions": { "module": "nodenext", "types": ["node"], "allowJs": true }, "files": ["broken.ts", "good.ts", "typed.js"] }';

for (const typescript of ["typescript-7.0", "typescript-7.1"])
  test(`a syntax error is told where ${typescript}'s own parser found it, first in the file, and the other files are linted`, (t) => {
    const place = new Workplace(
      {
        "tsconfig.json": tsconfig,
        "broken.ts": 'import net from "net";\nnet.connect(;\nnet.connect(80;\n',
        "good.ts": 'import net from "net";\nnet.connect({ port: 1 });\n',
        // Not JavaScript, but it can be read.
        "typed.js": 'import net from "net";\nnet.connect(/** @type {number} */ (80) as number);\n',
      },
      typescript,
    );
    t.after(() => place.remove());
    const { code, stderr, stdout } = place.tsocksify(["lint", "--reporter", "json"]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^tsocksify: broken\.ts:2:13: /);
    assert.doesNotMatch(stderr, /broken\.ts:3|good\.ts|typed\.js/);
    const { rewrites } = JSON.parse(stdout) as { rewrites: { file: string }[] };
    assert.deepEqual(
      rewrites.map(({ file }) => file),
      ["good.ts", "typed.js"],
    );
  });

for (const typescript of ["typescript", "typescript-7.0", "typescript-7.1"])
  test(`with ${typescript}, a pattern may leave elements out, in a file that requires what it needs, too`, (t) => {
    const place = new Workplace(
      {
        "tsconfig.json": tsconfig.replace('"broken.ts", "good.ts", "typed.js"', '"a.ts", "b.js"'),
        "a.ts": 'import net = require("net");\nexport const [, b, , ...rest] = [net.connect(1), 2, 3];\n',
        "b.js":
          'const net = require("net");\nconst f = ([, port]) => net.connect(port);\nfor (const [, port] of [[1, 2]]) f([, port]);\n',
      },
      typescript,
    );
    t.after(() => place.remove());
    const { code, stderr, stdout } = place.tsocksify(["lint", "--reporter", "json"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const { rewrites } = JSON.parse(stdout) as { rewrites: { file: string; line: number }[] };
    assert.deepEqual(
      rewrites.map(({ file, line }) => `${file}:${line}`),
      ["a.ts:2", "b.js:2"],
    );
  });
