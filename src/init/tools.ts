/** A tool that compiles or runs a project's sources by itself, file by file, so that it has no types. */
export interface Tool {
  readonly name: string;
  /** Packages that bring it. */
  readonly packages: readonly string[];
  /** How it is called in a script, where that is not its name. */
  readonly command?: RegExp;
  /** Our own plugin for it. */
  readonly plugin?: string;
}

export const bundlers: readonly Tool[] = [
  { name: "Vite", packages: ["vite"], plugin: "tsocksify/vite" },
  { name: "webpack", packages: ["webpack"], plugin: "tsocksify/webpack" },
  { name: "esbuild", packages: ["esbuild"], plugin: "tsocksify/esbuild" },
  { name: "Rollup", packages: ["rollup"], plugin: "tsocksify/rollup" },
  { name: "tsup", packages: ["tsup"] },
  { name: "SWC", packages: ["@swc/core", "@swc/cli"] },
  { name: "Babel", packages: ["@babel/core", "@babel/cli"] },
];

export const testRunners: readonly Tool[] = [
  { name: "Jest", packages: ["jest"] },
  { name: "Vitest", packages: ["vitest"] },
  { name: "Mocha", packages: ["mocha"] },
  { name: "node:test", packages: [], command: /(?:^|\s)node\s(?:[^;&|]*\s)?--test(?=\s|$)/ },
];

/** What installs a project's packages, and runs what they bring. */
export interface PackageManager {
  readonly name: string;
  readonly lockFiles: readonly string[];
  /** Runs a script of package.json. */
  readonly run: string;
  /** Runs a program of an installed package. */
  readonly exec: string;
}

export const npm: PackageManager = {
  name: "npm",
  lockFiles: ["package-lock.json", "npm-shrinkwrap.json"],
  run: "npm run",
  exec: "npx",
};

export const packageManagers: readonly PackageManager[] = [
  { name: "pnpm", lockFiles: ["pnpm-lock.yaml"], run: "pnpm run", exec: "pnpm exec" },
  { name: "yarn", lockFiles: ["yarn.lock"], run: "yarn run", exec: "yarn run" },
  { name: "bun", lockFiles: ["bun.lock", "bun.lockb"], run: "bun run", exec: "bunx" },
  npm,
];
