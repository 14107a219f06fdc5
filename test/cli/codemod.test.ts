import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { version } from "../../src/version.js";
import { missing } from "../support/peers/required.js";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

/** It gives a program a terminal. */
const scriptSkip = missing("bsdutils", "/usr/bin/script");

const rewritten = {
  client: `import net from "node:net";
import { Rconnect } from "@tsocksify/runtime";

export function open(host: string): net.Socket {
  const socket = Rconnect({ host, port: 21 });
  return socket;
}

export function retry(socket: net.Socket): void {
  Rconnect(socket, { host: "ftp.example.org", port: 21 });
}
`,
  ping: `'use strict'
const { Rconnect } = require('@tsocksify/runtime')

Rconnect(7, process.argv[2]).end()
`,
};

describe("tsocksify codemod", () => {
  let workplace: Workplace;
  before(() => {
    workplace = new Workplace(seeded, "typescript");
    workplace.commit();
  });
  after(() => workplace.remove());
  const codemod = (...args: string[]) => workplace.tsocksify(["codemod", ...args]);

  test("shows the diff and writes nothing, unless it is told to", () => {
    const before = workplace.contents();
    const { code, stdout, stderr } = codemod();
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^-net\.connect\(7, process\.argv\[2\]\)\.end\(\)\n\+Rconnect\(7, process\.argv\[2\]\)\.end\(\)$/m,
    );
    assert.match(stderr, /3 call sites in 2 files\. Nothing was written\. 2 call sites can't be rewritten/);
    assert.deepEqual(workplace.contents(), before);
  });

  test("--check names the files and exits with 1", () => {
    const { code, stdout } = codemod("--check");
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "src/client.ts\ntools/ping.js\n" });
  });

  test("a patch applies with git apply, also in a folder below the repository's root", () => {
    codemod("--patch", "socks.patch");
    workplace.git("apply", "socks.patch");
    assert.equal(workplace.read("src/client.ts"), rewritten.client);
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    workplace.git("checkout", "--quiet", "--", ".");
    workplace.tsocksify(["codemod", ".", "--patch", "../socks.patch"], { cwd: "tools" });
    workplace.git("-C", "tools", "apply", "../socks.patch");
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    workplace.git("checkout", "--quiet", "--", ".");
  });

  test("a patch goes to standard output where the file is -, as nothing else does", () => {
    const { stdout, stderr } = codemod("--patch", "-");
    assert.match(stderr, /Written to standard output\./);
    workplace.write("socks.patch", stdout);
    assert.ok(!workplace.git("status", "--porcelain").includes(" -"));
    workplace.git("apply", "socks.patch");
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    workplace.git("checkout", "--quiet", "--", ".");
  });

  test("changes nothing while something is not committed, and says what", () => {
    workplace.write("src/clock.ts", `${seeded["src/clock.ts"]}\n`);
    const before = workplace.contents();
    const { code, stderr } = codemod("--write");
    assert.equal(code, 2);
    assert.match(stderr, /^tsocksify: not committed: src\/clock\.ts; commit them first, or use --force\n$/);
    assert.deepEqual(workplace.contents(), before);
    workplace.git("checkout", "--quiet", "--", ".");
  });

  test("changes nothing where Git can't tell, unless it is forced to", () => {
    const before = workplace.contents();
    const run = (env: NodeJS.ProcessEnv) => workplace.tsocksify(["codemod", "tools", "--write"], { env });
    for (const [env, reason] of [
      [{ PATH: workplace.at("nowhere") }, "spawnSync git ENOENT"],
      [{ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }, "fatal: detected dubious ownership .*"],
    ] as const) {
      const { code, stderr } = run(env);
      assert.match(
        stderr,
        new RegExp(
          `^tsocksify: Git can't tell whether all is committed \\(${reason}\\); use --force to go on without\n$`,
        ),
      );
      assert.equal(code, 2);
      assert.deepEqual(workplace.contents(), before);
    }
  });

  test("writes, writes nothing the second time, and takes back every byte", () => {
    const before = workplace.contents();
    assert.equal(codemod("--write", "--add-dependency").code, 0);
    assert.equal(workplace.read("src/client.ts"), rewritten.client);
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    assert.equal(
      workplace.read("package.json"),
      seeded["package.json"].replace(
        '{\n        "zod',
        `{\n        "@tsocksify/runtime": "^${version}",\n        "zod`,
      ),
    );
    const after = workplace.contents();
    const again = codemod("--write", "--add-dependency", "--force");
    assert.match(again.stderr, /^Nothing to rewrite\./);
    assert.deepEqual(workplace.contents(), after);

    const shown = codemod("--reverse");
    assert.match(shown.stdout, /^\+net\.connect\(7, process\.argv\[2\]\)\.end\(\)$/m);
    assert.deepEqual(workplace.contents(), after);
    assert.equal(codemod("--reverse", "--write").code, 0);
    assert.deepEqual(workplace.contents(), before);
    assert.ok(!existsSync(workplace.at(".tsocksify")));
  });

  test("takes its own lines back though others have changed, and refuses where those have", () => {
    codemod("--write");
    workplace.write("tools/ping.js", `// Added later.\n${rewritten.ping}`);
    workplace.write(
      "src/client.ts",
      rewritten.client.replace("Rconnect({ host, port: 21 })", "Rconnect(23)"),
    );
    const before = workplace.contents();
    const refused = codemod("--reverse", "--write");
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /^tsocksify: src\/client\.ts was changed in or right beside lines that the codemod had rewritten/,
    );
    assert.deepEqual(workplace.contents(), before);
    assert.equal(codemod("tools", "--reverse", "--write").code, 0);
    assert.equal(workplace.read("tools/ping.js"), `// Added later.\n${seeded["tools/ping.js"]}`);
    workplace.write("src/client.ts", rewritten.client);
    assert.equal(codemod("--reverse", "--write").code, 0);
    assert.equal(
      workplace.git("status", "--porcelain", "--untracked-files=no").replace(/ M tools\/ping\.js\n/, ""),
      "",
    );
    workplace.git("checkout", "--quiet", "--", ".");
  });

  test("--interactive writes what was agreed to: yes, no, and nothing once the answers end", () => {
    const { code, stdout } = workplace.tsocksify(["codemod", "--interactive"], { stdin: "what?\nn\ny\n" });
    assert.equal(code, 0);
    assert.match(
      stdout,
      /Write src\/client\.ts \(1\/2\)\? \[y\]es, \[n\]o, \[a\]ll, \[q\]uit: Write src\/client\.ts/,
    );
    assert.equal(workplace.read("src/client.ts"), seeded["src/client.ts"]);
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    codemod("--reverse", "--write");
    workplace.tsocksify(["codemod", "--interactive"], { stdin: "" });
    assert.equal(workplace.git("status", "--porcelain", "--untracked-files=no"), "");
  });

  test("--interactive on a terminal: all, quit and Ctrl-C", { skip: scriptSkip }, async () => {
    const isClean = (): boolean => workplace.git("status", "--porcelain", "--untracked-files=no") === "";
    const answer = async (input: string): Promise<number | null> => {
      const command = `"${process.execPath}" "${workplace.program}" codemod --interactive`;
      const child = spawn("/usr/bin/script", ["-qec", command, "/dev/null"], {
        cwd: workplace.directory,
        timeout: 60_000,
      });
      let shown = "";
      child.stdout.on("data", (chunk) => {
        const isAsked = shown.includes("[q]uit:");
        shown += String(chunk);
        if (!isAsked && shown.includes("[q]uit:")) child.stdin.write(input);
      });
      const [code] = (await once(child, "close")) as [number | null];
      assert.match(shown, /Write src\/client\.ts \(1\/2\)\?/);
      return code;
    };
    assert.equal(await answer("q\r"), 0);
    assert.ok(isClean());
    assert.equal(await answer("\u0003"), 130); // Ctrl-C: 128 + SIGINT
    assert.ok(isClean());
    assert.equal(await answer("a\r"), 0);
    assert.equal(workplace.read("src/client.ts"), rewritten.client);
    assert.equal(workplace.read("tools/ping.js"), rewritten.ping);
    codemod("--reverse", "--write");
    assert.ok(isClean());
  });
});
