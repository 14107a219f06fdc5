import { BlockList, isIP } from "node:net";
import { plainIP } from "./address";
import type { Settings } from "./options";

/**
 * One destination rule, `host`, `host:port` or `host:from-to`, where host is
 * - `*`: everything;
 * - a name, `example.org`, or with its subdomains `*.example.org`, compared with the name in the request;
 * - an address or a network, `192.0.2.1`, `10.0.0.0/8`, `[::1]:443`, `[2001:db8::]/32:443`, compared with the
 *   address in the request or, for a name, with what it resolves to.
 */
export class Rule {
  readonly #name: string | undefined;
  readonly #network: BlockList | undefined;
  readonly #from: number;
  readonly #to: number;

  /** @throws TypeError if `text` is no rule. */
  constructor(readonly text: string) {
    const match =
      /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:/[\]]+))(?:\/(?<bits>\d+))?(?::(?<from>\d+)(?:-(?<to>\d+))?)?$/.exec(
        isIP(text.replace(/\/\d+$/, "")) === 6 ? text.replace(/^[^/]+/, "[$&]") : text,
      )?.groups;
    if (!match) throw new TypeError(`"${text}" is no rule: host, host:port or host:from-to is expected`);
    this.#from = Number(match.from ?? 0);
    this.#to = Number(match.to ?? match.from ?? 65535);
    if (this.#to > 65535 || this.#from > this.#to) throw new TypeError(`"${text}" is no rule: no such port`);
    const host = match.v6 ?? match.host!;
    const family = isIP(host);
    if (family) {
      this.#network = new BlockList();
      const bits = Number(match.bits ?? (family === 4 ? 32 : 128));
      if (bits > (family === 4 ? 32 : 128)) throw new TypeError(`"${text}" is no rule: no such network`);
      this.#network.addSubnet(host, bits, family === 4 ? "ipv4" : "ipv6");
    } else if (match.bits !== undefined || match.v6 !== undefined) {
      throw new TypeError(`"${text}" is no rule: an address is expected before /${match.bits ?? ""}`);
    } else {
      this.#name = normal(host);
    }
  }

  matchesName(name: string, port: number): boolean {
    if (this.#name === undefined || !this.#portMatches(port)) return false;
    if (this.#name === "*") return true;
    return this.#name.startsWith("*.")
      ? normal(name).endsWith(this.#name.slice(1)) || normal(name) === this.#name.slice(2)
      : normal(name) === this.#name;
  }

  matchesAddress(address: string, port: number): boolean {
    if (!this.#portMatches(port)) return false;
    const plain = plainIP(address);
    return this.#name === "*" || !!this.#network?.check(plain, isIP(plain) === 4 ? "ipv4" : "ipv6");
  }

  #portMatches(port: number): boolean {
    return port >= this.#from && port <= this.#to;
  }
}

/** Names compare without case and without the root's dot. */
function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** What {@link SockdOptions.allow} and {@link SockdOptions.deny} say together. */
export class RuleSet {
  readonly #allow: readonly Rule[] | undefined;
  readonly #deny: readonly Rule[];

  constructor({ allow, deny }: Pick<Settings, "allow" | "deny">) {
    this.#allow = allow?.map((text) => new Rule(text));
    this.#deny = deny.map((text) => new Rule(text));
  }

  /** Whether `address`, to which `name` resolved if the request had a name, may be reached at `port`. */
  permits(name: string | undefined, address: string, port: number): boolean {
    const matches = (rule: Rule) =>
      rule.matchesAddress(address, port) || (name !== undefined && rule.matchesName(name, port));
    return !this.#deny.some(matches) && (this.#allow?.some(matches) ?? true);
  }
}
