import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Workplace } from "./workplace.js";

const files = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "module": "nodenext" }, "include": ["src"] }\n',
  "src/ftp.ts": `import { AF_INET, SOCK_STREAM, bind, connect, socket } from "@tsocksify/runtime/berkeley";

const control = socket(AF_INET, SOCK_STREAM, 0);
bind(control, { host: "0.0.0.0", port: 0 });
await connect(control, { host: "ftp.example.org", port: 21 });
`,
  "src/options.ts": `import * as net from "node:net";

export const only = net.connect({ localAddress: "0.0.0.0" } as net.TcpNetConnectOpts);
export const both = net.connect({ localAddress: "::", localPort: 0, port: 80 });
export const last = net.connect({
  port: 80, // HTTP
  localPort: 0,
  localAddress: "",
});
export const mine = net.connect({ port: 80, localPort: 1023, localAddress: "0.0.0.0" });
`,
  "src/old.ts": `// tsocksify-ignore SOCKS1003 -- there was a lookup here
export const nothing = 0;
`,
};

describe("tsocksify lint --fix", () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = new Workplace(files, "typescript");
    workplace.linkPackage("@tsocksify/runtime");
  });
  afterEach(() => workplace.remove());

  test("makes the safe edits, and tells only what is left", () => {
    const before = workplace.tsocksify(["lint"]);
    assert.match(before.stdout, /1 error, 8 warnings, 8 of them mended by --fix/);
    const { code, stdout, stderr } = workplace.tsocksify(["lint", "--fix", "--reporter", "json"]);
    assert.equal(stderr, "Edited: src/ftp.ts, src/old.ts, src/options.ts.\n");
    const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number; code: string }[] };
    assert.deepEqual(
      findings.map(({ file, line, code }) => [file, line, code]),
      [["src/options.ts", 8, "SOCKS1006"]],
    );
    assert.equal(code, 1);
    assert.equal(workplace.read("src/old.ts"), "export const nothing = 0;\n");
    assert.equal(
      workplace.read("src/ftp.ts"),
      files["src/ftp.ts"].replace('bind(control, { host: "0.0.0.0", port: 0 });\n', ""),
    );
    assert.equal(
      workplace.read("src/options.ts"),
      `import * as net from "node:net";

export const only = net.connect({  } as net.TcpNetConnectOpts);
export const both = net.connect({ port: 80 });
export const last = net.connect({
  port: 80, // HTTP
});
export const mine = net.connect({ port: 80, localPort: 1023 });
`,
    );
  });

  test("a fix of more than one edit is made whole, and leaves nothing to be told", () => {
    const finger = `import { AF_INET, SOCK_STREAM, connect, socket } from "@tsocksify/runtime/berkeley";

async function main() {
  await connect(socket(AF_INET, SOCK_STREAM, 0), { host: "finger.example.org", port: 79 });
}

main();
`;
    workplace.write("src/finger.ts", finger);
    const { code, stdout } = workplace.tsocksify(["lint", "--fix", "--max-warnings", "0", "src/finger.ts"]);
    assert.equal(code, 0, stdout);
    assert.equal(
      workplace.read("src/finger.ts"),
      finger
        .replace("\n", '\nimport { SOCKSinit } from "@tsocksify/runtime";\n')
        .replace("{\n", '{\n  SOCKSinit("finger");\n'),
    );
  });

  test("a second run edits nothing", () => {
    workplace.tsocksify(["lint", "--fix"]);
    const after = workplace.contents();
    assert.equal(workplace.tsocksify(["lint", "--fix"]).stderr, "");
    assert.deepEqual(workplace.contents(), after);
  });

  test("without it nothing is written", () => {
    const before = workplace.contents();
    workplace.tsocksify(["lint"]);
    assert.deepEqual(workplace.contents(), before);
  });

  test("edits no file where one can't be looked at, and says which", () => {
    workplace.write("src/broken.ts", "import * as net from 'net'; net.connect(;\n");
    const before = workplace.contents();
    const { code, stderr } = workplace.tsocksify(["lint", "--fix"]);
    assert.equal(code, 2);
    assert.match(stderr, /^tsocksify: src\/broken\.ts:1:41: /);
    assert.deepEqual(workplace.contents(), before);
  });

  test("edits no file where one can't be written", { skip: process.platform === "win32" }, () => {
    const before = workplace.contents();
    for (const folder of [".", "src"]) chmodSync(workplace.at(folder), 0o777);
    for (const path of ["src/ftp.ts", "src/old.ts"]) chmodSync(workplace.at(path), 0o666);
    chmodSync(workplace.at("src/options.ts"), 0o444);
    // No file is closed to root.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const { code, stderr } = workplace.tsocksify(["lint", "--fix"], { uid });
    assert.equal(code, 2);
    assert.match(stderr, /^tsocksify: src\/options\.ts: permission denied \(EACCES, access\)\n$/);
    assert.deepEqual(workplace.contents(), before);
  });

  test("what a comment lets be is not edited, and --explain and --list-inputs edit nothing", () => {
    workplace.write(
      "src/ftp.ts",
      files["src/ftp.ts"].replace("bind(", "// tsocksify-ignore SOCKS1026 -- kept for the record\nbind("),
    );
    const before = workplace.contents();
    assert.equal(workplace.tsocksify(["lint", "--fix", "src/ftp.ts"]).stderr, "");
    for (const other of [["--explain", "src/old.ts:1"], ["--list-inputs"]]) {
      const { code, stderr } = workplace.tsocksify(["lint", "--fix", ...other]);
      assert.equal(code, 2);
      assert.equal(stderr, `tsocksify: --fix and ${other[0]} exclude each other\n`);
    }
    assert.deepEqual(workplace.contents(), before);
  });
});
