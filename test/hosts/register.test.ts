import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { Workplace } from "../cli/workplace.js";
import { nodeBinary, supportedMajors } from "../support/node-versions.js";
import { repository } from "../support/user-folder.js";
import { connectionsOf, type Connections } from "./connections.js";

const tsconfig = {
  compilerOptions: { module: "nodenext", strict: true, types: ["node"], allowJs: true, noEmit: true },
  include: ["src"],
};

/** Says hello, and at the end what came past the runtime, which would have been killed. */
const main = `import { SOCKSinit, SOCKSreport } from "@tsocksify/runtime";
import { idle } from "./idle.EXT";
import { dialled } from "./dialled.CEXT";

SOCKSinit("register", { guard: "kill" });
const port = Number(process.argv.at(-1));
const line = idle();
line.connect(port, "127.0.0.1", () => line.end("imported\\n"));
const other = dialled(port);
other.end("required\\n");
for (const each of [line, other]) each.on("data", (data) => process.stdout.write(data));
process.on("exit", () => console.log("direct", SOCKSreport().incidents.length));
`;

const typescript = {
  "src/main.mts": main.replace(".EXT", ".mts").replace(".CEXT", ".cts"),
  // What `idle` gives, only this file says.
  "src/idle.mts": `import { Socket } from "node:net";

export const idle = (): Socket => new Socket();
`,
  "src/dialled.cts": `const { dial } = require("./dial.cts") as typeof import("./dial.cts");

exports.dialled = (port: number) => dial(port);
`,
  "src/dial.cts": `import type { Socket } from "node:net";
const net = require("node:net") as typeof import("node:net");

interface Gone {
  port: number;
}
exports.dial = (port: Gone["port"]): Socket => net.connect(port, "127.0.0.1");
`,
};

const javascript = {
  "src/main.mjs": main.replace(".EXT", ".mjs").replace(".CEXT", ".cjs"),
  "src/idle.mjs": `import { Socket } from "node:net";

/** @returns {Socket} */
export const idle = () => new Socket();
`,
  "src/dialled.cjs": `exports.dialled = require("./dial.cjs").dial;\n`,
  "src/dial.cjs": `const { connect: open } = require("net");

exports.dial = (port) => open(port, "127.0.0.1");
`,
};

const plain = `import { connect } from "node:net";

connect(Number(process.argv.at(-1)), "127.0.0.1").end("plain");
`;

const hook = ["--import", "tsocksify/register"];

function placeWith(files: Readonly<Record<string, string>>): Workplace {
  const place = new Workplace(
    {
      "package.json": `{ "name": "app", "version": "1.0.0" }`,
      "tsconfig.json": JSON.stringify(tsconfig),
      ...files,
    },
    "typescript",
  );
  place.linkPackage("tsocksify", repository);
  for (const each of ["@tsocksify/runtime", "tsx"]) place.linkPackage(each);
  return place;
}

function everythingProxied({ code, said, errors, proxied, all }: Connections): void {
  assert.deepEqual(said.trim().split("\n").sort(), ["direct 0", "imported", "required"], errors);
  assert.deepEqual({ code, proxied, all }, { code: 0, proxied: 2, all: 2 }, errors);
}

for (const major of supportedMajors)
  describe(`node --import tsocksify/register, on Node ${major}`, () => {
    let place: Workplace;
    const run = (...args: string[]): Promise<Connections> =>
      connectionsOf(place.directory, args, nodeBinary(major));
    before(() => (place = placeWith({ ...typescript, ...javascript, "src/plain.mjs": plain })));
    after(() => place.remove());

    test("control: without it, everything goes directly", async () => {
      const { all, proxied } = await run("src/plain.mjs");
      assert.deepEqual({ all, proxied }, { all: 1, proxied: 0 });
    });

    test("what JavaScript imports and requires goes through the proxy", async () =>
      everythingProxied(await run(...hook, "src/main.mjs")));

    test("so it does in TypeScript with tsx", async () =>
      everythingProxied(await run(...hook, "--import", "tsx", "src/main.mts")));

    if (major > 20)
      test("so it does where Node strips the types", async () =>
        everythingProxied(await run("--no-warnings", ...hook, "src/main.mts")));
  });

describe("node --import tsocksify/register", () => {
  let place: Workplace;
  const run = (...args: string[]): Promise<Connections> => connectionsOf(place.directory, args);
  before(() => (place = placeWith({ ...typescript, ...javascript, "src/plain.mjs": plain })));
  after(() => place.remove());

  for (const [format, extension, text] of [
    [
      "imports",
      "mjs",
      `import { createSocket } from "node:dgram";\nconsole.log("ran");\ncreateSocket("udp4").close();\n`,
    ],
    [
      "requires",
      "cjs",
      `const { createSocket } = require("dgram");\nconsole.log("ran");\ncreateSocket("udp4").close();\n`,
    ],
  ] as const)
    test(`a file that ${format} what can't be SOCKSified does not run`, async () => {
      place.write(`src/udp.${extension}`, text);
      const { code, said, errors } = await run(...hook, `src/udp.${extension}`);
      assert.equal(said, "");
      assert.equal(code, 1);
      assert.match(errors, new RegExp(`src/udp\\.${extension}:\\d:\\d+: SOCKS1001: .* uses datagrams`));
      assert.match(errors, /code: 'ESOCKSFINDING'/);
    });

  const direct = `require("net").connect(Number(process.argv.at(-1)), "127.0.0.1").end();\n`;
  for (const [what, args, file] of [
    ["a file whose name says nothing of its language", [...hook, "bin/tool"], "bin/tool"],
    ["the same, before tsx,", [...hook, "--import", "tsx", "bin/tool"], "bin/tool"],
    ["what --eval brings", [...hook, "--eval", direct], undefined],
    ["what --print brings, with --require,", ["--require", hook[1]!, "--print", direct], undefined],
    ["a module that --eval brings", [...hook, "--input-type=module", "--eval", plain], undefined],
    ["a data: URL", [...hook, "src/data.mjs"], "src/data.mjs"],
  ] as const)
    test(`${what} does not run where it opens a socket: nobody knows its types`, async () => {
      if (file)
        place.write(
          file,
          file === "bin/tool"
            ? `#!/usr/bin/env node\n${direct}`
            : `await import(${JSON.stringify(`data:text/javascript,${plain}`)});\n`,
        );
      const { code, errors, all } = await run(...args);
      assert.equal(all, 0);
      assert.equal(code, 1);
      assert.match(
        errors,
        /tsocksify can't rewrite .*connect .* in no file with a name of TypeScript or JavaScript/,
      );
      assert.match(errors, /code: 'ESOCKSFINDING'/);
    });

  for (const option of ["--import", "--require"])
    test(`neither does a program from standard input, with ${option}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [option, hook[1]!, "-", "1"], {
        cwd: place.directory,
        input: direct,
        encoding: "utf8",
      });
      assert.equal(status, 1);
      assert.match(stderr, /code: 'ESOCKSFINDING'/);
    });

  test("what is in no file and opens no socket runs", async () => {
    assert.equal(
      (await run(...hook, "--print", "({ connect: () => 7 }).connect() && 'fetched'")).said,
      "fetched\n",
    );
  });

  test("where --require has loaded something before, it says so; as --require itself it comes first", async () => {
    // On Node 20, the thread of the hooks loads it, too.
    place.write("src/before.cjs", `if (require("worker_threads").isMainThread) ${direct}`);
    const before = ["--require", "./src/before.cjs"];
    const late = await run(...hook, ...before, "src/dial.cjs");
    assert.equal(late.code, 1);
    assert.match(
      late.errors,
      /before\.cjs was loaded before, .* '--require tsocksify\/register' before all of them/,
    );
    const early = await run("--require", hook[1]!, ...before, "src/dial.cjs");
    const { code, said, proxied, all } = early;
    assert.deepEqual({ code, said, proxied, all }, { code: 0, said: "", proxied: 1, all: 1 }, early.errors);
  });

  test("after tsx, which has changed the text by then, it says so and connects nowhere", async () => {
    const { code, errors, all } = await run("--import", "tsx", ...hook, "src/main.mts");
    assert.notEqual(code, 0);
    assert.match(errors, /Put '--import tsocksify\/register' before the other --import/);
    assert.equal(all, 0);
  });

  test("errors name the line as it is, and with --enable-source-maps the column", async () => {
    const text = `import { connect } from "node:net";\n\nconnect(1, "127.0.0.1").on("error", () => {}); throw new Error("here");\n`;
    place.write("src/throws.mjs", text);
    const column = text.split("\n")[2]!.indexOf("new Error") + 1;
    const plainly = await run(...hook, "src/throws.mjs");
    assert.match(plainly.errors, /throws\.mjs:3:\d+/);
    const mapped = await run("--enable-source-maps", ...hook, "src/throws.mjs");
    assert.match(mapped.errors, new RegExp(`throws\\.mjs:3:${column}\\b`));
  });

  test("a worker thread's modules are rewritten as well", async () => {
    place.write(
      "src/worker.mjs",
      `import { Worker } from "node:worker_threads";\n\nnew Worker(new URL("./main.mjs", import.meta.url), { argv: process.argv.slice(-1) });\n`,
    );
    everythingProxied(await run(...hook, "src/worker.mjs"));
  });

  test("no compiler is loaded where nothing matters", async () => {
    place.write(
      "src/idle-program.cjs",
      `process.on("exit", () => console.log(Object.keys(require.cache).filter((each) => /[\\\\/](?:typescript|ts-morph|resolvers)[\\\\/]/.test(each)).length));\n`,
    );
    assert.equal((await run(...hook, "src/idle-program.cjs")).said, "0\n");
  });
});

describe("packages that node --import tsocksify/register loads", () => {
  let place: Workplace;
  const run = (): Promise<Connections> => connectionsOf(place.directory, [...hook, "src/main.mjs"]);
  /** What `open` is handed, nobody can tell before it runs. */
  const dialler = `const net = require("net");
exports.open = (socket, port) => socket.connect(port, "127.0.0.1");
exports.make = () => new net.Socket();
`;
  before(
    () =>
      (place = placeWith({
        "src/main.mjs": `import { make, open } from "dialler";

open({ connect: () => console.log("a connect of its own") });
const line = open(make(), Number(process.argv.at(-1)));
line.on("data", (data) => process.stdout.write(data));
line.end("hello");
`,
        "node_modules/dialler/package.json": `{ "name": "dialler", "version": "1.0.0", "main": "index.js" }`,
        "node_modules/dialler/index.js": dialler,
      })),
  );
  after(() => place.remove());

  test("are left alone", async () => {
    const { said, proxied, all } = await run();
    assert.deepEqual({ said, proxied, all }, { said: "a connect of its own\nhello", proxied: 0, all: 1 });
  });

  test("are rewritten where the configuration names them, and ask at run time what has no type", async () => {
    place.write("tsocksify.config.json", `{ "packages": ["dialler"] }`);
    const { said, proxied, all, errors } = await run();
    assert.deepEqual(
      { said, proxied, all },
      { said: "a connect of its own\nhello", proxied: 1, all: 1 },
      errors,
    );
  });

  test("run where they name what only browsers have, and that is a warning", async () => {
    place.write("tsocksify.config.json", `{ "packages": ["dialler"] }`);
    place.write(
      "node_modules/dialler/index.js",
      `${dialler}exports.ask = () => new XMLHttpRequest();\nexports.has = typeof RTCPeerConnection;\n`,
    );
    const { said, proxied, all, errors } = await run();
    assert.deepEqual({ said, proxied, all }, { said: "a connect of its own\nhello", proxied: 1, all: 1 });
    assert.match(errors, /index\.js:4:25: SOCKS1015: 'XMLHttpRequest' may open sockets/);
    assert.doesNotMatch(errors, /RTCPeerConnection/);
  });

  test("don't run where they can't be SOCKSified", async () => {
    place.write("tsocksify.config.json", `{ "packages": ["dialler"] }`);
    place.write(
      "node_modules/dialler/index.js",
      `${dialler}require("dgram").createSocket("udp4").close();\n`,
    );
    const { code, errors, all } = await run();
    assert.equal(code, 1);
    assert.match(errors, /node_modules\/dialler\/index\.js:4:18: SOCKS1001/);
    assert.equal(all, 0);
  });
});
