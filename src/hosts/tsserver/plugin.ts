import init from "./index.js";

/**
 * What TypeScript's language server loads for `"name": "tsocksify"`: the `main` of the package, since the server's
 * resolution knows no `exports`, and before 5.9 no sub-paths. It wants the factory to be the module itself.
 */
export = init;
