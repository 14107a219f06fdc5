import { dirname, join } from "node:path";
import { packageFolder } from "./installed.js";
import type { Project } from "./project.js";

/** The declarations of Node: the project's, though its `types` leave them out, or ours. */
export function nodeTypes({ tsconfig, files }: Project): string {
  const folder = dirname(tsconfig ?? files[0] ?? __filename);
  const types = packageFolder("@types/node", folder) ?? packageFolder("@types/node", __dirname);
  if (types !== undefined) return join(types, "index.d.ts");
  throw new Error("@types/node, which tsocksify depends on, is not installed");
}
