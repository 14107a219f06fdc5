import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createSockd } from "tsocksify/sockd";
import { amqpClient, node, Project } from "../support/project";
import { check } from "./check";
import { callSites, heading } from "./print";

const name = "broker.demo.internal";

const program = `
import { SOCKSinit, SOCKSreport } from "@tsocksify/runtime";
import { AMQPClient } from "./lib/mjs/index.js";
SOCKSinit("demo", { guard: "report" });
const error = await new AMQPClient(process.argv[2]).connect().catch((error) => error);
console.log(JSON.stringify({ error: String(error), guard: SOCKSreport() }));
process.exit();
`;

/** Compiles @cloudamqp/amqp-client, and shows its first bytes arriving through the proxy. */
export async function amqpDemo(): Promise<void> {
  const project = await Project.ofPackage(amqpClient.name, { "greet.mjs": program });
  try {
    const { version } = JSON.parse(await project.read("package.json")) as { version: string };
    heading(`4. The published sources of ${amqpClient.name} ${version}, compiled likewise`);
    const { stdout, report } = await project.compile(amqpClient.compilerOptions);
    // The sources may have type errors of their own with this TypeScript; ours are on top of them.
    const plain = await project.compilePlainly({ ...amqpClient.compilerOptions, noEmit: true });
    callSites(report);
    const own = plain.stdout.split("\n").filter((line) => /: error TS/.test(line)).length;
    if (own > 0)
      console.log(`  (${own} type errors of its own with this TypeScript, with plain tsc as well)`);
    const { tally } = report;
    check("tsocksify adds no diagnostic to those of plain tsc", stdout === plain.stdout);
    check("the tally adds up", tally.callSites === tally.rewritten + tally.reported + tally.irrelevant);
    check("nothing is left to report", tally.rewritten > 0 && tally.reported === 0);
    await greetThroughProxy(project);
  } finally {
    await project.remove();
  }
}

/** No broker is here, but the protocol header ("AMQP" 0 0 9 1, AMQP 0-9-1 §4.2.2) shows who called. */
async function greetThroughProxy(project: Project): Promise<void> {
  let received = Buffer.alloc(0);
  let accepted = 0;
  const server = createServer((socket) => {
    accepted++;
    socket
      .on("error", () => {})
      .on("data", (chunk) => {
        received = Buffer.concat([received, chunk]);
        if (received.length >= 8) socket.end();
      });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sockd = await createSockd({ hosts: { [name]: "127.0.0.1" } }).listen();
  try {
    const env = { PATH: process.env.PATH, SOCKS_SERVER: sockd.url };
    const url = `amqp://${name}:${port}`;
    const run = await node(["greet.mjs", url], { cwd: project.directory, env, timeout: 60_000 });
    if (run.code !== 0) throw new Error(`the AMQP client failed with exit code ${run.code}:\n${run.stderr}`);
    const { guard } = JSON.parse(run.stdout) as { guard: { direct: number; proxied: number } };
    const connects = sockd.counters.connects[`${name}:${port}`];
    console.log(`  ${name}:${port} got ${JSON.stringify(received.toString("latin1"))} via ${sockd.url}`);
    console.log(`  direct connections: ${accepted - (connects ?? 0)} (proxy), ${guard.direct} (guard)`);
    check("the AMQP protocol header arrived", received.equals(Buffer.from("AMQP\0\0\x09\x01", "latin1")));
    check("through the proxy alone", accepted === 1 && connects === 1 && guard.direct === 0);
  } finally {
    await sockd.close({ grace: 0 });
    server.close();
  }
}
