/** A tool that compiles or runs a project's sources by itself, file by file, so that it has no types. */
export interface Tool {
  readonly name: string;
  /** Packages that bring it. */
  readonly packages: readonly string[];
  /** How it is called in a script, where that is not its name. */
  readonly command?: RegExp;
}

export const bundlers: readonly Tool[] = [
  { name: "Vite", packages: ["vite"] },
  { name: "webpack", packages: ["webpack"] },
  { name: "esbuild", packages: ["esbuild"] },
  { name: "Rollup", packages: ["rollup"] },
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

/** Lock files, and what installs by them. */
export const packageManagers = [
  ["pnpm-lock.yaml", "pnpm install"],
  ["yarn.lock", "yarn install"],
  ["bun.lock", "bun install"],
  ["bun.lockb", "bun install"],
  ["package-lock.json", "npm install"],
] as const;
