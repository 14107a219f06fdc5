import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Workplace } from "../cli/workplace";
import { corpusFolder, corpusPackage, installCorpus } from "../support/corpus";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { postgresqlSkip, startPostgresql, type Postgresql } from "../support/peers/postgresql";
import { redisSkip, startRedis, type Redis } from "../support/peers/redis";
import { node } from "../support/project";
import { repository } from "../support/user-folder";

const certificates = join(repository, "test/runtime/certificates");
const [ca, cert, key] = ["ca", "server", "server-key"].map((name) => join(certificates, `${name}.pem`)) as [
  string,
  string,
  string,
];

/** What each program prints: what it read, the address that the server saw, and what the guard counted. */
interface Result {
  read: unknown;
  from: string[];
  guard: { proxied: number; others: number };
}

const redis = `
const Redis = require("./client");
const read = [];
const from = [];
(async () => {
  const { port, tlsPort, password } = options;
  for (const more of [{ port }, { port: tlsPort, tls: { servername: "localhost" } }]) {
    const client = new Redis({ host: "localhost", password, ...more });
    const subscriber = client.duplicate();
    const message = new Promise((resolve) => subscriber.on("message", (channel, text) => resolve(text)));
    await subscriber.subscribe("news");
    await client.publish("news", "hello");
    await client.set("long", "x".repeat(1_000_000));
    const answers = await client.pipeline().strlen("long").incrby("counter", 7).exec();
    read.push(await message, answers);
    from.push(/ addr=([^ ]*):/.exec(await client.client("INFO"))[1]);
    await client.flushall();
    await Promise.all([client.quit(), subscriber.quit()]);
  }
  done({ read, from });
})();
`;

const postgresql = `
const { Client, Pool } = require("./client");
const read = [];
const from = [];
(async () => {
  const { port, user, password } = options;
  for (const ssl of [false, true]) {
    const place = { host: "localhost", port, user, password, database: "postgres", ssl };
    const listener = new Client(place);
    await listener.connect();
    const message = new Promise((resolve) => listener.on("notification", ({ payload }) => resolve(payload)));
    await listener.query("LISTEN news");
    const pool = new Pool({ ...place, max: 3 });
    await pool.query("NOTIFY news, 'hello'");
    const queries = [1, 2, 3, 4, 5].map((n) => pool.query("SELECT length(repeat('x', 100000 * $1)) AS n", [n]));
    read.push(await message, (await Promise.all(queries)).map(({ rows }) => rows[0].n));
    const inForce = await pool.query("SELECT host(inet_client_addr()) AS host, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    read.push(inForce.rows[0].ssl);
    from.push(inForce.rows[0].host);
    await Promise.all([pool.end(), listener.end()]);
  }
  done({ read, from });
})();
`;

/** Around each program: what it is told, and what it tells. */
const frame = (program: string): string => `
const { SOCKSinit, SOCKSreport } = require("@tsocksify/runtime");
SOCKSinit("client", { guard: "report" });
const options = JSON.parse(process.argv[2]);
const done = (result) => {
  const { proxied, direct, datagrams, queries } = SOCKSreport();
  console.log(JSON.stringify({ ...result, guard: { proxied, others: direct + datagrams + queries } }));
};
process.on("unhandledRejection", (error) => { throw error; });
${program}`;

/** A published client as it is installed, the codemod run over it, and a program that uses it. */
function clientOf(name: string, program: string): Workplace {
  const workplace = new Workplace({ "program.js": frame(program), "package.json": "{}" }, "typescript");
  const { folder, dependencies } = corpusPackage(name, []);
  cpSync(folder, workplace.at("client"), { recursive: true });
  for (const dependency of dependencies) workplace.linkPackage(dependency, corpusFolder(dependency));
  workplace.linkPackage("@tsocksify/runtime", join(repository, "src/runtime"));
  workplace.write("tsconfig.json", '{ "compilerOptions": { "allowJs": true, "module": "nodenext" } }\n');
  const { code, stderr } = workplace.tsocksify(["codemod", "--write"]);
  assert.equal(code, 0, stderr);
  return workplace;
}

describe("published clients, rewritten by the codemod, at their servers", { skip: danteSkip }, () => {
  let dante: Dante;

  before(async () => {
    installCorpus();
    // At an address of its own, by which the servers tell the proxy from the client.
    dante = await startDante({ host: "127.0.0.2" });
  });
  after(() => dante?.stop());

  async function run(workplace: Workplace, options: object): Promise<Result> {
    const { code, stdout, stderr } = await node([workplace.at("program.js"), JSON.stringify(options)], {
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: ca, SOCKS5_SERVER: `${dante.host}:${dante.port}` },
      timeout: 60_000,
    });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Result;
  }

  test("ioredis and Redis: pipeline, subscription, TLS", { skip: redisSkip }, async () => {
    const workplace = clientOf("ioredis", redis);
    let server: Redis | undefined;
    try {
      server = await startRedis({ ca, cert, key });
      const { port, tlsPort, password } = server;
      const each = [
        "hello",
        [
          [null, 1_000_000],
          [null, 7],
        ],
      ];
      assert.deepEqual(await run(workplace, { port, tlsPort, password }), {
        read: [...each, ...each],
        from: ["127.0.0.2", "127.0.0.2"],
        guard: { proxied: 4, others: 0 },
      });
    } finally {
      await server?.stop();
      workplace.remove();
    }
  });

  test("pg and PostgreSQL: pool, notification, TLS", { skip: postgresqlSkip }, async () => {
    const workplace = clientOf("pg", postgresql);
    let server: Postgresql | undefined;
    try {
      server = await startPostgresql({ cert, key }, dante.host);
      const { port, user, password } = server;
      const each = ["hello", [100_000, 200_000, 300_000, 400_000, 500_000]];
      assert.deepEqual(await run(workplace, { port, user, password }), {
        read: [...each, false, ...each, true],
        from: ["127.0.0.2", "127.0.0.2"],
        guard: { proxied: 8, others: 0 },
      });
    } finally {
      await server?.stop();
      workplace.remove();
    }
  });
});
