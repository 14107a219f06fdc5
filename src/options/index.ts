export { findConfig, readConfigFile, type FileConfig, type FoundConfig } from "./config-file.js";
export { configSchema } from "./config-schema.js";
export { modulesFrom } from "./modules.js";
export { nearest } from "./nearest.js";
export { engineOptions, fileOptions, pluginOptions, type Option } from "./options.js";
export { pluginEntry, readEntry, transformOf, type PluginConfig, type WrittenEntry } from "./plugin-entry.js";
export { OptionError, readOptions } from "./read.js";
