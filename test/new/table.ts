import { classified } from "../../src/tables/index.js";
import { camelCase, withEntry } from "./listed.js";
import { Refused } from "./refused.js";
import type { Draft, Kind } from "./scaffold.js";

/** A package of the registry, or a builtin module of a Node release that nobody has looked at yet. */
export const table: Kind = {
  kind: "table",
  names: "that of a package, such as @scope/name, or of a builtin, such as node:net",
  pattern: /^(?:node:[a-z][a-z_\d]*(?:\/[a-z_\d]+)*|(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*)$/,
  draft(name, read) {
    const module = name.replace(/^node:/, "");
    if (classified.some((each) => each.module === module)) throw new Refused(`${name} has a table already`);
    return module === name ? packageTable(name, read) : builtinTable(module, read);
  },
};

function packageTable(name: string, read: (path: string) => string): Draft {
  const stem = name.replace("@", "").replace("/", "_");
  const constant = camelCase(stem);
  const path = `src/tables/packages/${stem}.ts`;
  const index = "src/tables/packages/index.ts";
  return {
    created: {
      [path]: `import type { ModuleTable } from "../schema.js";

/** Opens sockets of its own. https://www.npmjs.com/package/${name} */
export const ${constant} = {
  module: "${name}",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
`,
    },
    changed: { [index]: withEntry(read(index), constant, `./${stem}.js`) },
    next: [
      `${path}: say what it is, and in whole what it does: udp (SOCKS1001), native (SOCKS1013), socket (SOCKS1015); or drop whole and classify its exports one by one, as undici.ts does`,
      `npm run new -- fixture packages/${stem.replaceAll(/[._]/g, "-")}`,
      "node --import tsx --test test/tables/*.test.ts",
    ],
  };
}

function builtinTable(name: string, read: (path: string) => string): Draft {
  const stem = name.replaceAll("/", "_");
  const constant = camelCase(stem);
  const path = `src/tables/${stem}.ts`;
  const index = "src/tables/builtins.ts";
  return {
    created: {
      [path]: `import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/${name.split("/")[0]}.html */
export const ${constant} = {
  module: "${name}",
  prefix: "required",
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
`,
    },
    changed: { [index]: withEntry(read(index), constant, `./${stem}.js`) },
    next: [
      `${path}: a row in exports for what opens something, the name in inert for what opens nothing; prefix goes if the module is had without node: too`,
      `npm run new -- fixture ${stem.replaceAll("_", "-")}/NAME`,
      "node --import tsx --test test/tables/*.test.ts: it names every export without a row",
    ],
  };
}
