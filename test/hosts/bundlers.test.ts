import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { Workplace } from "../cli/workplace.js";
import { repository } from "../support/user-folder.js";

const client = `import * as net from "node:net";

export const open = (socket: net.Socket): net.Socket => socket.connect(7, "example.org");
`;
const datagrams = `import { createSocket } from "node:dgram";

export const clock = createSocket("udp4");
`;
const tsconfig = {
  compilerOptions: {
    strict: true,
    module: "esnext",
    moduleResolution: "bundler",
    target: "es2022",
    types: ["node"],
  },
  include: ["src"],
};

/** A bundler that compiles with TypeScript in its own process and takes a TransformerFactory. */
interface Bundler {
  readonly name: string;
  /** The packages that a user of it installs, by name. */
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** What bundles src/index.ts into out/index.js, and exits with another code than 0 where it can't. */
  readonly command: readonly string[];
}

const bundlers: readonly Bundler[] = [
  webpack("(_, getProgram) => ({ before: [transformer(getProgram)] })"),
  {
    name: "@rollup/plugin-typescript",
    packages: ["@rollup/plugin-typescript", "rollup", "tslib", "typescript"],
    files: {
      "rollup.config.mjs": `import typescript from "@rollup/plugin-typescript";
import transformer from "tsocksify/transformer";

const before = [{ type: "program", factory: (program) => transformer(program) }];
export default {
  input: "src/index.ts",
  external: [/^@tsocksify/, /^node:/],
  plugins: [typescript({ transformers: { before } })],
  output: { file: "out/index.js", format: "es" },
};
`,
    },
    command: ["node_modules/rollup/dist/bin/rollup", "--config"],
  },
];

function webpack(getCustomTransformers: string, more = ""): Bundler {
  return {
    name: "ts-loader, in webpack",
    packages: ["ts-loader", "webpack", "typescript"],
    files: {
      "bundle.cjs": `const webpack = require("webpack");
const transformer = require("tsocksify/transformer");
const options = { getCustomTransformers: ${getCustomTransformers}, ${more} };
const config = {
  mode: "development",
  devtool: false,
  target: "node",
  context: __dirname,
  entry: "./src/index.ts",
  output: { path: __dirname + "/out", filename: "index.js" },
  externals: [/^@tsocksify/, /^node:/],
  module: { rules: [{ test: /\\.ts$/, use: { loader: "ts-loader", options } }] },
};
webpack(config, (error, stats) => {
  if (!error && !stats.hasErrors()) return;
  console.error(error ?? stats.toString({ all: false, errors: true }));
  process.exitCode = 1;
});
`,
    },
    command: ["bundle.cjs"],
  };
}

function placeOf({ packages, files }: Bundler): Workplace {
  const place = new Workplace({ "tsconfig.json": JSON.stringify(tsconfig), ...files });
  for (const each of [...packages, "@types/node", "@tsocksify/runtime"]) place.linkPackage(each);
  place.linkPackage("tsocksify", repository);
  return place;
}

function bundle(
  place: Workplace,
  { command }: Bundler,
  source: string,
): { status: number | null; output: string } {
  place.write("src/index.ts", source);
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: place.directory,
    encoding: "utf8",
    timeout: 120_000,
  });
  return { status, output: stdout + stderr };
}

for (const bundler of bundlers)
  describe(bundler.name, () => {
    let place: Workplace;
    before(() => (place = placeOf(bundler)));
    after(() => place.remove());

    test("bundles a SOCKS client", () => {
      const { status, output } = bundle(place, bundler, client);
      assert.equal(status, 0, output);
      assert.match(place.read("out/index.js"), /Rconnect\)?\(socket, 7, "example\.org"\)/);
    });

    test("fails where there is a finding at error level", () => {
      const { status, output } = bundle(place, bundler, datagrams);
      assert.equal(status, 1);
      assert.match(output, /TS91001: SOCKS1001: 'createSocket' uses datagrams/);
    });
  });

for (const factory of [
  "(_, getProgram) => ({ before: [transformer(getProgram)] })",
  "(program) => ({ before: [transformer(program)] })",
])
  test(`ts-loader without types is refused, with ${factory}`, () => {
    const bundler = webpack(factory, "transpileOnly: true");
    const place = placeOf(bundler);
    try {
      const { status, output } = bundle(place, bundler, client);
      assert.equal(status, 1);
      assert.match(output, /knows nothing of its types/);
    } finally {
      place.remove();
    }
  });
