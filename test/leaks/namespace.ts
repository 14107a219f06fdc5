import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { promisify } from "node:util";
import { missing } from "../support/peers/required";

const run = promisify(execFile);

/** Why tests in a network namespace are skipped, or false. */
export const namespaceSkip =
  missing("iproute2", "/usr/sbin/ip") ||
  missing("nftables", "/usr/sbin/nft") ||
  (process.env.CI === "true" || process.getuid?.() === 0 ? false : "a network namespace needs root");

/** Packets that left (or tried to leave) the namespace. */
export interface Packets {
  /** To the proxy. */
  proxy: number;
  /** Anywhere else: rejected. */
  elsewhere: number;
}

export interface Namespace {
  /** The outer end of the only link: where the proxy has to listen. */
  outside: string;
  /** Lets packets to that port of {@link outside} pass, and counts everything from zero. */
  allow(port: number): Promise<void>;
  packets(): Promise<Packets>;
  /** Prefix of a command that is to run inside. */
  prefix: string[];
  remove(): Promise<void>;
}

/**
 * A network namespace with one link to here and a default route over it. A counter on its output hook sees every
 * packet, over loopback too; those that aren't for the proxy are rejected. Needs root.
 */
export async function createNamespace(): Promise<Namespace> {
  const id = randomInt(0, 1 << 14);
  const name = `tsx${id}`;
  const [outer, inner] = [`tsxo${id}`, `tsxi${id}`];
  // A /30 of 198.18.0.0/15, which RFC 2544 sets aside for tests.
  const net = `198.18.${id >> 6}`;
  const [outside, inside] = [1, 2].map((host) => `${net}.${((id & 63) << 2) + host}`) as [string, string];
  const within = (...command: string[]) => run("ip", ["netns", "exec", name, ...command]);
  const remove = async () => {
    await run("ip", ["link", "delete", outer]).catch(() => {});
    await run("ip", ["netns", "delete", name]).catch(() => {});
  };
  try {
    await run("ip", ["netns", "add", name]);
    await run("ip", ["link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name]);
    await run("ip", ["address", "add", `${outside}/30`, "dev", outer]);
    await run("ip", ["link", "set", outer, "up"]);
    await within("ip", "link", "set", "lo", "up");
    await within("ip", "address", "add", `${inside}/30`, "dev", inner);
    await within("ip", "link", "set", inner, "up");
    await within("ip", "route", "add", "default", "via", outside);
    // IPv6 has to have a way out as well, or a leak over it would go unseen.
    await within("ip", "-6", "route", "add", "default", "dev", inner).catch(() => {});
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    outside,
    prefix: ["ip", "netns", "exec", name],
    allow: async (port) => {
      await within("nft", "flush", "ruleset");
      await within("nft", ruleset(outside, port));
    },
    packets: async () => {
      const { stdout } = await within("nft", "-j", "list", "counters");
      const { nftables } = JSON.parse(stdout) as {
        nftables: { counter?: { name: string; packets: number } }[];
      };
      const count = (name: string) =>
        nftables.find(({ counter }) => counter?.name === name)!.counter!.packets;
      return { proxy: count("proxy"), elsewhere: count("elsewhere") };
    },
    remove,
  };
}

/** Neighbour discovery and the like are the kernel's own: no program's doing. */
function ruleset(proxy: string, port: number): string {
  return `
table inet leaks {
  counter proxy { }
  counter elsewhere { }
  chain output {
    type filter hook output priority 0; policy drop;
    ip daddr ${proxy} tcp dport ${port} counter name proxy accept
    meta l4proto ipv6-icmp accept
    # The resets of the next line come back over loopback.
    oifname "lo" tcp flags & rst == rst accept
    meta l4proto tcp counter name elsewhere reject with tcp reset
    counter name elsewhere reject with icmpx type admin-prohibited
  }
}`;
}
