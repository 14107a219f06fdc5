/** Where a bundler's user puts the plugin. */
export const pluginOrder =
  "Put tsocksify's plugin before all others, and code that opens sockets into a .ts or .js file; compilers that read the files themselves (@rollup/plugin-typescript) take tsocksify/transformer instead.";
