const exportsOf: Readonly<Record<string, readonly string[]>> = {
  net: ["connect", "createConnection"],
  tls: ["connect"],
  http: ["get", "request"],
  https: ["get", "request"],
  http2: ["connect"],
};

/** Files of the generated programs' own project that hand on what a module exports, by name without an ending. */
export const barrels: ReadonlyMap<string, string> = new Map(
  Object.entries(exportsOf).flatMap(([module, names]) => [
    [
      `barrel-${module}`,
      [
        `import * as held from "${module}";`,
        `export * from "node:${module}";`,
        `export * as all from "${module}";`,
        `export { default } from "${module}";`,
        ...names.map((name) => `export { ${name} as ${name}Renamed } from "node:${module}";`),
        ...names.map((name) => `export const ${name}Held = held.${name};`),
        "",
      ].join("\n"),
    ],
    [
      `again-${module}`,
      `export * from "./barrel-${module}";\nexport { default } from "./barrel-${module}";\n`,
    ],
    [`equals-${module}`, `import held = require("${module}");\nexport = held;\n`],
  ]),
);

/** The specifiers of the barrels that hand a module on. */
export function barrelOf(specifier: string): string[] {
  const module = specifier.replace(/^node:/, "");
  return [`./barrel-${module}`, `./again-${module}`];
}

/** The one that is the module, by `export =`. */
export function equalsOf(specifier: string): string {
  return `./equals-${specifier.replace(/^node:/, "")}`;
}
