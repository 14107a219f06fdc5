export * from "./engine/index.js";
export { findingKind, findingKinds, type FindingKind, type Severity } from "./findings/index.js";
export { default as transformer, type PluginExtras } from "./hosts/tspatch/index.js";
export type { PluginConfig } from "./hosts/tspatch/config.js";
export { inProcessResolver } from "./resolvers/in-process.js";
