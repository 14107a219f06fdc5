import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { seeded } from "../cli/seeded.js";
import { Workplace } from "../cli/workplace.js";
import { edited, locationOf, TsServer, type CodeEdit, type Location } from "../support/tsserver.js";
import { repository } from "../support/user-folder.js";

interface Diagnostic {
  readonly start: Location;
  readonly end: Location;
  readonly text: string;
  readonly code: number;
  readonly category: string;
  readonly source?: string;
}

interface Changes {
  readonly fileName: string;
  readonly textChanges: readonly CodeEdit[];
}

interface CodeFix {
  readonly fixName: string;
  readonly description: string;
  readonly fixId?: unknown;
  readonly changes: readonly Changes[];
}

interface Refactor {
  readonly name: string;
  readonly actions: readonly { name: string; description: string }[];
}

const files = {
  ...seeded,
  "tsconfig.json": tsconfig({}),
  "src/options.ts": `import * as net from "node:net";

export const a = net.connect({ port: 80, localAddress: "0.0.0.0" });
export const b = net.connect({ port: 81, localPort: 0, localAddress: "::" });
// tsocksify-ignore SOCKS1003 -- there was a lookup here
export const c = 1;
`,
  "src/local.ts": `import dgram from "node:dgram";

// tsocksify-ignore SOCKS1001 -- time, from the router
export const clock = dgram.createSocket("udp4");
`,
  "src/finger.ts": `import { connect, socket } from "@tsocksify/runtime/berkeley";

async function main() {
  await connect(socket(2, 1, 0), { host: "finger.example.org", port: 79 });
}

main();
`,
  "src/typing.ts": "export {};\n",
  "src/lookalike.ts": `export const ask = (db: { connect(): void }): void => db.connect();\n`,
  "sockets/sockets.d.ts": `export function connect(fd: number, address: object): number;
export const AF_INET: number;
export const SOCK_DGRAM: number;
export function socket(domain: number, type: number, protocol: number): number;
`,
  "src/c.ts": `import { AF_INET, connect, SOCK_DGRAM, socket } from "../sockets/sockets.js";

connect(3, {});
socket(AF_INET, SOCK_DGRAM, 0);
`,
};

function tsconfig(options: object): string {
  const plugins = [{ transform: "tsocksify/transformer", name: "tsocksify", ...options }];
  const compilerOptions = {
    strict: true,
    module: "nodenext",
    esModuleInterop: true,
    types: ["node"],
    plugins,
  };
  return JSON.stringify({ compilerOptions, include: ["src"] });
}

for (const typescript of ["typescript-5.0", "typescript", "typescript-6"])
  describe(`the language server of ${typescript}`, () => {
    let workplace: Workplace;
    let server: TsServer;
    before(() => {
      workplace = new Workplace(files, typescript);
      workplace.linkPackage("tsocksify", repository);
      server = new TsServer(workplace.at("node_modules/typescript/lib/tsserver.js"), [
        "--logVerbosity",
        "normal",
        "--logFile",
        workplace.at("tsserver.log"),
      ]);
      for (const path of Object.keys(files))
        if (path.startsWith("src/")) server.tell("open", { file: workplace.at(path) });
    });
    after(async () => {
      await server.stop();
      workplace.remove();
    });

    const at = (path: string, part: string): object => {
      const { line, offset } = locationOf(workplace.read(path), part);
      return {
        file: workplace.at(path),
        line,
        offset,
        startLine: line,
        startOffset: offset,
        endLine: line,
        endOffset: offset,
      };
    };
    const ours = async (path: string): Promise<string[]> => {
      const all = await server.request<Diagnostic[]>("semanticDiagnosticsSync", { file: workplace.at(path) });
      return all
        .filter(({ source }) => source === "tsocksify")
        .map(
          ({ start, code, category, text }) =>
            `${start.line}:${start.offset} ${category} ${code} ${text.slice(0, 32)}`,
        );
    };
    const changed = (path: string, changes: readonly Changes[]): string => {
      assert.deepEqual(
        changes.map(({ fileName }) => fileName),
        [workplace.at(path)],
      );
      return edited(workplace.read(path), changes[0]!.textChanges);
    };
    const actionsAt = async (path: string, part: string): Promise<Record<string, string>> => {
      const refactors = await server.request<Refactor[]>("getApplicableRefactors", at(path, part));
      const actions = refactors.filter(({ name }) => name === "tsocksify").flatMap(({ actions }) => actions);
      return Object.fromEntries(actions.map(({ name, description }) => [name, description]));
    };
    const refactored = async (path: string, part: string, action: string): Promise<string> => {
      const args = { ...at(path, part), refactor: "tsocksify", action };
      const { edits } = await server.request<{ edits: Changes[] }>("getEditsForRefactor", args);
      return changed(path, edits);
    };

    test("findings are diagnostics, with their codes and severities", async () => {
      assert.deepEqual(await ours("src/clock.ts"), ["5:23 error 91001 SOCKS1001: 'dgram.createSocket' "]);
      assert.deepEqual(await ours("src/untyped.ts"), ["3:9 warning 91004 SOCKS1004: 'thing.connect' may b"]);
    });

    test("what is rewritten, irrelevant or suppressed is no diagnostic", async () => {
      for (const path of ["src/client.ts", "src/lookalike.ts", "src/local.ts"])
        assert.deepEqual(await ours(path), []);
    });

    test("the compiler's own diagnostics stay", async () => {
      const file = workplace.at("src/lookalike.ts");
      server.tell("change", {
        file,
        line: 1,
        offset: 1,
        endLine: 1,
        endOffset: 1,
        insertString: "const n: number = 'n';\n",
      });
      const all = await server.request<Diagnostic[]>("semanticDiagnosticsSync", { file });
      assert.deepEqual(
        all.map(({ code }) => code),
        [2322],
      );
    });

    test("what is typed is looked at as it stands in the editor", async () => {
      const file = workplace.at("src/typing.ts");
      assert.deepEqual(await ours("src/typing.ts"), []);
      const insertString = 'import { createSocket } from "dgram";\ncreateSocket("udp6");\n';
      server.tell("change", { file, line: 1, offset: 1, endLine: 1, endOffset: 1, insertString });
      assert.deepEqual(await ours("src/typing.ts"), ["2:1 error 91001 SOCKS1001: 'createSocket' uses d"]);
    });

    test("a finding with a safe edit has a quick fix, and all of a kind in the file have one", async () => {
      const path = "src/options.ts";
      assert.deepEqual(
        (await ours(path)).map((each) => each.slice(0, 18)),
        ["3:42 warning 91026", "4:42 warning 91026", "4:56 warning 91026", "5:1 warning 91102 "],
      );
      const supported = await server.request<string[]>("getSupportedCodeFixes", { file: workplace.at(path) });
      assert.ok(supported.includes("91026") && supported.includes("91102") && supported.includes("2304"));
      const [fix, ...others] = await server.request<CodeFix[]>("getCodeFixes", {
        ...at(path, "localAddress"),
        errorCodes: [91026],
      });
      assert.deepEqual(others, []);
      assert.equal(fix!.description, "Delete the bind that claims nothing");
      assert.match(changed(path, fix!.changes), /^export const a = net\.connect\(\{ port: 80 \}\);$/m);
      const scope = { type: "file", args: { file: workplace.at(path) } };
      const { changes } = await server.request<{ changes: Changes[] }>("getCombinedCodeFix", {
        scope,
        fixId: fix!.fixId,
      });
      assert.equal(
        changed(path, changes),
        files[path]
          .replace(', localAddress: "0.0.0.0"', "")
          .replace(', localPort: 0, localAddress: "::"', ""),
      );
    });

    test("a quick fix of more than one edit is made whole", async () => {
      const path = "src/finger.ts";
      const [fix] = await server.request<CodeFix[]>("getCodeFixes", {
        ...at(path, "main"),
        errorCodes: [91028],
      });
      assert.equal(fix!.description, "Add SOCKSinit at the start of main");
      assert.equal(
        changed(path, fix!.changes),
        files[path]
          .replace("\n", '\nimport { SOCKSinit } from "@tsocksify/runtime";\n')
          .replace("{\n", '{\n  SOCKSinit("finger");\n'),
      );
    });

    test("SOCKSify this call rewrites the call under the cursor, with its import", async () => {
      assert.deepEqual(await actionsAt("src/client.ts", "port: 21 });\n}"), {
        call: "SOCKSify this call: 'socket.connect' becomes Rconnect",
        file: "SOCKSify this file: 2 call sites",
      });
      assert.equal(
        await refactored("src/client.ts", "port: 21 });\n}", "call"),
        files["src/client.ts"]
          .replace('net";\n', 'net";\nimport { Rconnect } from "@tsocksify/runtime";\n')
          .replace("socket.connect({", "Rconnect(socket, {"),
      );
      assert.deepEqual(Object.keys(await actionsAt("src/client.ts", "export function open")), ["file"]);
      assert.deepEqual(await actionsAt("src/clock.ts", "createSocket"), {});
    });

    test("SOCKSify this file writes what the codemod writes", async () => {
      const paths = ["src/client.ts", "src/options.ts"] as const;
      const results = await Promise.all(paths.map((path) => refactored(path, "import", "file")));
      const other = new Workplace(files, typescript);
      try {
        assert.equal(other.tsocksify(["codemod", "--write", "--force"]).code, 0);
        for (const [index, path] of paths.entries()) assert.equal(results[index], other.read(path));
      } finally {
        other.remove();
      }
    });

    test("options are those of the entry in tsconfig.json, also when it changes; a wrong one is said in each file", async () => {
      const reloaded = (options: object): void => {
        workplace.write("tsconfig.json", tsconfig(options));
        server.tell("reloadProjects", {});
      };
      assert.deepEqual(await ours("src/c.ts"), []);
      reloaded({ any: "ignore", modules: ["./sockets/sockets"] });
      assert.deepEqual(await ours("src/untyped.ts"), []);
      assert.deepEqual(await ours("src/c.ts"), ["4:17 error 91001 SOCKS1001: 'SOCK_DGRAM' uses dat"]);
      assert.deepEqual(await ours("src/clock.ts"), ["5:23 error 91001 SOCKS1001: 'dgram.createSocket' "]);
      reloaded({ anny: "ignore" });
      assert.match((await ours("src/clock.ts")).join("\n"), /^1:1 error 90000 tsocksify \S+ can't tell/);
      assert.match(workplace.read("tsserver.log"), /tsocksify: .*clock\.ts: .*unknown option 'anny'/);
      reloaded({});
      assert.deepEqual(await ours("src/clock.ts"), ["5:23 error 91001 SOCKS1001: 'dgram.createSocket' "]);
      workplace.write("tsconfig.json", '{ "compilerOptions": { "module": "nodenext" } }');
      server.tell("reloadProjects", {});
      assert.deepEqual(await ours("src/clock.ts"), []);
      reloaded({});
      assert.equal((await ours("src/clock.ts")).length, 1);
    });
  });
