import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Workplace } from "../cli/workplace.js";
import {
  bundle,
  bundlers,
  esbuild,
  placeWith,
  rollup,
  vite,
  watching,
  type Bundler,
} from "./bundler-places.js";
import { connectionsOf } from "./connections.js";

const index = `import { idle } from "./sockets";

const line = idle();
line.on("data", (data) => process.stdout.write(data));
line.on("error", (error) => console.error(error));
line.connect(Number(process.argv[2]), "127.0.0.1", () => line.end("hello"));
`;
/** What `line` is, only this file says. */
const sockets = `import { Socket } from "node:net";

export const idle = (): Socket => new Socket();
`;
const lookalikes = `export const idle = () => ({
  on(_event: string, _listener: (data: any) => void) {},
  end(_text: string) {},
  connect(_port: number, _host: string, _done: () => void) {},
});
`;
const client = { "src/index.ts": index, "src/sockets.ts": sockets };

const untyped = `import type { Line } from "./line";

export const open = (line: Line) => line.connect(7, "example.org");
`;
const line = `export type Line = import("node:net").Socket;\n`;

type Until = (holds: (code: string) => boolean) => Promise<void>;

/** Starts the bundler's watch mode, and ends it. */
async function whileWatching(
  place: Workplace,
  bundler: Bundler,
  use: (until: Until) => Promise<void>,
): Promise<void> {
  place.write(bundler.output, "");
  const child = watching(place, bundler);
  try {
    await use(async (holds) => {
      while (!existsSync(place.at(bundler.output)) || !holds(place.read(bundler.output))) {
        assert.equal(child.exitCode, null, "the bundler goes on watching");
        await sleep(100);
      }
    });
  } finally {
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  }
}

/** Where a text stands: a line from 1, a column from 0. */
function placeOf(text: string, part: string | RegExp): { line: number; column: number } {
  const at = typeof part === "string" ? text.indexOf(part) : text.search(part);
  assert.notEqual(at, -1, `${part} in ${text}`);
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length };
}

for (const bundler of bundlers)
  describe(`the plugin for ${bundler.name}`, () => {
    let place: Workplace;
    before(() => (place = placeWith(bundler, client)));
    after(() => place.remove());

    test("bundles a program whose every connection goes through the proxy, and maps it to the sources", async () => {
      const { status, output } = bundle(place, bundler);
      assert.equal(status, 0, output);
      const { said, proxied, all, errors } = await connectionsOf(place.directory, [bundler.output]);
      assert.deepEqual({ said, proxied, all }, { said: "hello", proxied: 1, all: 1 }, errors);

      const code = place.read(bundler.output);
      const map = new TraceMap(place.read(`${bundler.output}.map`));
      for (const [written, wanted] of [
        [/"hello"/, placeOf(index, '"hello"')],
        [/"127\.0\.0\.1", \(\) ?=> ?line/, placeOf(index, '"127.0.0.1"')],
        [/Rconnect\)?\(line,/, placeOf(index, "connect(Number")],
      ] as const) {
        const { source, line, column } = originalPositionFor(map, placeOf(code, written));
        assert.match(source ?? "", /src\/index\.ts$/);
        assert.deepEqual({ line, column }, wanted, String(written));
      }
      assert.ok(map.sourcesContent?.includes(index), "the map has the user's text");
    });

    test("fails at a finding at error level, and names its place", () => {
      place.write(
        "src/index.ts",
        `import { createSocket } from "node:dgram";\n\nexport default createSocket("udp4");\n`,
      );
      try {
        const { status, output } = bundle(place, bundler);
        assert.notEqual(status, 0);
        assert.match(output, /SOCKS1001: 'createSocket' uses datagrams/);
        assert.match(output, /src\/index\.ts\W+3\D/);
      } finally {
        place.write("src/index.ts", index);
      }
    });

    const isDirect = (code: string): boolean => code.includes("line.connect(") && !code.includes("Rconnect");
    const isRewritten = (code: string): boolean =>
      /Rconnect\)?\(line,/.test(code) && !code.includes("line.connect(");

    test("in watch mode, looks again at what a type has changed in another file", async () => {
      place.write("src/sockets.ts", lookalikes);
      await whileWatching(place, bundler, async (until) => {
        await until(isDirect);
        place.write("src/sockets.ts", sockets);
        await until(isRewritten);
      });
    });

    // Rolldown watches no path where there is nothing: https://github.com/rolldown/rolldown/pull/10945
    if (bundler !== vite)
      test("in watch mode, looks again once the file is there that a type comes from", async () => {
        place.write("src/index.ts", untyped);
        await whileWatching(place, bundler, async (until) => {
          await until(isDirect);
          place.write("src/line.ts", line);
          await until(isRewritten);
        });
      });
  });

describe("a text that another plugin has changed before, so that nothing is known of its types", () => {
  const changing = `globalThis.first = () => ({
  name: "first",
  transform: { order: "pre", handler: (code) => code + "// changed" },
});
`;
  const bundled = (source: string): { status: number | null; output: string } => {
    const place = placeWith(rollup, { ...client, "first.mjs": changing, "src/index.ts": source });
    try {
      return bundle(place, rollup, "--import", "./first.mjs");
    } finally {
      place.remove();
    }
  };

  test("is an error where it opens a socket", () => {
    const { status, output } = bundled(
      `import { connect } from "node:net";\n\nexport const line = connect(7, "example.org");\n`,
    );
    assert.equal(status, 1);
    assert.match(output, /src\/index\.ts \(3:/);
    assert.match(output, /can't rewrite connect .*: the text is not what is on disk/);
  });

  test("is a warning where a method may be a socket's", () => {
    const { status, output } = bundled(
      `import { idle } from "./sockets";\n\nidle().connect(7, "example.org");\n`,
    );
    assert.notEqual(status, 0, "src/sockets.ts has `new Socket`");
    assert.match(output, /SOCKS1004: idle\(\)\.connect .* may be a socket's/);
  });
});

describe("what esbuild takes for code, by its options", () => {
  const direct = `import { connect } from "node:net";\n\nconnect(7, "example.org");\n`;
  const noName = /can't rewrite connect .* in no file with a name of TypeScript or JavaScript/;
  const changing = `{ name: "first", setup: ({ onLoad }) => onLoad({ filter: /index/ }, () => ({ contents: "0" })) }`;
  /** As `bundle.mjs` has it, with other options. */
  const bundled = (entry: string, more: string, files: Readonly<Record<string, string>>): string => {
    const place = placeWith(esbuild, files);
    const written = place.read("bundle.mjs").replace(`entryPoints: ["src/index.ts"],`, entry);
    place.write("bundle.mjs", written.replace("plugins: [tsocksify()],", more));
    try {
      const { status, output } = bundle(place, esbuild);
      return status === 0 ? place.read(esbuild.output) : output;
    } finally {
      place.remove();
    }
  };
  const ours = "plugins: [tsocksify()],";

  for (const [what, entry, more, file] of [
    [
      "an extension of its own",
      `entryPoints: ["src/a.es6"],`,
      `loader: { ".es6": "js" }, ${ours}`,
      "src/a.es6",
    ],
    ["no extension", `entryPoints: ["src/tool"],`, `loader: { "": "ts" }, ${ours}`, "src/tool"],
    ["a text in no file", `stdin: { contents: ${JSON.stringify(direct)} },`, ours, undefined],
  ] as const)
    test(`${what} has no types: an error where it opens a socket`, () => {
      assert.match(bundled(entry, more, file ? { [file]: direct } : {}), noName);
    });

  test("and another plugin has loaded before this one, neither", () => {
    const output = bundled(`entryPoints: ["src/index.ts"],`, `plugins: [${changing}, tsocksify()],`, {
      "src/index.ts": direct,
    });
    assert.match(output, /src\/index\.ts:3:0/);
    assert.match(output, /can't rewrite connect .*: the text is not what is on disk/);
  });

  for (const [what, more, name] of [
    ["by an import attribute", ours, `./line.ts" with { type: "text" }; "`],
    ["by a longer extension", `loader: { ".txt.ts": "text" }, ${ours}`, "./line.txt.ts"],
  ] as const)
    test(`what it takes for a text, ${what}, stays one`, () => {
      const output = bundled(`entryPoints: ["src/index.ts"],`, more, {
        "src/index.ts": `import line from "${name}";\nconsole.log(line);\n`,
        "src/line.ts": direct,
        "src/line.txt.ts": direct,
      });
      assert.match(output, /= 'import \{ connect \} from "node:net";\\n\\nconnect\(7, "example\.org"\);\\n'/);
    });
});

test("a package that is bundled as it is and opens sockets is a warning that names them", () => {
  const place = placeWith(esbuild, {
    "src/index.js": `import "dialler";\n`,
    "node_modules/dialler/package.json": `{ "name": "dialler", "version": "1.0.0", "main": "index.js" }`,
    "node_modules/dialler/index.js": `require("net").connect(7, "example.org");\n`,
  });
  place.write("bundle.mjs", place.read("bundle.mjs").replace("index.ts", "index.js"));
  try {
    const { status, output } = bundle(place, esbuild);
    assert.equal(status, 0, output);
    assert.match(output, /SOCKS1201: this package's code stays as it is.*: require\("net"\)\.connect /);
    assert.match(output, /node_modules\/dialler\/index\.js:1:/);
  } finally {
    place.remove();
  }
});

for (const hmr of [true, false])
  test(`Vite's server looks again once the file is there that a type comes from, hmr: ${hmr}`, () => {
    const place = placeWith(vite, {
      "src/index.ts": untyped,
      "serve.mjs": `import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer } from "vite";

const server = await createServer({ server: { middlewareMode: true, ws: false, hmr: ${hmr} } });
const open = async () => String((await server.ssrLoadModule("/src/index.ts")).open);
console.log(await open());
await sleep(500);
writeFileSync("src/line.ts", ${JSON.stringify(line)});
while (!(await open()).includes("Rconnect")) await sleep(100);
process.exit();
`,
    });
    try {
      const { status, output } = bundle(place, { ...vite, build: ["serve.mjs"] });
      assert.equal(status, 0, output);
      assert.match(output, /=> line\.connect\(7/);
    } finally {
      place.remove();
    }
  });

test("what Vite builds for a browser stays as it is, and a warning says so", () => {
  const place = placeWith(vite, {
    "index.html": `<script type="module" src="/src/index.ts"></script>\n`,
    "src/index.ts": `document.title = await (await fetch("/title")).text();\n`,
  });
  try {
    const { status, output } = bundle(place, { ...vite, build: [vite.build[0]!, "build"] });
    assert.equal(status, 0, output);
    assert.match(output, /tsocksify: built for a browser.* left as it is: src\/index\.ts\./);
    const code = place.read("out/index.mjs");
    assert.match(code, /fetch\("\/title"\)/);
    assert.doesNotMatch(code, /tsocksify/);
  } finally {
    place.remove();
  }
});

test("it says so once where Vite builds what runs in Node at the same time", () => {
  const place = placeWith(vite, {
    "src/index.ts": `document.title = await (await fetch("/title")).text();\n`,
    "src/server.ts": `import { Socket } from "node:net";\n\nexport default new Socket();\n`,
    "both.mjs": `import { createBuilder } from "vite";
import tsocksify from "tsocksify/vite";

let start;
const hasStarted = new Promise((resolve) => (start = resolve));
const order = {
  name: "order",
  buildStart() {
    if (this.environment.name === "ssr") start();
  },
  transform: () => hasStarted.then(() => null),
};
const of = (input) => ({ build: { write: false, rollupOptions: { input } } });
const builder = await createBuilder({
  configFile: false,
  plugins: [tsocksify(), order],
  environments: { client: of("src/index.ts"), ssr: of("src/server.ts") },
  builder: { buildApp: ({ build, environments: { client, ssr } }) => Promise.all([build(client), build(ssr)]) },
});
await builder.buildApp();
`,
  });
  try {
    const { status, output } = bundle(place, { ...vite, build: ["both.mjs"] });
    assert.equal(status, 0, output);
    assert.equal(
      output.match(/tsocksify: built for a browser.* left as it is: src\/index\.ts\./g)?.length,
      1,
      output,
    );
  } finally {
    place.remove();
  }
});
