import type { FindingKind } from "./finding.js";

export const pluginIgnored: FindingKind = {
  code: "SOCKS1101",
  title: "The plugin in tsconfig.json is ignored",
  severity: "error",
  message: (subject) => `'${subject}' is named as a plugin, and this project's TypeScript ignores plugins`,
  why: "TypeScript 7 has no plugins and passes over `plugins` in tsconfig.json without a word. What it compiles is not SOCKSified: every connection of it is direct.",
  mend: "Compile with `tsocksify build`, which works with TypeScript 7, and take the entry out; or stay with TypeScript 6 and ts-patch.",
};
