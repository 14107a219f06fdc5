import { readFileSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import { configurationError, quoted } from "../errors/configuration";
import { ipv4Within, type Endpoint } from "../protocol/address";
import { readNoProxy } from "../routes/noProxy";
import { redacted, type Proxy } from "../routes/proxy";
import { DIRECT, type Route } from "../routes/route";
import type { Rule } from "../routes/rules";
import { readProxy } from "./proxySpec";

/** Comparisons of the destination's port. */
const OPERATORS: Record<string, (port: number, than: number) => boolean> = {
  eq: (port, than) => port === than,
  neq: (port, than) => port !== than,
  lt: (port, than) => port < than,
  gt: (port, than) => port > than,
  le: (port, than) => port <= than,
  ge: (port, than) => port >= than,
};

/** What the lines without `@=` use. */
export interface Defaults {
  chains: readonly (readonly Proxy[])[] | undefined;
  credentials: Proxy["credentials"];
}

/**
 * Reads a socks.conf of the classic library, a rule a line, the first that matches decides:
 *
 *     deny|direct|sockd [@=server,…] [*=user,…] address mask [eq|neq|lt|gt|le|ge port]
 *
 * `address mask` is `10.0.0.0 255.0.0.0`, `10.0.0.0/8`, `fd00::/8`, a name (`db.example`, `.example` for all below
 * it) or `ALL`; a name is never resolved to compare it with an address. `*=` lists login names of this machine,
 * or files (absolute paths) with such names. What no line matches is denied.
 *
 * @param path of the file
 * @throws SocksError ESOCKSBADCONF when it cannot be read or a line not be understood
 */
export function readSocksConf(path: string, defaults: Defaults): Rule[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw configurationError(
      `the configuration ${path} cannot be read (${(error as Error).message})`,
      "Check SOCKS_CONF, or the option conf, and the file's permissions.",
      "ESOCKSBADCONF",
      error,
    );
  }
  const rules = text
    .split("\n")
    .map((line, index) => readLine(line.replace(/#.*/, "").trim(), `${path}:${index + 1}`, defaults))
    .filter((rule) => rule !== undefined);
  const end = "no line matches";
  const deny: Route = { kind: "deny", rule: `${path}: ${end}` };
  return [...rules, { source: path, text: end, matches: () => true, route: () => deny }];
}

function readLine(line: string, source: string, defaults: Defaults): Rule | undefined {
  if (line === "") return undefined;
  const words = line.split(/\s+/);
  const action = words.shift()!;
  const option = (prefix: string): string[] | undefined =>
    words[0]?.startsWith(prefix) ? words.shift()!.slice(prefix.length).split(",") : undefined;
  const servers = option("@=")?.map((server) =>
    readProxy(server.includes("://") ? server : `socks5://${server}`, source, defaults.credentials),
  );
  const users = option("*=");
  const text = [
    action,
    ...(servers ? [`@=${servers.map(redacted).join(",")}`] : []),
    ...(users ? [`*=${users.join(",")}`] : []),
    ...words,
  ].join(" ");
  if (servers && action !== "sockd") throw misread(source, `"@=" does not go with "${action}"`);
  const matchesAddress = readAddress(words, source);
  const matchesPort = readPort(words, source);
  if (words.length > 0) throw misread(source, `${quoted(words.join(" "))} is not understood`);
  const route = readAction(action, servers, source, defaults.chains);
  const applies = users === undefined || listsUser(users, source);
  return { source, text, matches: (to) => applies && matchesPort(to.port) && matchesAddress(to), route };
}

function readAction(
  action: string,
  servers: readonly Proxy[] | undefined,
  source: string,
  defaultChains: Defaults["chains"],
): () => Route {
  if (action === "direct") return () => DIRECT;
  if (action === "deny") return () => ({ kind: "deny", rule: source });
  if (action !== "sockd") throw misread(source, `${quoted(action)} is none of deny, direct and sockd`);
  const chains = servers?.map((server) => [server]) ?? defaultChains;
  if (chains) return () => ({ kind: "proxies", chains });
  return () => {
    throw configurationError(
      `${source} sends this destination to the default proxy, and there is none`,
      "Set SOCKS_SERVER, or name the proxy in the line: sockd @=host:port …",
      "ESOCKSNOCONF",
    );
  };
}

/** Takes `address mask` off the words. */
function readAddress(words: string[], source: string): (destination: Endpoint) => boolean {
  const address = words.shift();
  if (address === undefined) throw misread(source, "the address is missing");
  const mask = words[0] !== undefined && net.isIPv4(words[0]) ? words.shift() : undefined;
  if (/^all$/i.test(address) && (mask ?? EVERY) === EVERY) return () => true;
  if (net.isIPv4(address)) {
    if (mask === undefined) throw misread(source, "the mask is missing");
    if (mask === EVERY) return () => true;
    return ({ host }) => {
      const asked = ipv4Within(host);
      return asked !== undefined && (number(asked) & number(mask)) === (number(address) & number(mask));
    };
  }
  // Of a name there is nothing to mask; taken at its word, 0.0.0.0 would be every destination.
  if ((mask ?? ONE) !== ONE) throw misread(source, `the mask ${mask} does not go with ${quoted(address)}`);
  return readNoProxy(address, source);
}

/** Masks of all destinations, and of a single one. */
const EVERY = "0.0.0.0";
const ONE = "255.255.255.255";

function number(address: string): number {
  return Buffer.from(address.split(".").map(Number)).readInt32BE(0);
}

/** Takes `op port` off the words. */
function readPort(words: string[], source: string): (port: number) => boolean {
  const compare = OPERATORS[words[0] ?? ""];
  if (!compare) return () => true;
  words.shift();
  const text = words.shift() ?? "";
  if (!/^\d+$/.test(text) || Number(text) > 0xffff)
    throw misread(source, `${quoted(text)} is no port number`);
  return (port) => compare(port, Number(text));
}

function listsUser(users: readonly string[], source: string): boolean {
  const username = loginName(source);
  return users.some((user) => {
    if (!user.startsWith("/")) return user === username;
    try {
      return readFileSync(user, "utf8")
        .split(/[\s,]+/)
        .includes(username);
    } catch (error) {
      throw misread(source, `the list of users ${user} cannot be read (${(error as Error).message})`);
    }
  });
}

/** A container may run under a number that has no name. */
function loginName(source: string): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw misread(
      source,
      `"*=" needs the login name, which this machine does not know (${(error as Error).message})`,
    );
  }
}

function misread(source: string, what: string) {
  return configurationError(
    `${source}: ${what}`,
    "A line is: deny|direct|sockd [@=servers] [*=users] address mask [op port]; shell commands are not supported.",
  );
}
