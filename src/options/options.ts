import type { DecideOptions } from "../engine/index.js";
import type { OptionSchema } from "./schema.js";

/** An option of the configuration file, of the tsconfig plugin's entry, or of both. */
export interface Option {
  readonly schema: OptionSchema;
  readonly description: string;
}

/** What the engine is told, wherever it runs. */
export const engineOptions = {
  any: {
    schema: { enum: ["dispatch", "warn", "ignore"] },
    description:
      "What to do with a method of a value whose type is any or unknown, and which may be a socket's: dispatch rewrites it to ask at run time, warn reports it, ignore leaves it alone. Default: warn.",
  },
  modules: {
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    description:
      "Modules with the socket functions of C, whose connect, bind, listen, accept, getsockname, select and rcmd are renamed and whose SOCK_DGRAM is an error: packages, or files relative to the configuration.",
  },
} as const satisfies { readonly [Key in keyof DecideOptions]-?: Option };

/** The tsconfig plugin's own. */
export const pluginOptions = {
  ...engineOptions,
  report: {
    schema: { type: "string", minLength: 1 },
    description:
      "Where to write a report of everything that was done, as JSON; relative to the working directory.",
  },
} as const satisfies Record<string, Option>;

/** The configuration file's. */
export const fileOptions = {
  ...engineOptions,
  projects: {
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    description:
      "tsconfig.json files, or their folders, to look at where no -p is given; relative to this file.",
  },
  exclude: {
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    description: "Files to leave out, as patterns in the syntax of .gitignore; relative to this file.",
  },
  packages: {
    schema: { type: "array", items: { type: "string", minLength: 1 } },
    description:
      "Packages in node_modules that are rewritten, too, where they are loaded by tsocksify/register or bundled by a bundler's plugin: by name.",
  },
  maxWarnings: {
    schema: { type: "integer", minimum: 0 },
    description: "How many warnings lint lets pass. Default: any number.",
  },
  baseline: {
    schema: { type: "string", minLength: 1 },
    description: "The file of findings that are known and don't fail lint; relative to this file.",
  },
} as const satisfies Record<string, Option>;
