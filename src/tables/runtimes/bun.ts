import type { GlobalTable, ModuleTable, Row } from "../schema.js";
import { fetch } from "../web.js";

/** Bun's own TCP: its connections are no net.Sockets, so there is no R-form. `node:net` under Bun has one. */
const tcp = { class: "socket", finding: "SOCKS1015" } as const satisfies Row;
const client = { ...tcp, at: "construct" } as const satisfies Row;
const command = { class: "process", finding: "SOCKS1010", names: "command" } as const satisfies Row;
const lookup = { class: "dns", finding: "SOCKS1003" } as const satisfies Row;
const load = { class: "process", finding: "SOCKS1014" } as const satisfies Row;
const native = { class: "native", finding: "SOCKS1013" } as const satisfies Row;

const api = {
  fetch,
  FetchSession: client,
  connect: tcp,
  listen: tcp,
  serve: tcp,
  udpSocket: { class: "udp", finding: "SOCKS1001" },
  dns: {
    class: "inert",
    statics: { lookup, prefetch: lookup },
    inertMembers: ["ADDRCONFIG", "ALL", "V4MAPPED", "getCacheStats"],
  },
  // Clients of servers.
  RedisClient: client,
  redis: tcp,
  SQL: client,
  sql: tcp,
  postgres: tcp,
  S3Client: client,
  s3: tcp,
  // What runs elsewhere; a cron job may be one of the operating system, and a WebView is a browser.
  $: { class: "process", finding: "SOCKS1010" },
  spawn: command,
  spawnSync: command,
  openInEditor: { class: "process", finding: "SOCKS1010" },
  cron: { class: "process", finding: "SOCKS1010" },
  WebView: { class: "process", finding: "SOCKS1010", at: "construct" },
  // What decides which module a specifier gives.
  ModuleGraph: { ...load, at: "construct" },
  plugin: load,
} as const satisfies ModuleTable["exports"];

const inert = [
  "Archive",
  "ArrayBufferSink",
  "CSRF",
  "Cookie",
  "CookieMap",
  "CryptoHashInterface",
  "CryptoHasher",
  "FileSystemRouter",
  "Glob",
  "Image",
  "JSON5",
  "JSONC",
  "JSONL",
  "MD4",
  "MD5",
  "SHA1",
  "SHA224",
  "SHA256",
  "SHA384",
  "SHA512",
  "SHA512_256",
  "TOML",
  "Terminal",
  "Transpiler",
  "XML",
  "YAML",
  "allocUnsafe",
  "argv",
  "build",
  "color",
  "concatArrayBuffers",
  "deepEquals",
  "deepMatch",
  "deflateSync",
  "embeddedFiles",
  "enableANSIColors",
  "env",
  "escapeHTML",
  "file",
  "fileURLToPath",
  "gc",
  "generateHeapSnapshot",
  "gunzipSync",
  "gzipSync",
  "hash",
  "indexOfLine",
  "inflateSync",
  "inspect",
  "isMainThread",
  "isStandaloneExecutable",
  "main",
  "markdown",
  "mmap",
  "nanoseconds",
  "password",
  "pathToFileURL",
  "peek",
  "randomUUIDv5",
  "randomUUIDv7",
  "readableStreamToArray",
  "readableStreamToArrayBuffer",
  "readableStreamToBlob",
  "readableStreamToBytes",
  "readableStreamToFormData",
  "readableStreamToJSON",
  "readableStreamToText",
  "resolve",
  "resolveSync",
  "revision",
  "secrets",
  "semver",
  "sha",
  "shrink",
  "sleep",
  "sleepSync",
  "sliceAnsi",
  "stderr",
  "stdin",
  "stdout",
  "stringWidth",
  "stripANSI",
  "unsafe",
  "version",
  "version_with_sha",
  "which",
  "wrapAnsi",
  "write",
  "zstdCompress",
  "zstdCompressSync",
  "zstdDecompress",
  "zstdDecompressSync",
] as const;

/** https://bun.sh/reference/bun */
export const bun = {
  module: "bun",
  finding: "SOCKS1015",
  exports: api,
  inert,
} as const satisfies ModuleTable;

/** The same as a global. */
export const bunGlobals = {
  globals: { Bun: { class: "inert", statics: api, inertMembers: inert } },
  inert: [],
} as const satisfies GlobalTable;

/** https://bun.sh/reference/bun/ffi */
export const bunFfi = {
  module: "bun:ffi",
  finding: "SOCKS1013",
  exports: {
    CFunction: native,
    cc: native,
    dlopen: native,
    linkSymbols: native,
  },
  inert: [
    "CString",
    "FFIFunctionCallableSymbol",
    "FFIType",
    "JSCallback",
    "ptr",
    "read",
    "suffix",
    "toArrayBuffer",
    "toBuffer",
    "viewSource",
  ],
} as const satisfies ModuleTable;

/** https://bun.sh/reference/bun/sqlite: a file, but its extensions are machine code. */
export const bunSqlite = {
  module: "bun:sqlite",
  exports: {
    Database: { class: "inert", members: { loadExtension: native } },
  },
  inert: ["SQLiteError", "Statement", "constants"],
} as const satisfies ModuleTable;

/** https://bun.sh/reference/bun/jsc */
export const bunJsc = {
  module: "bun:jsc",
  exports: {
    // Listens for debuggers.
    startRemoteDebugger: tcp,
  },
  inert: [
    "bytecodeOrderStats",
    "callerSourceOrigin",
    "deserialize",
    "drainMicrotasks",
    "edenGC",
    "estimateShallowMemoryUsageOf",
    "fullGC",
    "gcAndSweep",
    "getProtectedObjects",
    "getRandomSeed",
    "heapSize",
    "heapStats",
    "isRope",
    "jscDescribe",
    "jscDescribeArray",
    "memoryUsage",
    "noFTL",
    "noOSRExitFuzzing",
    "numberOfDFGCompiles",
    "optimizeNextInvocation",
    "profile",
    "releaseWeakRefs",
    "reoptimizationRetryCount",
    "serialize",
    "setRandomSeed",
    "setTimeZone",
    "startSamplingProfiler",
    "totalCompileTime",
  ],
} as const satisfies ModuleTable;
