import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { checkIds } from "../../src/doctor/check.js";
import { createSockd, type SockdOptions } from "tsocksify/sockd";
import { dantePasswordSkip, danteSkip, startDante } from "../support/peers/dante.js";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd.js";
import { temporaryUser } from "../support/peers/temporary-user.js";
import { assertKeepsTo, schemaOf } from "../support/schema.js";
import { repository } from "../support/user-folder.js";
import { ended, Workplace } from "./workplace.js";

interface Check {
  readonly status: string;
  readonly id: string;
  readonly text: string;
  readonly remedy?: string;
}
interface Told {
  readonly code: number | null;
  readonly version: number;
  readonly groups: readonly { about: string; title: string; checks: readonly Check[] }[];
  /** "status id" of the proxy's checks. */
  readonly proxy: readonly string[];
  find(id: string): Check;
}

interface DoctorSchema {
  readonly properties: {
    readonly groups: {
      readonly items: {
        readonly properties: {
          readonly checks: { readonly items: { readonly properties: { readonly id: { enum: string[] } } } };
        };
      };
    };
  };
}

const runtime = join(repository, "src/runtime");
const manifest =
  '{ "scripts": { "build": "tsocksify build" }, "dependencies": { "@tsocksify/runtime": "*" } }';

async function doctor(workplace: Workplace, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Told> {
  const { code, stdout, stderr } = await ended(workplace.start(["doctor", "--json", ...args], env));
  assert.equal(stderr, "");
  assert.doesNotMatch(stdout, /geheim/);
  assertKeepsTo("doctor", stdout);
  const { version, groups } = JSON.parse(stdout) as Pick<Told, "version" | "groups">;
  const proxy = groups.filter(({ about }) => about === "proxy").flatMap(({ checks }) => checks);
  const find = (id: string): Check => {
    const found = groups.flatMap(({ checks }) => checks).filter((check) => check.id === id);
    assert.equal(found.length, 1, `${found.length} checks "${id}"`);
    return found[0]!;
  };
  return { code, version, groups, find, proxy: proxy.map(({ status, id }) => `${status} ${id}`) };
}

async function listening(t: TestContext, server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function sockd(t: TestContext, options: SockdOptions = {}): Promise<string> {
  const server = await createSockd(options).listen();
  t.after(() => server.close({ grace: 0 }));
  return new URL(server.url.replace(/^\w+/, "http")).host;
}

/** A service for --target: `localhost`, so that a name has to be resolved. */
const service = async (t: TestContext): Promise<string> =>
  (
    await listening(
      t,
      createServer((socket) => socket.on("error", () => {})),
    )
  ).replace("127.0.0.1", "localhost");

test("the schema of --json lists every name of a check", () => {
  const { enum: listed } = (schemaOf("doctor") as DoctorSchema).properties.groups.items.properties.checks
    .items.properties.id;
  assert.deepEqual(listed, checkIds);
});

describe("tsocksify doctor asks a proxy what it can", () => {
  let workplace: Workplace;
  before(() => {
    workplace = new Workplace({ "package.json": manifest });
    workplace.linkPackage("@tsocksify/runtime", runtime);
  });
  after(() => workplace.remove());

  test("our own server, with a target: everything works", async (t) => {
    const told = await doctor(workplace, { SOCKS_SERVER: await sockd(t) }, "--target", await service(t));
    assert.equal(told.code, 0);
    assert.equal(told.version, 1);
    assert.deepEqual(told.proxy, [
      "ok reachable",
      "ok version",
      "note socks4",
      "note socks4a",
      "note methods",
      "ok connect",
      "ok bind",
      "ok names",
      "ok target",
    ]);
    assert.match(told.find("socks4a").text, /yes/);
    assert.match(told.find("methods").text, /authentication: without a password$/);
  });

  test("without a target nothing is connected to, and what is unknown is said to be", async (t) => {
    const server = await createSockd().listen();
    t.after(() => server.close({ grace: 0 }));
    const told = await doctor(workplace, { SOCKS_SERVER: server.url });
    assert.equal(told.code, 0);
    assert.equal(Object.keys(server.counters.connects).length, 0);
    assert.match(told.find("target").text, /not asked: no target was given/);
    assert.match(told.find("names").text, /only a target whose host is a name would tell/);
  });

  test("a password that is right, wrong, or missing", async (t) => {
    const at = await sockd(t, { users: { joe: "geheim" } });
    const target = await service(t);
    const right = await doctor(workplace, { SOCKS_SERVER: `socks5://joe:geheim@${at}` }, "--target", target);
    assert.equal(right.code, 0);
    assert.equal(right.find("credentials").status, "ok");
    assert.match(right.find("methods").text, /: with user name and password$/);
    const wrong = await doctor(workplace, {
      SOCKS_SERVER: at,
      SOCKS_USERNAME: "joe",
      SOCKS_PASSWORD: "geheim!",
    });
    assert.equal(wrong.code, 1);
    assert.match(wrong.find("server").text, /stands in SOCKS_SERVER, its user name in SOCKS_USERNAME$/);
    assert.equal(wrong.find("credentials").status, "fail");
    assert.match(wrong.find("credentials").text, /refuses the user name or password/);
    const none = await doctor(workplace, { SOCKS_SERVER: at });
    assert.equal(none.code, 1);
    assert.match(none.find("credentials").remedy!, /SOCKS_USERNAME/);
  });

  test("each hop of a chain, and each alternative, of a socks.conf", async (t) => {
    const [first, second] = [await sockd(t), await sockd(t)];
    workplace.write("socks.conf", `sockd @=${first},${second} ALL\n`);
    const told = await doctor(workplace, { SOCKS_CONF: "socks.conf" });
    assert.deepEqual(
      told.groups.map(({ title }) => title),
      ["Configuration", `Proxy socks5://${first}`, `Proxy socks5://${second}`, "Project"],
    );
    assert.match(JSON.stringify(told.groups[0]), /stands in socks\.conf:1/);
  });

  test("a dead proxy", async (t) => {
    const free = createServer();
    const at = await listening(t, free);
    free.close();
    await once(free, "close");
    const told = await doctor(workplace, { SOCKS_SERVER: at });
    assert.equal(told.code, 1);
    assert.deepEqual(told.proxy, ["fail reachable", "note not-asked"]);
    assert.match(told.find("reachable").text, /ECONNREFUSED/);
  });

  test("a server that speaks HTTP", async (t) => {
    const told = await doctor(workplace, { SOCKS_SERVER: await listening(t, createHttpServer()) });
    assert.equal(told.code, 1);
    assert.deepEqual(told.proxy, ["ok reachable", "fail version"]);
    assert.match(told.find("version").text, /answers in HTTP/);
    assert.match(told.find("version").remedy!, /HTTP proxy or a web server/);
  });

  test("a server that says nothing costs no more than the time there is", async (t) => {
    const at = await listening(
      t,
      createServer((socket) => socket.on("error", () => {}).resume()),
    );
    const told = await doctor(workplace, { SOCKS_SERVER: at }, "--timeout", "1");
    assert.equal(told.code, 1);
    assert.match(told.find("version").text, /does not answer the greeting in time/);
  });

  test("Dante, in SOCKS 5 and 4", { skip: danteSkip }, async (t) => {
    const dante = await startDante();
    t.after(() => dante.stop());
    const target = await service(t);
    const five = await doctor(workplace, { SOCKS_SERVER: dante.url }, "--target", target);
    assert.equal(five.code, 0);
    assert.deepEqual(
      ["connect", "bind", "names", "target"].map((id) => five.find(id).status),
      ["ok", "ok", "ok", "ok"],
    );
    assert.match(five.find("socks4").text, /^SOCKS 4: yes/);
    const address = target.replace("localhost", "127.0.0.1");
    const four = await doctor(workplace, { SOCKS4_SERVER: `127.0.0.1:${dante.port}` }, "--target", address);
    assert.equal(four.code, 0);
    assert.equal(four.find("target").status, "ok");
    // It has no 4a, and a name over plain SOCKS 4 can't be asked for.
    const named = await doctor(workplace, { SOCKS4_SERVER: `127.0.0.1:${dante.port}` }, "--target", target);
    assert.equal(named.code, 1);
    assert.equal(named.find("target").status, "fail");
    assert.match(named.find("socks4a").text, /does not reach the target by its name/);
  });

  test("Dante with a password", { skip: dantePasswordSkip }, async (t) => {
    const user = temporaryUser();
    t.after(() => user.remove());
    const dante = await startDante({ passwordRequired: true });
    t.after(() => dante.stop());
    const env = { SOCKS_SERVER: dante.url, SOCKS_USERNAME: user.name };
    const right = await doctor(workplace, { ...env, SOCKS_PASSWORD: user.password });
    assert.equal(right.find("credentials").status, "ok");
    const wrong = await doctor(workplace, { ...env, SOCKS_PASSWORD: "geheim" });
    assert.equal(wrong.find("credentials").status, "fail");
    assert.equal(wrong.code, 1);
  });

  test("ssh -D, which has no BIND and closes instead of replying", { skip: sshdSkip }, async (t) => {
    const ssh = await startSshDynamicForward();
    t.after(() => ssh.stop());
    const told = await doctor(workplace, { SOCKS_SERVER: ssh.url }, "--target", await service(t));
    assert.equal(told.code, 0);
    assert.deepEqual(
      ["connect", "bind", "names", "target", "socks4a"].map((id) => told.find(id).status),
      ["ok", "note", "ok", "ok", "note"],
    );
    assert.match(told.find("socks4a").text, /yes/);
    const dead = await doctor(workplace, { SOCKS_SERVER: ssh.url }, "--target", "localhost:1");
    assert.equal(dead.code, 1);
    assert.equal(dead.find("target").status, "fail");
  });
});

describe("tsocksify doctor looks at the configuration and the project", () => {
  const look = async (
    files: Record<string, string>,
    typescript?: string,
    prepare: (workplace: Workplace) => void = (workplace) =>
      workplace.linkPackage("@tsocksify/runtime", runtime),
    env: NodeJS.ProcessEnv = {},
  ): Promise<Told> => {
    const workplace = new Workplace({ "package.json": manifest, ...files }, typescript);
    try {
      prepare(workplace);
      return await doctor(workplace, env);
    } finally {
      workplace.remove();
    }
  };
  const plugin =
    '{ "compilerOptions": { "plugins": [{ "transform": "tsocksify/transformer" }] }, "files": [] }';
  const script = (build: string): string => JSON.stringify({ scripts: { build } });

  test("no configuration fails, and tells what to set", async () => {
    const told = await look({});
    assert.equal(told.code, 1);
    assert.match(told.find("server").remedy!, /SOCKS_SERVER/);
  });

  test("a configuration that can't be read fails, and the project is looked at all the same", async () => {
    const told = await look({}, undefined, undefined, { ALL_PROXY: "http://proxy:8080" });
    assert.match(told.find("configuration").text, /ESOCKSBADCONF: ALL_PROXY has the scheme "http:"/);
    assert.equal(told.find("runtime").status, "ok");
  });

  test("a variable that is not obeyed is a warning", async () => {
    const told = await look({}, undefined, undefined, {
      SOCKS_SERVER: "127.0.0.1:1",
      ALL_PROXY: "socks5://x",
    });
    assert.equal(told.find("passed-over").status, "warn");
  });

  test("TypeScript 7 ignores the plugin: that fails, with the code of the finding", async () => {
    for (const typescript of ["typescript-7.0", "typescript-7.1"]) {
      const told = await look({ "tsconfig.json": plugin }, typescript);
      assert.equal(told.code, 1);
      assert.equal(told.find("SOCKS1101").status, "fail");
      assert.match(told.find("SOCKS1101").remedy!, /tsocksify build/);
    }
  });

  test("so does tsgo, beside another TypeScript", async () => {
    const told = await look({ "tsconfig.json": plugin, "package.json": script("tsgo -b") }, "typescript");
    assert.equal(told.code, 1);
    assert.equal(told.find("SOCKS1101").status, "fail");
    assert.match(told.find("SOCKS1101").text, /tsgo, which the script "build" calls, ignores plugins/);
  });

  test("JavaScript that was compiled before the plugin was there fails, until it is compiled again", async () => {
    const options = {
      incremental: true,
      module: "nodenext",
      outDir: "dist",
      rootDir: "src",
      types: ["node"],
    };
    const entry = { transform: "tsocksify/transformer" };
    const files = {
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...options, plugins: [entry] },
        include: ["src"],
      }),
      "src/a.mts": 'import net from "node:net";\nexport const line = net.connect(1);\n',
      "src/b.mts": "export const quiet = 1;\n",
      "dist/b.mjs": "export const quiet = 1;\n",
    };
    const prepare = (workplace: Workplace) => {
      workplace.linkPackage("ts-patch");
      workplace.linkPackage("@tsocksify/runtime", runtime);
    };
    const before = 'import net from "node:net";\nexport const line = net.connect(1);\n';
    const after = 'import { Rconnect } from "@tsocksify/runtime";\nexport const line = Rconnect(1);\n';
    const told = await look({ ...files, "dist/a.mjs": before }, "typescript", prepare);
    assert.equal(told.code, 1);
    assert.equal(told.find("direct-outputs").status, "fail");
    assert.match(told.find("direct-outputs").text, /^dist\/a\.mjs was compiled without the plugin/);
    const fine: readonly Record<string, string>[] = [{ "dist/a.mjs": after }, {}];
    for (const more of fine) {
      const { groups } = await look({ ...files, ...more }, "typescript", prepare);
      const direct = groups.flatMap(({ checks }) => checks).filter(({ id }) => id === "direct-outputs");
      assert.deepEqual(direct, []);
    }
  });

  test("a plugin needs ts-patch, and tspc or a patched tsc", async () => {
    const files = (build: string) => ({ "tsconfig.json": plugin, "package.json": script(build) });
    const withTsPatch = (workplace: Workplace) => {
      workplace.linkPackage("@tsocksify/runtime", runtime);
      workplace.linkPackage("ts-patch");
    };
    assert.equal((await look(files("tspc -p ."), "typescript")).find("ts-patch").status, "fail");
    assert.equal((await look(files("tspc -p ."), "typescript", withTsPatch)).find("plugin").status, "ok");
    const plain = await look(files("rm -rf dist && tsc -p . && node x"), "typescript", withTsPatch);
    assert.match(plain.find("plain-tsc").text, /the script "build" calls plain tsc/);
    assert.equal((await look(files("tsc --noEmit"), "typescript", withTsPatch)).find("plugin").status, "ok");
  });

  test("where nothing SOCKSifies the program, that is a warning", async () => {
    const told = await look({ "package.json": script("esbuild src/main.ts") });
    assert.equal(told.find("host").status, "warn");
    assert.match(told.find("host").remedy!, /tsocksify init/);
  });

  test("a runtime that is missing, of another version, not for production, or there twice", async () => {
    const missing = await look({}, undefined, () => {});
    assert.deepEqual(
      missing.groups.map(({ title }) => title),
      ["Project"],
    );
    assert.equal(missing.find("runtime").status, "fail");
    const copy = (version: string) => ({
      "package.json": JSON.stringify({
        name: "@tsocksify/runtime",
        version,
        exports: { "./*": "./*.js", "./package.json": "./package.json" },
      }),
      "routes.js": "exports.configuration = () => ({ rules: [], servers: [], passedOver: [], timeout: 1 });",
      "probe.js": "exports.probe = async () => [];",
    });
    const put = (workplace: Workplace, folder: string, version: string) => {
      for (const [name, text] of Object.entries(copy(version)))
        workplace.write(`${folder}/node_modules/@tsocksify/runtime/${name}`, text);
    };
    const told = await look(
      { "package.json": '{ "devDependencies": { "@tsocksify/runtime": "0.0.9" } }' },
      undefined,
      (workplace) => {
        put(workplace, ".", "0.0.9");
        put(workplace, "node_modules/some-library", "0.0.8");
        put(workplace, "node_modules/@scope/other", "0.0.7");
      },
    );
    assert.match(told.find("runtime").text, /0\.0\.9, and this tsocksify is/);
    assert.match(told.find("runtime-dependency").remedy!, /dependencies/);
    assert.match(told.find("runtime-copies").text, /3 copies .*node_modules\/@scope\/other\/node_modules/);
  });

  test("a runtime that is only there because tsocksify has it, and the copy that tsocksify has for itself", async () => {
    const own = { "package.json": '{ "devDependencies": { "tsocksify": "*" } }' };
    const told = await look(own, undefined, (workplace) => {
      workplace.linkPackage("@tsocksify/runtime", runtime);
      workplace.write("node_modules/tsocksify/node_modules/@tsocksify/runtime/package.json", "{}");
    });
    assert.match(told.find("runtime-dependency").text, /does not list @tsocksify\/runtime/);
    const ids = (groups: Told["groups"]) => groups.flatMap(({ checks }) => checks.map(({ id }) => id));
    assert.ok(!ids(told.groups).includes("runtime-copies"));
    const root = await look({ "package.json": own["package.json"].replace("{", '{ "workspaces": ["a"],') });
    assert.ok(!ids(root.groups).includes("runtime-dependency"), "its packages list it");
  });

  for (const [what, args, message] of [
    ["a target without a port", ["--target", "db"], /db: HOST:PORT is expected/],
    ["no time", ["--timeout", "0"], /seconds above 0/],
    ["a tsconfig.json that is not there", ["-p", "no.json"], /no such file: no\.json/],
  ] as const)
    test(`${what} is one clear line, and exit code 2`, () => {
      const workplace = new Workplace({});
      const { code, stdout, stderr } = workplace.tsocksify(["doctor", ...args]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^tsocksify: .*\n$/);
      assert.match(stderr, message);
      workplace.remove();
    });
});
