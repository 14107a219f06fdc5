import { readFileSync } from "node:fs";
import { nameIn, type CorpusPackage } from "../support/corpus.js";

/** A place in a package where something is called, or handed on, by a name that sockets have. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Functions, classes and objects that could open a connection, ask for a name, or start what does: whoever has them. */
const names = [
  "connect|createConnection|createSocket|connectSocket|listen|address|addRequest|fetch|sendBeacon",
  "lookup|lookupService|resolve(?:4|6|Any|Caa|Cname|Mx|Naptr|Ns|Ptr|Soa|Srv|Tlsa|Txt)|reverse",
  "spawn|spawnSync|execSync|execFile|execFileSync|fork|eval|Function|dlopen|binding|getBuiltinModule|createRequire",
  "Socket|TLSSocket|WebSocket|EventSource|XMLHttpRequest|ClientRequest|Resolver|Worker|RTCPeerConnection|WebTransport",
].join("|");

/** What modules that open sockets are called by those who load them. */
const modules = String.raw`(?:\w+_)?(?:net|tls|https?|http2|dns|dnsPromises|Net|Tls)(?:_\d)?(?:\.default)?`;

const signs: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w$])(?:${names})(?:_\d)?\)?\s*(?:\?\.)?\(`),
  // A method that is taken, or called by other means.
  /\.(?:connect|createConnection|listen|fetch|lookup|spawn)\b(?!\s*=[^=])/,
  new RegExp(String.raw`\bnew\s+(?:[\w$]+\.)*(?:${names})\b`),
  new RegExp(String.raw`\bextends\s+(?:[\w$]+\.)*(?:${names}|Agent|Server)\b`),
  new RegExp(String.raw`(?<![\w$.'"/:-])${modules}\.(?:request|get|globalAgent|Agent|Server|${names})\b`),
  // The module as a value, and the function as one.
  new RegExp(String.raw`[=(,?:]\s*${modules}\s*(?:[,;):?]|$)`),
  /[=(,?:|]\s*(?:fetch|WebSocket|EventSource|XMLHttpRequest|spawn|fork)\s*(?:[,;):?|]|$)/,
  /\b(?:globalThis|global|window|self)\.(?:fetch|WebSocket|EventSource|XMLHttpRequest)\b/,
  // Loaded by a name that is not written there, or for a part of it.
  /(?<![\w$.])(?:require|import)\(\s*[^'"\s)]/,
  /\{[^}]*\}\s*=\s*require\(['"](?:node:)?(?:net|tls|https?|http2|dns|dgram|child_process|worker_threads|cluster|vm)['"]\)/,
  /=\s*require\(['"](?:node:)?(?:dgram|child_process|worker_threads|cluster|vm)['"]\)/,
  // Loaded late.
  /^(?!(?:const|var|let|import)\b).*\brequire\(['"](?:node:)?(?:net|tls|https?|http2|dns)['"]\)/,
  /\blocal(?:Address|Port)\b/,
  // An addon.
  /\brequire\(['"][^'"]*(?:native|bindings|gyp-build|\.node)['"]\)/,
];

/**
 * The places in a package that a reader has to look at: by regular expressions over its lines, which know nothing of
 * types, bindings or tables, and nothing of this project.
 */
export function census({ folder, files }: CorpusPackage): Place[] {
  return files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index): Place[] => {
        const text = line.trim();
        if (/^(?:\/\/|\/?\*)/.test(text) || !signs.some((sign) => sign.test(text))) return [];
        return [{ file: nameIn(folder, path), line: index + 1, text }];
      }),
  );
}
