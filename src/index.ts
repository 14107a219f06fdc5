// As a re-export of `default`, Node's ESM loader would not see the name in our CommonJS.
import transformer from "./hosts/tspatch/index.js";

export * from "./engine/index.js";
export { findingKind, findingKinds, type FindingKind, type Severity } from "./findings/index.js";
export { transformer };
export type { PluginExtras } from "./hosts/tspatch/index.js";
export type { PluginConfig } from "./options/index.js";
export { inProcessResolver } from "./resolvers/in-process.js";
