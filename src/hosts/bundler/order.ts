/** Where a bundler's user puts the plugin. */
export const pluginOrder =
  "Put tsocksify's plugin before all others; compilers that read the files themselves (@rollup/plugin-typescript) take tsocksify/transformer instead.";
