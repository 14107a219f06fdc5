import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planFiles, reportOf, type ReportedRewrite } from "../../src/engine/index.js";
import { portionsOf, type NativePortion } from "../../src/resolvers/native/portions.js";
import type { NativeProgram } from "../../src/resolvers/native/program.js";
import { Workplace } from "../cli/workplace.js";
import { forgotten } from "../support/forgotten.js";
import { nativeCompilers } from "../support/native-compilers.js";

const tsconfig = '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "types": ["node"] } }';
const plain = {
  "a.ts":
    'import { Socket } from "net";\nexport const sock = new Socket();\nexport class Own { connect() {} }\n',
  "b.ts": 'import { sock } from "./a.js";\nsock.connect(1);\n',
  "c.ts": 'import { Own, sock } from "./a.js";\nnew Own().connect();\nsock.connect(2);\n',
};
const face = "@tsocksify/runtime/berkeley";
const linked = {
  "a.ts": `import { socket } from "${face}";\nexport const made = socket(2, 1, 0);\n`,
  "b.ts": 'import net from "net";\nnet.connect(1);\n',
  "c.ts": `import { connect } from "${face}";\nimport { made } from "./a.js";\nvoid connect(made, { port: 1 });\n`,
};

function rewritesOf({ program: { ts, resolver }, files }: NativePortion): readonly ReportedRewrite[] {
  return reportOf(ts, planFiles(ts, files, resolver, {}), (file) => file).rewrites;
}

for (const { name, start } of nativeCompilers) {
  async function withProgram(
    files: Record<string, string>,
    use: (program: NativeProgram, fileNames: readonly string[]) => void | Promise<void>,
  ): Promise<void> {
    const place = new Workplace({ "tsconfig.json": tsconfig, ...files }, name);
    const compiler = start(place.directory);
    try {
      const fileNames = Object.keys(files).map((each) => place.at(each));
      await use(compiler.openProject(place.at("tsconfig.json")), fileNames);
    } finally {
      compiler.close();
    }
  }

  describe(`portions of a program of ${name}`, () => {
    test("have every file once, and each is decided as it is among all of them", () =>
      withProgram(plain, (program, fileNames) => {
        const counts: number[] = [];
        const rewrites: ReportedRewrite[] = [];
        for (const portion of portionsOf(program, fileNames, [], 1)) {
          counts.push(portion.files.length);
          rewrites.push(...rewritesOf(portion));
        }
        assert.deepEqual(counts, [1, 1, 1]);
        const files = fileNames.map((each) => program.getSourceFile(each)!);
        assert.deepEqual(rewrites, rewritesOf({ program, files }));
        assert.equal(rewrites.length, 3);
      }));

    test("are one, the last, where files can only be planned together", () =>
      withProgram(linked, (program, [a, b, c]) => {
        const found: string[][] = [];
        for (const { files } of portionsOf(program, [a!, b!, c!], [], 1))
          found.push(files.map(({ fileName }) => fileName));
        assert.deepEqual(found, [[b], [a, c]]);
      }));

    test("take their syntax with them", () =>
      withProgram(plain, async (program, fileNames) => {
        const portions = portionsOf(program, fileNames, [], 1);
        const next = (): WeakRef<object> => new WeakRef((portions.next().value as NativePortion).files[0]!);
        const [first, second] = [next(), next()];
        assert.ok(await forgotten(first));
        assert.equal(second.deref() === undefined, false);
        portions.return(undefined);
      }));
  });
}
