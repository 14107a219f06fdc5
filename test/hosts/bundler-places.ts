import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { Workplace } from "../cli/workplace.js";
import { repository } from "../support/user-folder.js";

/** A bundler, and a configuration of it as a user writes one: src/index.ts becomes out/index.cjs or .mjs. */
export interface Bundler {
  readonly name: string;
  /** The packages that a user of it installs, beside Node's types and tsocksify. */
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Arguments of node. */
  readonly build: readonly string[];
  readonly watch: readonly string[];
  readonly output: string;
}

const external = `["@tsocksify/runtime", /^node:/]`;

export const rollup: Bundler = {
  name: "Rollup",
  packages: ["rollup", "esbuild"],
  files: {
    "rollup.config.mjs": `import { transform } from "esbuild";
import tsocksify from "tsocksify/rollup";

const strip = {
  name: "strip",
  resolveId(source, importer) {
    return source.startsWith("./") && importer ? this.resolve(source + ".ts", importer, { skipSelf: true }) : null;
  },
  transform: (code, sourcefile) => transform(code, { loader: "ts", sourcefile, sourcemap: true }),
};
export default {
  input: "src/index.ts",
  external: ${external},
  plugins: [globalThis.first?.(), tsocksify(), strip],
  output: { file: "out/index.mjs", format: "es", sourcemap: true },
};
`,
  },
  build: ["node_modules/rollup/dist/bin/rollup", "--config"],
  watch: ["node_modules/rollup/dist/bin/rollup", "--config", "--watch"],
  output: "out/index.mjs",
};

export const vite: Bundler = {
  name: "Vite",
  packages: ["vite"],
  files: {
    "vite.config.mjs": `import tsocksify from "tsocksify/vite";

export default {
  plugins: [tsocksify()],
  build: { outDir: "out", sourcemap: true, minify: false, rollupOptions: { output: { entryFileNames: "index.mjs" } } },
};
`,
  },
  build: ["node_modules/vite/bin/vite.js", "build", "--ssr", "src/index.ts"],
  watch: ["node_modules/vite/bin/vite.js", "build", "--ssr", "src/index.ts", "--watch"],
  output: "out/index.mjs",
};

export const esbuild: Bundler = {
  name: "esbuild",
  packages: ["esbuild"],
  files: {
    "bundle.mjs": `import { build, context } from "esbuild";
import tsocksify from "tsocksify/esbuild";

const options = {
  entryPoints: ["src/index.ts"],
  outfile: "out/index.cjs",
  bundle: true,
  platform: "node",
  sourcemap: true,
  plugins: [tsocksify()],
};
if (process.argv[2] === "--watch") await (await context(options)).watch();
else await build(options).catch(() => (process.exitCode = 1));
`,
  },
  build: ["bundle.mjs"],
  watch: ["bundle.mjs", "--watch"],
  output: "out/index.cjs",
};

export const webpack: Bundler = {
  name: "webpack",
  packages: ["webpack", "ts-loader", "typescript"],
  files: {
    "bundle.cjs": `const webpack = require("webpack");

const config = {
  mode: "development",
  devtool: "source-map",
  target: "node",
  context: __dirname,
  entry: "./src/index.ts",
  resolve: { extensions: [".ts", ".js"] },
  output: { path: __dirname + "/out", filename: "index.cjs" },
  module: {
    rules: [
      { test: /\\.[cm]?[jt]sx?$/, enforce: "pre", loader: "tsocksify/webpack" },
      { test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true } },
    ],
  },
};
const done = (error, stats) => {
  if (!error && !stats.hasErrors()) return;
  console.error(error ?? stats.toString({ all: false, errors: true }));
  process.exitCode = 1;
};
const compiler = webpack(config);
if (process.argv[2] === "--watch") compiler.watch({}, done);
else compiler.run(done);
`,
  },
  build: ["bundle.cjs"],
  watch: ["bundle.cjs", "--watch"],
  output: "out/index.cjs",
};

export const bundlers: readonly Bundler[] = [rollup, vite, esbuild, webpack];

const tsconfig = {
  compilerOptions: {
    strict: true,
    module: "esnext",
    moduleResolution: "bundler",
    target: "es2022",
    types: ["node"],
    sourceMap: true,
  },
  include: ["src"],
};

/** A user's project with a bundler installed and configured. */
export function placeWith(
  { packages, files }: Bundler,
  sources: Readonly<Record<string, string>>,
): Workplace {
  const place = new Workplace({
    "package.json": "{}",
    "tsconfig.json": JSON.stringify(tsconfig),
    ...files,
    ...sources,
  });
  for (const each of [...packages, "@types/node", "@tsocksify/runtime"]) place.linkPackage(each);
  place.linkPackage("tsocksify", repository);
  return place;
}

/** @param environment added to this process's */
export function bundle(
  place: Workplace,
  { build }: Bundler,
  ...more: readonly string[]
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...more, ...build], {
    cwd: place.directory,
    encoding: "utf8",
    timeout: 120_000,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, output: stdout + stderr };
}

/** Starts the bundler's watch mode, to be killed. */
export function watching(place: Workplace, { watch }: Bundler): ChildProcess {
  return spawn(process.execPath, watch, { cwd: place.directory, stdio: ["pipe", "ignore", "inherit"] });
}
