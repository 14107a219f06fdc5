import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { Refusal, refusalOf, Reply } from "./errors";
import type { Settings } from "./options";
import type { Address } from "./request";
import type { RuleSet } from "./rules";

/**
 * The addresses a request's destination stands for and that the rules permit. This is where a name resolves:
 * at the proxy.
 */
export async function resolve(
  destination: Address,
  hosts: Settings["hosts"],
  rules: RuleSet,
): Promise<string[]> {
  const { host, port } = destination;
  const name = isIP(host) ? undefined : host;
  const addresses = name === undefined ? [host] : await addressesOf(name, hosts);
  const permitted = addresses.filter((address) => rules.permits(name, address, port));
  if (permitted.length === 0) throw new Refusal(Reply.NotAllowed, "no rule allows this destination");
  return permitted;
}

async function addressesOf(name: string, hosts: Settings["hosts"]): Promise<readonly string[]> {
  const known = Object.hasOwn(hosts, name.toLowerCase()) ? hosts[name.toLowerCase()] : undefined;
  if (known !== undefined) return typeof known === "string" ? [known] : known;
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException);
  }
}
