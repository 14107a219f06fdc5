import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { SourceTree } from "../bench/support/source-tree.js";
import { repository } from "../support/user-folder.js";
import { lineOf, positionsOf } from "./source-positions.js";

const tsocksify = join(repository, "bin/tsocksify.js");
const options = { noCheck: true, declaration: true, sourceMap: true, inlineSources: true };
const finding = /: (?:error|warning) SOCKS\d+: /;

/** A line of a rewritten file that has an R-form, or what the R-form stands for. */
const rewritten = /\bR(?:[a-z]|WebSocket)\w*\b|\b(?:WebSocket|fetch|Socket|net|tls)\b|\.connect\(/;

/** Runs a program of the tree to its end: the lines that it prints. Published sources have errors of their own. */
function run(tree: SourceTree, ...args: readonly string[]): string[] {
  const { stdout, stderr } = ended(tree, args);
  assert.equal(stderr, "");
  return stdout.split("\n");
}

function ended(tree: SourceTree, args: readonly string[]): SpawnSyncReturns<string> {
  const run = spawnSync(process.execPath, args, {
    cwd: tree.directory,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.ok([0, 1, 2].includes(run.status!), `${args.join(" ")}: ${run.status} ${run.stderr}`);
  return run;
}

/** Paths of all files in a folder of the tree. */
function filesIn(tree: SourceTree, folder: string): string[] {
  return readdirSync(tree.at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.at(folder).length + 1))
    .sort();
}

function checkTree(typescript: string): void {
  const tree = new SourceTree({ typescript, options });
  try {
    assert.ok(tree.fileCount > 3500, `${tree.fileCount} files`);
    const read = (folder: string, path: string): string => readFileSync(tree.at(join(folder, path)), "utf8");
    const tsc = tree.at("node_modules/typescript/bin/tsc");
    const plain = run(tree, tsc, "-p", ".", "--outDir", "plain");
    const built = run(tree, tsocksify, "build", "-p", ".", "--outDir", "built");
    assert.deepEqual(
      built.filter((line) => !finding.test(line)),
      plain,
      "the compiler's own diagnostics",
    );
    const files = filesIn(tree, "plain");
    assert.deepEqual(filesIn(tree, "built"), files);
    const changed = files.filter((path) => read("plain", path) !== read("built", path));
    const code = changed.filter((path) => !path.endsWith(".map"));
    assert.deepEqual(
      code.filter((path) => !/\.[cm]?jsx?$/.test(path)),
      [],
      "declarations are equal to the byte",
    );
    assert.deepEqual(
      changed.filter((path) => path.endsWith(".map")),
      code.map((path) => `${path}.map`),
      "only the maps of rewritten files change",
    );
    assert.ok(code.length >= 7, code.join());

    for (const path of code) {
      const source = readFileSync(tree.at(join("src", path.replace(/\.js$/, ".ts"))), "utf8");
      checkMap(
        path,
        source,
        ["plain", "built"].map((folder) => [read(folder, path), read(folder, `${path}.map`)]),
      );
    }

    // The same sources, rewritten first, by the compiler as it comes.
    const rewriting = ended(tree, [tsocksify, "codemod", "-p", ".", "--write", "--force"]);
    assert.match(rewriting.stderr, /^\d+ call sites in \d+ files\. Written\./);
    run(
      tree,
      tsc,
      "-p",
      ".",
      "--outDir",
      "by-hand",
      "--declaration",
      "false",
      "--sourceMap",
      "false",
      "--inlineSources",
      "false",
    );
    const withoutMap = (text: string, path: string): string =>
      text.replace(`//# sourceMappingURL=${basename(path)}.map`, "");
    const scripts = filesIn(tree, "by-hand");
    assert.deepEqual(
      scripts,
      files.filter((path) => /\.[cm]?jsx?$/.test(path)),
    );
    for (const path of scripts)
      assert.equal(withoutMap(read("built", path), path), read("by-hand", path), path);
  } finally {
    tree.remove();
  }
}

/** Position by position: what the compiler's own map says of every line that is not rewritten, ours says too. */
function checkMap(path: string, source: string, outputs: readonly (readonly string[])[]): void {
  const [expected, actual] = outputs.map(([text, map]) => positionsOf(map!, text!));
  const { sourcesContent } = JSON.parse(outputs[1]![1]!) as { sourcesContent: string[] };
  assert.deepEqual(sourcesContent, [source], `${path}: the map holds the user's text`);
  const lines = source.split("\n");
  let compared = 0;
  for (const [position, texts] of expected!) {
    const line = lines[lineOf(position)]!;
    // At a line's end stands nothing of the user's, and an import may be added there.
    if (rewritten.test(line) || Number(position.split(":")[1]) >= line.length) continue;
    assert.deepEqual(actual!.get(position), texts, `${path}: what comes from ${position} of: ${line}`);
    compared++;
  }
  assert.ok(compared > 20, `${path}: ${compared} positions compared`);
  const calls = [...actual!].filter(([, texts]) =>
    texts.some((text) => /\bR(?:[a-z]|WebSocket)\w*\b/.test(text)),
  );
  assert.ok(calls.length > 0, `${path}: rewritten calls are mapped`);
  for (const [position, texts] of calls) assert.match(lines[lineOf(position)]!, rewritten, texts.join());
}

// Not beside 7.0: of this tree, its own declarations differ from run to run.
for (const typescript of ["typescript-7.1"])
  describe(`tsocksify build of a tree of published sources beside ${typescript}`, () => {
    test("JavaScript equal but for the rewrites, declarations and diagnostics equal, maps exact", () =>
      checkTree(typescript));
  });
