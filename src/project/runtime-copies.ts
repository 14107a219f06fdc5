import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** Where versions differ it has one for itself, for rftp and rtelnet, which no program of the project gets. */
const OURS = "tsocksify";

/**
 * Every copy of `@tsocksify/runtime` below a folder's node_modules: each has a configuration and a guard of its own.
 *
 * @returns their real paths, sorted
 */
export function runtimeCopies(folder: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (modules: string): void => {
    if (!existsSync(modules) || seen.has(realpathSync(modules))) return;
    seen.add(realpathSync(modules));
    const runtime = join(modules, "@tsocksify/runtime");
    if (existsSync(join(runtime, "package.json"))) found.add(realpathSync(runtime));
    for (const name of packagesIn(modules)) if (name !== OURS) visit(join(modules, name, "node_modules"));
    // pnpm keeps every package, with what it depends on beside it, in a store of its own.
    const store = join(modules, ".pnpm");
    for (const name of foldersIn(store)) visit(join(store, name, "node_modules"));
  };
  visit(join(folder, "node_modules"));
  return [...found].sort();
}

function packagesIn(modules: string): string[] {
  return foldersIn(modules).flatMap((name) =>
    name.startsWith("@") ? foldersIn(join(modules, name)).map((each) => join(name, each)) : [name],
  );
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map(({ name }) => name);
}
