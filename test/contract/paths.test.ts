import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { applyEdits, reportOf, type ReportedFinding } from "../../src/engine/index.js";
import { modulesFrom } from "../../src/options/index.js";
import { createProgram } from "../support/program.js";
import { plansOf } from "../support/renderers.js";

const folder = resolve(__dirname, "../../fixtures/contract");
const modules = modulesFrom(["./sockets.d.ts"], folder);
const imports = `import { accept, AF_INET, bind, connect, getsockname, listen, rcmd, socket, SOCK_STREAM } from "./sockets";
export { accept, rcmd };
const open = () => socket(AF_INET, SOCK_STREAM);
`;

/** The findings of a program of some files, by name and without their extension. */
function findingsOf(files: Readonly<Record<string, string>>): ReportedFinding[] {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [resolve(folder, `${name}.ts`), imports + text]),
  );
  const names = [...texts.keys()];
  const program = createProgram(ts, names, texts);
  const plans = plansOf(ts, program, names, { modules });
  return [...reportOf(ts, plans, (name) => name.slice(folder.length + 1, -".ts".length)).findings];
}

/** `file:line code`, with lines counted after the imports, and `?` for "may". */
function summary(files: Readonly<Record<string, string>>): string[] {
  return findingsOf(files).map(
    ({ file, line, code, message }) => `${file}:${line - 3} ${code}${/\bmay\b/.test(message) ? "?" : ""}`,
  );
}

test("a path is followed into the functions of other files, with what was connected there", () => {
  const data = `export function dataSocket() {
  const s = open();
  bind(s);
  return s;
}
export const start = (s: number) => listen(s);`;
  const main = `import { dataSocket, start } from "./data";
await connect(open(), { host: "ftp.example", port: 21 });
const s = dataSocket();
getsockname(s);
start(s);`;
  assert.deepEqual(summary({ data, main }), []);
  assert.deepEqual(summary({ data, main: main.replace(/await connect.*/, "") }), ["data:3 SOCKS1023"]);
  assert.deepEqual(summary({ data, main: main.replace("getsockname(s);", "") }), ["data:6 SOCKS1024"]);
});

test("two descriptors of one socket() are two", () => {
  const main = `const control = open();
await connect(control, { port: 21 });
const first = open();
const second = open();
bind(first);
bind(second);
getsockname(second);
listen(second);
listen(first);`;
  assert.deepEqual(summary({ main }), ["main:9 SOCKS1024"]);
});

test("functions that call each other come to an end", () => {
  const main = `function ping(n: number): void {
  if (n > 0) pong(n - 1);
}
function pong(n: number): void {
  bind(open());
  ping(n);
}
ping(3);`;
  assert.deepEqual(summary({ main }), ["main:5 SOCKS1023"]);
});

test("a program that is too much to follow is given up, and nothing is said for certain", () => {
  const calls = Array.from({ length: 11 }, (_, n) => {
    const call = `f${n + 1}(s);`;
    return `function f${n}(s: number) { for (const _ of [1, 2]) { if (s > ${n}) { ${call} } else { ${call} ${call} } } }`;
  });
  const main = `const s = open();
bind(s);
listen(s);
${calls.join("\n")}
function f11(s: number) { listen(s); }
f0(s);`;
  const started = process.hrtime.bigint();
  const found = summary({ main });
  assert.ok(process.hrtime.bigint() - started < 60_000_000_000n);
  assert.deepEqual(found.slice(0, 2), ["main:2 SOCKS1023?", "main:3 SOCKS1024?"]);
});

test("a may is a warning, whatever the finding is", () => {
  const certain = findingsOf({ main: "bind(open());" });
  const may = findingsOf({ main: "if (process.argv[2]) await connect(open(), {});\nbind(open());" });
  assert.deepEqual(
    [...certain, ...may].map(({ code, severity }) => `${code} ${severity}`),
    ["SOCKS1023 error", "SOCKS1023 warning"],
  );
});

test("the fix takes out a bind that claims nothing, with its line, and is offered only where that is all there is", () => {
  const text = `const s = open();
bind(s, { port: 0 });
await connect(s, { port: 21 });
const t = open();
if (bind(t, { port: 0 }) < 0) throw new Error();
await connect(t, { port: 21 });
`;
  const findings = findingsOf({ main: text });
  assert.deepEqual(
    findings.map(({ code }) => code),
    ["SOCKS1026", "SOCKS1026"],
  );
  const fixes = findings.flatMap(({ fix = [] }) => fix);
  assert.equal(
    applyEdits(imports + text, fixes).slice(imports.length),
    text.replace("bind(s, { port: 0 });\n", ""),
  );
});

test("a main without SOCKSinit is told where the whole program is in sight, and nowhere else", () => {
  const main = `async function main() {
  await connect(open(), { port: 79 });
}
main();`;
  const told = ["main:1 SOCKS1028"];
  assert.deepEqual(summary({ main }), told);
  assert.deepEqual(summary({ main: `${main}\nimport "./wire";`, wire: "connect(open(), {});" }), told);
  const arrow = "const main = async () => { await connect(open(), {}); };\nvoid main().catch(console.error);";
  assert.deepEqual(summary({ main: arrow }), told);

  const initialises = 'import { SOCKSinit } from "@tsocksify/runtime";\nSOCKSinit("finger");';
  assert.deepEqual(summary({ main: main.replace("{", "{ SOCKSinit('finger');") }), []);
  assert.deepEqual(summary({ main: `${main}\nimport "./wire";`, wire: initialises }), []);
  assert.deepEqual(summary({ main: `${main}\nimport "./out-of-sight";` }), []);
  assert.deepEqual(summary({ main: `${main}\nrequire("./out-of-sight");` }), []);
  assert.deepEqual(summary({ main: main.replace("async", "export async").replace("main();", "") }), []);
  assert.deepEqual(summary({ main: main.replace(/main/g, "finger") }), []);
});

test("the fix imports SOCKSinit and calls it first in main, as the file is written", () => {
  const fixed = (text: string): string => {
    const [finding, ...others] = findingsOf({ main: text });
    assert.equal(finding!.code, "SOCKS1028");
    assert.deepEqual(others, []);
    return applyEdits(imports + text, finding!.fix!);
  };
  const inMain = (body: string): string => `async function main() ${body}\nmain();\n`;
  const withImport = imports.replace(/\n/, '\nimport { SOCKSinit } from "@tsocksify/runtime";\n');
  const mended = (body: string): string => withImport + inMain(body);
  assert.equal(
    fixed(inMain("{ await connect(open(), {}); }")),
    mended('{ SOCKSinit("main"); await connect(open(), {}); }'),
  );
  assert.equal(
    fixed(inMain('{\n\t"use strict";\n\n\t// finger\n\tawait connect(open(), {});\n}')),
    mended('{\n\t"use strict";\n\n\tSOCKSinit("main");\n\t// finger\n\tawait connect(open(), {});\n}'),
  );
  assert.equal(
    fixed(inMain("{\r\n  await connect(open(), {});\r\n}")),
    imports.replace("\n", '\r\nimport { SOCKSinit } from "@tsocksify/runtime";\n') +
      inMain('{\r\n  SOCKSinit("main");\r\n  await connect(open(), {});\r\n}'),
  );
});

test("names that are only spelled like socket functions are nobody's", () => {
  const texts = new Map([
    [
      resolve(folder, "main.ts"),
      `const bind = (n: number) => n;
const listen = bind;
listen(bind(1));
export const socket = { connect() {}, bind() {} };
socket.bind();
`,
    ],
  ]);
  const names = [...texts.keys()];
  const [plan] = plansOf(ts, createProgram(ts, names, texts), names, { modules });
  assert.deepEqual(plan!.rewrites, []);
  assert.deepEqual(plan!.findings, []);
});
