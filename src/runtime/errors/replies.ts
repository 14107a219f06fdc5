/** What a reply code of a proxy means, as Node would have said it after a direct connect. */
export interface ReplyMeaning {
  code: string;
  reason: string;
  remedy: string;
}

const askTheProxy = "The proxy's log tells more; ask its operator.";

/** REP, RFC 1928 §6. */
const socks5: Record<number, ReplyMeaning> = {
  1: {
    // "general SOCKS server failure": SOCKS4 says the same with 91, which is ECONNREFUSED to every client.
    code: "ECONNREFUSED",
    reason: "the proxy reports a general failure (SOCKS5 reply 1)",
    remedy: askTheProxy,
  },
  2: {
    code: "EACCES",
    reason: "the proxy's rules do not allow this connection (SOCKS5 reply 2)",
    remedy: "Have the destination allowed in the proxy's ruleset, or route it elsewhere.",
  },
  3: {
    code: "ENETUNREACH",
    reason: "the proxy has no route to that network (SOCKS5 reply 3)",
    remedy: "Check the address, and the routes of the proxy's machine.",
  },
  4: {
    code: "EHOSTUNREACH",
    reason: "the proxy cannot reach or resolve that host (SOCKS5 reply 4)",
    remedy: "Check the name or address as seen from the proxy's machine.",
  },
  5: {
    code: "ECONNREFUSED",
    reason: "the destination refused the connection (SOCKS5 reply 5)",
    remedy: "Check that the service listens on that port and that its firewall lets the proxy in.",
  },
  6: {
    code: "ETIMEDOUT",
    reason: "the destination did not answer the proxy in time (SOCKS5 reply 6, TTL expired)",
    remedy: "Check the address, and firewalls between the proxy and the destination.",
  },
  7: {
    code: "EOPNOTSUPP",
    reason: "the proxy does not support this command (SOCKS5 reply 7)",
    remedy: "Use a proxy that supports it; ssh -D and Tor, for example, have no BIND.",
  },
  8: {
    code: "EAFNOSUPPORT",
    reason: "the proxy does not support this type of address (SOCKS5 reply 8)",
    remedy: "Give the destination as an address of the other family, or as a name.",
  },
};

/** CD of a SOCKS4 reply. */
const socks4: Record<number, ReplyMeaning> = {
  91: {
    code: "ECONNREFUSED",
    reason: "the request was rejected or failed (SOCKS4 reply 91)",
    remedy: "SOCKS4 does not say why. " + askTheProxy,
  },
  92: {
    code: "EACCES",
    reason: "the proxy could not reach an identd on this machine (SOCKS4 reply 92)",
    remedy: "Run identd here, or have the proxy stop asking for it.",
  },
  93: {
    code: "EACCES",
    reason: "the proxy's identd check names another user (SOCKS4 reply 93)",
    remedy: "Set the user name (SOCKS_USERNAME) to the login name that runs this program.",
  },
};

/**
 * @param version 4 or 5
 * @param reply REP or CD
 * @returns never undefined: a code that no document assigns is a refusal, too
 */
export function replyMeaning(version: 4 | 5, reply: number): ReplyMeaning {
  return (
    (version === 5 ? socks5 : socks4)[reply] ?? {
      code: "ECONNREFUSED",
      reason: `the proxy refused with an unassigned code (SOCKS${version} reply ${reply})`,
      remedy: askTheProxy,
    }
  );
}
