import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { mayMatter, type FilePlan } from "../../src/engine/index.js";
import { createProgram } from "../support/program.js";
import { plansOf, renderText } from "../support/renderers.js";

interface Result {
  readonly plan: FilePlan;
  readonly output: string;
}

/** What becomes of a file with this text, be it a program or not. */
function resultOf(text: string, name = "broken.ts"): Result {
  const fileName = resolve(__dirname, name);
  const program = createProgram(ts, [fileName], new Map([[fileName, text]]));
  const [plan] = plansOf(ts, program, [fileName]);
  return { plan: plan!, output: renderText(ts, plan!, "own-line") };
}

/** Every line of the input is there again, changed or not, and in its place but for the import. */
function assertUndamaged(input: string, { plan, output }: Result): void {
  const without = output.replace(
    /^(?:import|const) \{[^}\n]*\} (?:from|= require\() ?"@tsocksify\/runtime"\)?;\r?\n/m,
    "",
  );
  assert.equal(without.split("\n").length, input.split("\n").length);
  if (plan.rewrites.length === 0) assert.equal(output, input);
}

const call = 'net.connect(80, "example.org");';
const header = 'import * as net from "node:net";\n';

describe("files that are not as they should be", () => {
  const broken: Record<string, string> = {
    "an unclosed block": `${header}function open() {\n  ${call}\n`,
    "an unclosed call": `${header}net.connect(80, \nconst x = 1;\n`,
    "an unclosed string": `${header}const name = "abc\n${call}\n`,
    "an unclosed template": `${header}const name = \`abc \${net.connect(80)\n`,
    "an unclosed comment": `${header}${call}\n/* abc\n`,
    "a missing operand": `${header}const socket = net.;\n${call}\n`,
    "a stray bracket": `${header}}}})\n${call}\n`,
    "a merge conflict": `${header}<<<<<<< HEAD\n${call}\n=======\nnet.connect(81);\n>>>>>>> other\n`,
    "an import without a specifier": `import * as net from\n${call}\n`,
    "half an import": `import { connect, from "net";\nconnect(80);\n`,
    "binary data": "\u0000\u0001net.connect(80)\uFFFD\u0000require('net')",
    nothing: "",
    "only a comment": "// net.connect(80)",
    "decorators in the wrong place": `${header}@net.connect(80) const x = 1;\n`,
    "TypeScript in a JavaScript file": `${header}const port: number = 80; net.connect(port);\n`,
  };
  for (const [what, text] of Object.entries(broken))
    for (const name of ["broken.ts", "broken.js"])
      test(`${what} in ${name} neither stops the engine nor damages the file`, () => {
        assertUndamaged(text, resultOf(text, name));
      });

  test("a call behind a syntax error is still found", () => {
    const { plan } = resultOf(broken["a stray bracket"]!);
    assert.deepEqual(
      plan.rewrites.map(({ to }) => to),
      ["Rconnect"],
    );
  });

  test("an import that nothing resolves leaves the others alone", () => {
    const text = `import missing from "no-such-package";\nimport * as net from "net";\nmissing.connect(80);\nnet.connect(80);\n`;
    const { plan, output } = resultOf(text);
    assert.deepEqual(
      plan.rewrites.map(({ to }) => to),
      ["Rconnect"],
    );
    assert.deepEqual(
      plan.findings.map(({ code }) => code),
      ["SOCKS1004"],
    );
    assert.match(output, /^missing\.connect\(80\);\nRconnect\(80\);$/m);
  });

  test("without @types/node, the specifier of an import still says what it is", () => {
    const fileName = resolve(__dirname, "untyped.ts");
    const text = `import * as net from "net";\nimport { request as ask } from "node:https";\nnet.connect(80);\nask("https://example.org/");\n`;
    const program = createProgram(ts, [fileName], new Map([[fileName, text]]), {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      typeRoots: [],
      noEmit: true,
    });
    const [plan] = plansOf(ts, program, [fileName]);
    assert.deepEqual(
      plan!.rewrites.map(({ to }) => to),
      ["Rconnect", "Rhttps.request"],
    );
  });

  test("a line of a megabyte is rewritten where it says so, and nowhere else", () => {
    const filler = `var data = "${"x".repeat(1_000_000)}"; `;
    const text = `var net = require("net"); ${filler}${call} ${filler}\n`;
    const { output } = resultOf(text, "minified.js");
    assert.equal(output.slice(output.indexOf("\n") + 1), text.replace("net.connect(", "Rconnect("));
    assert.equal(mayMatter(filler), false);
  });

  test("a name may be spelled with escapes, and broken across lines", () => {
    const spelled = [
      '"\\x63onnect"',
      '"\\u{063}onnect"',
      '"\\143onnect"',
      '"con\\\nnect"',
      '"con\\\r\nnect"',
    ];
    for (const name of spelled) {
      const text = `var socket = new (require("net").Socket)(); socket[${name}](80);\n`;
      const { plan } = resultOf(text, "script.cjs");
      assert.equal(plan.rewrites.filter(({ to }) => to === "Rconnect").length, 1, name);
      assert.equal(mayMatter(`socket[${name}](80)`), true, name);
    }
    for (const end of ["\n", "\r\n", "\r", "\u2028"]) {
      assert.equal(mayMatter(`load = require${end}load(name)`), true, JSON.stringify(end));
      assert.equal(mayMatter(`load("ne\\${end}t")`), true, JSON.stringify(end));
    }
    assert.equal(mayMatter('text = "\\u2028 \\\n \\x1b[0m"'), false);
  });

  test("the global object is seen wherever it is put, and Function by whichever name", () => {
    const seen = [
      "const all = [globalThis];",
      'const known = new Map([["scope", window]]);',
      "const { ...all } = globalThis;",
      "({ ...all } = global);",
      "function load({ ...all } = globalThis) {}",
      "this.scope = globalThis;",
      "this.scope = self\n",
      "const load = (): any => globalThis;",
      "function load(): any { return window; }",
      "function* load() { yield globalThis; }",
      "tag`${globalThis}`",
      "const known = { global };",
      'const scope = typeof self === "undefined" ? global : self;',
      "[].constructor.constructor(text)",
      "(() => {}).constructor(text)",
    ];
    for (const text of seen) assert.equal(mayMatter(text), true, text);
    for (const text of ["this.self = value === self;", "super.constructor(name)", "return self;"])
      assert.equal(mayMatter(text), false, text);
  });

  test("a byte order mark, carriage returns, a shebang and 'use strict' stay where they are", () => {
    const text = `#!/usr/bin/env node\r\n"use strict";\r\nvar net = require("net");\r\nnet.connect(80);\r\n`;
    assert.equal(
      resultOf(text, "script.js").output,
      `#!/usr/bin/env node\r\n"use strict";\r\nconst { Rconnect } = require("@tsocksify/runtime");\r\nvar net = require("net");\r\nRconnect(80);\r\n`,
    );
    const marked = resultOf(`\uFEFF${header}${call}\n`);
    assert.equal(marked.output.includes("\uFEFF", 1), false);
    assert.match(marked.output, /Rconnect\(80, "example\.org"\);/);
  });

  const deep: Record<string, string> = {
    "a chain of calls": `${header}const socket = new net.Socket();\nsocket${".connect(80)".repeat(1_000)};\n`,
    "a sum": `${header}const sum = ${"1 + ".repeat(10_000)}Number(net.connect(80));\n`,
    "lists in lists": `${header}const list = ${"[".repeat(1_000)}net.connect(80)${"]".repeat(1_000)};\n`,
  };
  for (const [what, text] of Object.entries(deep))
    test(`thousands deep, ${what} is rewritten, or refused by the file's name`, () => {
      try {
        assert.match(resultOf(text).output, /Rconnect\(/);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        const { message, stack } = error as Error;
        if (!(error instanceof RangeError)) assert.match(message, /broken\.ts is nested too deeply/);
        // TypeScript's parser and binder may give up before the engine is given a file that it could name.
        else for (const frame of stack!.split("\n").slice(1)) assert.match(frame, /[\\/]typescript\.js:/);
      }
    });

  const tooDeep: Record<string, string> = {
    "calls within calls": `${header}${"f(".repeat(10_000)}net.connect(80)${")".repeat(10_000)};\n`,
    "calls in a chain": `${header}new net.Socket()${".connect(80)".repeat(10_000)};\n`,
  };
  for (const [what, text] of Object.entries(tooDeep))
    test(`10,000 ${what} are too much for TypeScript itself, which says so`, () => {
      assert.throws(() => resultOf(text), RangeError);
    });
});
