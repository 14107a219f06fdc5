import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { DecideOptions } from "../../src/engine/index.js";
import { modulesFrom } from "../../src/options/index.js";

/** A whole little program, and what is expected of it. */
export interface Fixture {
  /** `methods/socket` */
  readonly name: string;
  readonly folder: string;
  readonly input: string;
  readonly output: string;
  readonly findings: string;
  /** What the engine is told: options.json, where there is one. */
  readonly options: DecideOptions;
}

const root = resolve(__dirname, "../../fixtures");

/** With UPDATE_FIXTURES=1 the expectations are written anew, to be read before they are committed. */
export const isUpdating = process.env.UPDATE_FIXTURES === "1";

export function listFixtures(): Fixture[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /^input\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => {
      const folder = entry.parentPath;
      return {
        name: relative(root, folder).replaceAll("\\", "/"),
        folder,
        input: join(folder, entry.name),
        output: join(folder, entry.name.replace("input", "output")),
        findings: join(folder, "findings.json"),
        options: optionsIn(folder),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function optionsIn(folder: string): DecideOptions {
  const path = join(folder, "options.json");
  if (!existsSync(path)) return {};
  const options = JSON.parse(readFileSync(path, "utf8")) as DecideOptions;
  const { modules } = options;
  return { ...options, ...(modules ? { modules: modulesFrom(modules, folder) } : {}) };
}

/** The expected content of a file of a fixture, or, when updating, `actual` after it has been written. */
export function expectation(path: string, actual: string): string {
  if (isUpdating) writeFileSync(path, actual);
  return existsSync(path)
    ? readFileSync(path, "utf8")
    : "(no such file: run with UPDATE_FIXTURES=1 and read what it writes)";
}
