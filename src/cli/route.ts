import { isIP } from "node:net";
import type { Hop, PassedOver, RouteDecision } from "@tsocksify/runtime/routes";
import { Option } from "commander";
import { createColors } from "picocolors";
import { wrapped } from "../reporters/columns.js";
import { InputError } from "../project/input-error.js";
import { loadRuntime } from "../project/runtime.js";
import { readEndpoint, readPort, type Endpoint } from "./endpoint.js";
import { helpText } from "./help-text.js";
import type { SetUp } from "./main.js";
import { readingConfiguration } from "./socks-configuration.js";
import { terminal } from "./terminal.js";

interface RouteFlags {
  readonly op: "connect" | "bind";
  readonly json?: true;
}

const epilogue = `
  tsocksify route db.example 5432
  tsocksify route '[2001:db8::7]:443' --json
  tsocksify route ftp.example 0 --op bind    a port at the proxy, for that host to connect to

It asks the @tsocksify/runtime that is installed here, with the environment as it is here. What a program gives to
SOCKSinit(name, options) comes before the environment and can't be seen from here: call explainRoute(host, port)
of @tsocksify/runtime/routes in the program itself.

Exit codes: 0 there is a way; 1 there is none: a rule denies it, or nothing is configured; 2 wrong use, or a
configuration that can't be read.`;

/** `tsocksify route`: which rule decides. */
export const setUp: SetUp = (command, finish) => {
  command
    .argument("<host>", "a name or address; or host:port in one")
    .argument("[port]", "a TCP port")
    .addOption(
      new Option("--op <command>", "what is to be done").choices(["connect", "bind"]).default("connect"),
    )
    .option("--json", "for programs, by the schema tsocksify/schema/route.json")
    .addHelpText("after", helpText(epilogue))
    .action((host: string, port: string | undefined, flags: RouteFlags) => finish(run(host, port, flags)));
};

function run(host: string, port: string | undefined, { op, json }: RouteFlags): number {
  const destination = destinationOf(host, port, op);
  const { explainRoute, configuration } = loadRuntime(process.cwd(), "routes");
  const { decision, passedOver } = readingConfiguration(() => ({
    decision: explainRoute(destination.host, destination.port, op),
    passedOver: configuration().passedOver,
  }));
  process.stdout.write(json ? jsonOf(decision, passedOver) : textOf(decision, passedOver));
  return decision.error ? 1 : 0;
}

function destinationOf(host: string, port: string | undefined, op: RouteFlags["op"]): Endpoint {
  if (port === undefined) return readEndpoint(host);
  const address = host.replace(/^\[(.*)\]$/, "$1");
  if (address === "" || (address.includes(":") && !isIP(address)) || address.includes("/"))
    throw new InputError(`${host || "nothing"} is no host: a name or an address is expected`);
  return { host: address, port: readPort(port, op === "bind" ? 0 : 1) };
}

/** By route.schema.json, whatever else a runtime of another version tells. */
function jsonOf(decision: RouteDecision, passedOver: readonly PassedOver[]): string {
  const { command, destination, kind, rule, chains, asked, error } = decision;
  const told = {
    version: 1,
    command,
    destination,
    kind,
    rule,
    chains,
    asked,
    error: error && { code: error.code, reason: error.reason, remedy: error.remedy },
    passedOver,
  };
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

const verdicts = {
  direct: "goes directly: no proxy",
  proxies: "goes through a proxy",
  deny: "is denied",
  none: "goes nowhere: nothing is configured",
} as const;

function textOf(decision: RouteDecision, passedOver: readonly PassedOver[]): string {
  const { color, width } = terminal(process.stdout);
  const colors = createColors(color);
  const { kind, rule, error } = decision;
  const { host, port } = decision.destination;
  const paint = error ? colors.red : kind === "direct" ? colors.yellow : colors.green;
  const rows: [string, string][] = [
    ["rule", `${rule.source}: ${rule.text}`],
    ...waysOf(decision.chains),
    ...resolution(decision),
    ...(error ? ([["fails with", `${error.code}: ${error.reason}. ${error.remedy}`]] as const) : []),
    ...passedOver.map(({ variable, by }): [string, string] => [
      "not obeyed",
      `${variable}, which is set, because ${by} comes first`,
    ]),
  ].map(([label, text]) => [label!, text!]);
  const place = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const verdict =
    decision.command === "bind" && kind === "proxies" ? "is listened for at a proxy" : verdicts[kind];
  return [
    `${colors.bold(place)} ${paint(verdict)}`,
    "",
    ...rows.flatMap(([label, text]) =>
      wrapped(text, width - 15).map(
        (line, index) => `  ${colors.dim((index === 0 ? label : "").padEnd(11))}  ${line}`,
      ),
    ),
    "",
  ].join("\n");
}

/** Alternatives one below the other, the hops of a chain behind one another. */
function waysOf(chains: RouteDecision["chains"]): [string, string][] {
  return chains.map((chain, index) => [
    index === 0 ? "through" : "or else",
    chain.map(hopText).join(", then "),
  ]);
}

function hopText({ url, source, credentialsSource }: Hop): string {
  return `${url} (${source}${credentialsSource ? `; user name of ${credentialsSource}` : ""})`;
}

/** Who makes an address of a name. */
function resolution({ command, destination, kind, asked }: RouteDecision): [string, string][] {
  const isName = isIP(destination.host) === 0;
  if (asked !== undefined)
    return [["asked for", `${asked}${isName ? ", a name that the proxy resolves" : ", an address"}`]];
  return kind === "direct" && isName && command === "connect"
    ? [["resolved by", "this machine, since the connection is direct"]]
    : [];
}
