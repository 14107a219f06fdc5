import { parseArgs, type ParseArgsConfig } from "node:util";
import type { SockdOptions } from "./options";
import { createSockd } from "./server";

const usage = `Usage: sockd [options]

A small SOCKS 4, 4a and 5 server with CONNECT and BIND, for demos, tests and development.
For production use Dante, ssh -D or Tor.

  -p, --port <port>           port to listen at; 0 for any free one (default 1080)
  -H, --host <address>        address to listen at (default 127.0.0.1)
  -u, --user <name:password>  require user and password (SOCKS5 only); may be repeated
      --socks4-user <userid>  accept SOCKS4 from this user-id only; may be repeated
      --ident-port <port>     ask the SOCKS4 client's identd for the user; usually 113 (default 0: never)
      --allow <rule>          allow this destination; may be repeated; without it all are allowed
      --deny <rule>           deny this destination; may be repeated; wins over --allow
      --name <name=address>   a name that only this proxy knows; may be repeated
      --bind-address <addr>   address for BIND (default: the one the client reached)
      --handshake-timeout <s> seconds for the handshake (default 10)
      --connect-timeout <s>   seconds to reach the destination (default 30)
      --bind-timeout <s>      seconds a BIND waits for its peer (default 120)
      --idle-timeout <s>      seconds until an idle relay is closed (default 0: never)
      --max-sessions <n>      concurrent sessions (default 1024)
  -l, --log                   one line on standard output for each session, when it ends
  -h, --help                  this text

A rule is host, host:port or host:from-to; host is *, a name, *.name, an address or a network:
  sockd --allow 127.0.0.1 --allow '*.example.org:443' --allow '[2001:db8::]/32:1-1023'
`;

const options = {
  port: { type: "string", short: "p", default: "1080" },
  host: { type: "string", short: "H", default: "127.0.0.1" },
  user: { type: "string", short: "u", multiple: true },
  "socks4-user": { type: "string", multiple: true },
  "ident-port": { type: "string" },
  allow: { type: "string", multiple: true },
  deny: { type: "string", multiple: true },
  name: { type: "string", multiple: true },
  "bind-address": { type: "string" },
  "handshake-timeout": { type: "string" },
  "connect-timeout": { type: "string" },
  "bind-timeout": { type: "string" },
  "idle-timeout": { type: "string" },
  "max-sessions": { type: "string" },
  log: { type: "boolean", short: "l" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

class UsageError extends Error {}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // Node's hint about "--" goes on after the first sentence.
    throw new UsageError((error as Error).message.split(/\.\s|\n/)[0]);
  }
}

function integer(option: string, text: string, max = Number.MAX_SAFE_INTEGER): number {
  if (!/^\d+$/.test(text) || Number(text) > max)
    throw new UsageError(`--${option}: a whole number up to ${max} is expected, not "${text}"`);
  return Number(text);
}

function pairs(
  option: string,
  texts: readonly string[] | undefined,
  separator: string,
): Record<string, string> {
  return Object.fromEntries(
    (texts ?? []).map((text) => {
      const at = text.indexOf(separator);
      // The value may be a password: it is not repeated.
      if (at < 1) throw new UsageError(`--${option}: ${option}${separator}value is expected`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function toOptions(values: ReturnType<typeof parse>): SockdOptions {
  // The longest delay of a Node timer is 2^31-1 ms.
  const seconds = (option: `${"handshake" | "connect" | "bind" | "idle"}-timeout`) => {
    const text = values[option];
    return text === undefined ? undefined : integer(option, text, 2_147_483) * 1000;
  };
  return {
    users: pairs("user", values.user, ":"),
    socks4Users: values["socks4-user"],
    identPort:
      values["ident-port"] === undefined ? undefined : integer("ident-port", values["ident-port"], 65_535),
    allow: values.allow,
    deny: values.deny,
    hosts: Object.fromEntries(
      Object.entries(pairs("name", values.name, "=")).map(([name, address]) => [name.toLowerCase(), address]),
    ),
    bindAddress: values["bind-address"],
    handshakeTimeout: seconds("handshake-timeout"),
    connectTimeout: seconds("connect-timeout"),
    bindTimeout: seconds("bind-timeout"),
    idleTimeout: seconds("idle-timeout"),
    maxSessions:
      values["max-sessions"] === undefined ? undefined : integer("max-sessions", values["max-sessions"]),
    log: values.log ? (line) => console.log(line) : undefined,
  };
}

/**
 * The command `sockd`. Runs until SIGINT or SIGTERM, which stop it gracefully; a second one at once.
 * @returns the exit code: 0 after a stop, 1 if it could not listen, 2 for a wrong option.
 */
export async function main(args: string[]): Promise<number> {
  try {
    const values = parse(args);
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    const server = createSockd(toOptions(values));
    await server.listen(integer("port", values.port, 65_535), values.host);
    console.log(`sockd listens at ${server.url} (for demos, tests and development)`);
    let stops = 0;
    await new Promise<void>((resolve) => {
      const stop = () => {
        stops++;
        void server.close({ grace: stops > 1 ? 0 : 5000 }).then(resolve);
      };
      process.on("SIGINT", stop).on("SIGTERM", stop);
    });
    return 0;
  } catch (error) {
    const wrongUse = error instanceof UsageError || error instanceof TypeError;
    console.error(`sockd: ${(error as Error).message}`);
    return wrongUse ? 2 : 1;
  }
}
