import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import ts from "typescript";
import transformer from "../../src/hosts/tspatch/index.js";
import { createProgram } from "../support/program.js";
import { toolchains, Workplace } from "../support/toolchains.js";

const datagrams = `import dgram from "node:dgram";

const socket = dgram.createSocket("udp4");
socket.send("hello", 514);
export {};
`;

function tsconfig(entry: object, more: object = {}): string {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    outDir: "out",
    rootDir: ".",
    plugins: [{ transform: "tsocksify/transformer", ...entry }],
    ...more,
  };
  return JSON.stringify({ compilerOptions, include: ["*.ts"] });
}

for (const toolchain of toolchains)
  describe(`diagnostics: ${toolchain.name}`, () => {
    let workplace: Workplace;
    before(() => (workplace = new Workplace(toolchain)));
    after(() => workplace.remove());

    test("datagrams fail the build with file, line, column, code and message", () => {
      workplace.write("udp/main.ts", datagrams);
      workplace.write("udp/tsconfig.json", tsconfig({}));
      const { code, output } = workplace.tspc("-p", "udp");
      assert.equal(code, 2);
      assert.match(
        output,
        /^udp\/main\.ts\(3,22\): error TS91001: SOCKS1001: 'dgram\.createSocket' uses datagrams \(SOCK_DGRAM\); SOCKS here is TCP only\.$/m,
      );
    });

    test("a warning is printed and does not fail the build", () => {
      workplace.write("warn/main.ts", "export const go = (thing: any) => thing.connect(80);\n");
      workplace.write("warn/tsconfig.json", tsconfig({}));
      const { code, output } = workplace.tspc("-p", "warn");
      assert.match(output, /^warn\/main\.ts\(1,41\): warning TS91004: SOCKS1004: /m);
      assert.equal(code, 0);
    });

    test("an incremental build that found errors finds them again", () => {
      workplace.write("again/main.ts", datagrams);
      workplace.write("again/tsconfig.json", tsconfig({}, { incremental: true }));
      const first = workplace.tspc("-p", "again");
      const second = workplace.tspc("-p", "again");
      assert.match(first.output, /SOCKS1001/);
      assert.match(
        second.output,
        /SOCKS1001/,
        "nothing has changed, and the program still can't be SOCKSified",
      );
      assert.notEqual(second.code, 0);
    });

    test("with noEmitOnError nothing is emitted", () => {
      workplace.write("strict/main.ts", datagrams);
      workplace.write("strict/tsconfig.json", tsconfig({}, { noEmitOnError: true }));
      const { code, output } = workplace.tspc("-p", "strict");
      assert.match(output, /SOCKS1001/);
      assert.notEqual(code, 0);
      assert.ok(!existsSync(join(workplace.directory, "strict/out/main.js")));
    });

    test("an unknown option is an error that names the ones there are", () => {
      workplace.write("option/main.ts", "export {};\n");
      workplace.write("option/tsconfig.json", tsconfig({ anny: "warn" }));
      const { code, output } = workplace.tspc("-p", "option");
      assert.notEqual(code, 0);
      assert.match(output, /unknown option 'anny'/);
    });
  });

describe("the plugin's signature", () => {
  const name = join(__dirname, "main.ts");
  const program = (): ts.Program => createProgram(ts, [name], new Map([[name, datagrams]]));

  test("ttypescript's and ts-patch's: findings go to addDiagnostic", () => {
    const diagnostics: ts.Diagnostic[] = [];
    transformer(
      program(),
      { transform: "tsocksify/transformer" },
      { ts, addDiagnostic: (each) => diagnostics.push(each) },
    );
    assert.deepEqual(
      diagnostics.map(({ code, category, start, length, file }) => [
        code,
        category,
        file!.text.slice(start, start! + length!),
      ]),
      [[91001, ts.DiagnosticCategory.Error, "createSocket"]],
    );
  });

  test("a host that takes no diagnostics gets an error: findings are never lost", () => {
    assert.throws(() => transformer(program(), {}, { ts }), /main\.ts\(3,22\): error TS91001: SOCKS1001/);
    assert.throws(
      () => transformer(program()),
      /SOCKS1001/,
      "and the compiler is found where the host gives none",
    );
  });

  test("a program without types is refused", () => {
    const options = { noResolve: true, noLib: true, isolatedModules: true };
    const blind = createProgram(ts, [name], new Map([[name, datagrams]]), options);
    assert.throws(() => transformer(blind, {}, { ts }), /needs types .* transpileOnly/);
  });

  test("running after TypeScript's own transforms is refused", () => {
    assert.throws(() => transformer(program(), { after: true }, { ts }), /must run before/);
  });
});
