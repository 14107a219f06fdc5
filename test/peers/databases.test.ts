import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { installCorpus } from "../support/corpus";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { postgresqlSkip, startPostgresql, type Postgresql } from "../support/peers/postgresql";
import { redisSkip, startRedis, type Redis } from "../support/peers/redis";
import { certificates, publishedClient, resultOf } from "./published-client";

const redis = `
const Redis = require("./client");
const read = [];
const from = [];
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
return { read, from };
`;

const postgresql = `
const { Client, Pool } = require("./client");
const read = [];
const from = [];
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
return { read, from };
`;

describe("published clients, rewritten by the codemod, at their servers", { skip: danteSkip }, () => {
  let dante: Dante;

  before(async () => {
    installCorpus();
    // At an address of its own, by which the servers tell the proxy from the client.
    dante = await startDante({ host: "127.0.0.2" });
  });
  after(() => dante?.stop());

  test("ioredis and Redis: pipeline, subscription, TLS", { skip: redisSkip }, async () => {
    const workplace = publishedClient("ioredis", redis);
    let server: Redis | undefined;
    try {
      server = await startRedis(certificates);
      const { port, tlsPort, password } = server;
      const each = [
        "hello",
        [
          [null, 1_000_000],
          [null, 7],
        ],
      ];
      assert.deepEqual(await resultOf(workplace, dante, { port, tlsPort, password }), {
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
    const workplace = publishedClient("pg", postgresql);
    let server: Postgresql | undefined;
    try {
      server = await startPostgresql(certificates, dante.host);
      const { port, user, password } = server;
      const each = ["hello", [100_000, 200_000, 300_000, 400_000, 500_000]];
      assert.deepEqual(await resultOf(workplace, dante, { port, user, password }), {
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
