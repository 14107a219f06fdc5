import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { toolchains, Workplace } from "../support/toolchains.js";

/** Errors that are thrown while a rewritten call is evaluated: by an argument, and by the call itself. */
const program = `import * as net from "node:net";
import * as http from "node:http";

/* A comment that
   moves the lines. */
class Client {
  readonly socket = new net.Socket();

  dial(port: number): net.Socket {
    return this.socket
      .setNoDelay(true)
      .connect({ port, host: "127.0.0.1", localPort: Number.NaN as never }, () => {});
  }

  maybe(socket: net.Socket | undefined): unknown { return socket?.connect(boom()); }
}

function boom(): never {
  throw new Error("from an argument");
}

const attempts: (() => unknown)[] = [
  () => new Client().dial(99_999),
  () => net.connect({ port: 99_999 }),
  () => net.connect(boom()),
  () => new Client().socket.connect(1, boom()),
  () => net.createServer().listen(99_999),
  () => new Client().maybe(new net.Socket()),
  () => http.get({ port: 80, path: boom() }),
];

for (const attempt of attempts)
  try {
    attempt();
    console.log("nothing was thrown");
  } catch (error) {
    const { stack, message } = error as Error;
    const own = stack!.split("\\n").filter((line) => line.includes("program.ts"));
    console.log(message, own.map((line) => /program\\.ts:\\d+:\\d+/.exec(line)![0]).join(" < "));
  }
`;

const modules = { commonjs: "node10", esnext: "bundler" } as const;

for (const toolchain of toolchains)
  describe(`source maps: ${toolchain.name}`, () => {
    let workplace: Workplace;
    before(() => (workplace = new Workplace(toolchain)));
    after(() => workplace.remove());

    for (const [module, moduleResolution] of Object.entries(modules))
      test(`${module}: a stack trace names the lines and columns that it names without the plugin`, () => {
        const outputs = [[], [{ transform: "tsocksify/transformer" }]].map((plugins, index) => {
          const folder = `${module}-${index}`;
          const options = {
            target: "es2022",
            module,
            moduleResolution,
            types: ["node"],
            strict: true,
            skipLibCheck: true,
          };
          const deprecations = toolchain.typescript === "typescript-6" ? { ignoreDeprecations: "6.0" } : {};
          const compilerOptions = {
            ...options,
            ...deprecations,
            sourceMap: true,
            rootDir: ".",
            outDir: "out",
            plugins,
          };
          workplace.write(`${folder}/program.ts`, program);
          workplace.write(
            `${folder}/out/package.json`,
            JSON.stringify({ type: module === "esnext" ? "module" : "commonjs" }),
          );
          workplace.write(
            `${folder}/tsconfig.json`,
            JSON.stringify({ compilerOptions, files: ["program.ts"] }),
          );
          const compiled = workplace.tspc("-p", folder);
          assert.equal(compiled.code, 0, compiled.output);
          return workplace.run("--enable-source-maps", `${folder}/out/program.js`).output;
        });
        assert.match(outputs[1]!, /99999.* program\.ts:12:8 < program\.ts:23:22 < program\.ts:34:5\n/);
        assert.doesNotMatch(outputs[1]!, /nothing was thrown/);
        assert.equal(outputs[1], outputs[0]);
      });
  });
