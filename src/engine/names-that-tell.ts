import { holders, exportNames, globalNames, memberNames, moduleNames, RUNTIME } from "./catalogue.js";
import { globalObjects } from "./syntax.js";

/** Node's own, and what bundlers make of it: esbuild, webpack. */
export const wellKnownRequires: ReadonlySet<string> = new Set([
  "require",
  "__require",
  "__non_webpack_require__",
]);

const words = (texts: Iterable<string>): string[] =>
  [...texts].flatMap((text) => text.match(/[\w$]+/g) ?? []);

/** The names that the text of whatever touches a socket function has one of, beside those that the file gives to such things. */
export const namesThatTell: ReadonlySet<string> = new Set([
  ...memberNames,
  ...exportNames,
  ...globalNames,
  ...globalObjects,
  ...holders.flatMap(([name, statics]) => [name, ...statics]),
  ...wellKnownRequires,
  ...words([...moduleNames, RUNTIME]),
  "default",
  "import",
  // `_.invoke(sock, key)`, as `Reflect.get(sock, key)`, whose name `http` exports, too
  ...["getOwnPropertyDescriptor", "invoke"],
  // `(async () => {}).constructor`
  "constructor",
  // `export * from "data:text/javascript,…"`
  "javascript",
]);
