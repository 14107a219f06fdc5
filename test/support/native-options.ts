import { join, resolve } from "node:path";

/** The options that test/support/program.ts gives to the compilers in process, as a tsconfig.json has them. */
export const compilerOptions = {
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["es2023"],
  types: ["node"],
  typeRoots: [join(resolve(__dirname, "../.."), "node_modules/@types")],
  strict: true,
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  jsx: "preserve",
};
