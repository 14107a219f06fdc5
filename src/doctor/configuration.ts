import type { Configuration } from "@tsocksify/runtime/routes";
import { check, type Check } from "./check.js";

const ways = { direct: "directly", proxies: "through a proxy", deny: "denied", none: "nowhere" } as const;

/** Which rule stands where, and what is not obeyed. */
export function configurationChecks({ rules, servers, passedOver, timeout }: Configuration): Check[] {
  return [
    ...(servers.length > 0
      ? servers.map(({ url, source, credentialsSource }) =>
          check(
            "ok",
            "server",
            `${url} stands in ${source}${credentialsSource ? `, its user name in ${credentialsSource}` : ""}`,
          ),
        )
      : [
          check(
            "fail",
            "server",
            "no proxy is configured in this environment",
            "Set SOCKS_SERVER=socks5://host:port. Where the program itself calls SOCKSinit(name, { proxy }), which can't be seen from here, set it for this command only.",
          ),
        ]),
    ...rules.map(({ source, text, kind }, index) =>
      check("note", "rule", `rule ${index + 1}, ${source}: ${text} (${ways[kind]})`),
    ),
    ...passedOver.map(({ variable, by }) =>
      check(
        "warn",
        "passed-over",
        `${variable} is set, and ${by} comes before it`,
        `Unset ${variable}, or ${by}.`,
      ),
    ),
    check("note", "timeout", `${timeout} ms from dial to established (SOCKSinit's default)`),
  ];
}
