import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { corpusPackage, installCorpus } from "../support/corpus.js";
import { census } from "./census.js";
import { packages } from "./packages.js";

/** A file of the corpus, read: `file:line` or `file:line:column` begins a line of it, `#` one that says what follows. */
function linesOf(folder: string, name: string): string[] {
  const path = resolve(__dirname, folder, `${name.replace("/", "+")}.txt`);
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

const placeOf = (line: string): string => /^(.+?:\d+)(?::\d+)?: /.exec(line)![1]!;

describe("published packages: no place is missed", () => {
  const total = { packages: 0, files: 0, places: 0, rewrites: 0, findings: 0, irrelevant: 0, missed: 0 };
  before(installCorpus);
  after(() => {
    const { packages, files, places, rewrites, findings, irrelevant, missed } = total;
    console.log(
      `${packages} packages, ${files} files: ${places} lines have a name that sockets have; ${rewrites} rewrites and ${findings} findings, ${irrelevant} lines read and found to be something else, ${missed} missed`,
    );
  });

  for (const [name, ...bundles] of packages)
    test(`${name}: what has the name of a socket function is rewritten, reported, or was read and found to be none`, () => {
      const source = corpusPackage(name, bundles);
      const places = census(source).map(({ file, line, text }) => `${file}:${line}: ${text}`);
      const decided = linesOf("expected", name);
      const irrelevant = linesOf("irrelevant", name);
      const known = new Set(decided.map(placeOf));
      const others = places.filter((place) => !known.has(placeOf(place)));
      total.packages++;
      total.files += source.files.length;
      total.places += places.length;
      total.rewrites += decided.filter((line) => line.includes(" → ")).length;
      total.findings += decided.filter((line) => / SOCKS\d{4} /.test(line)).length;
      total.irrelevant += irrelevant.length;
      total.missed += others.filter((place) => !irrelevant.includes(place)).length;
      assert.deepEqual(
        others.toSorted(),
        irrelevant.toSorted(),
        `read what is new, and put it into irrelevant/${name.replace("/", "+")}.txt under the reason why it opens nothing`,
      );
      // And the other way round: what the engine has decided is at a place that these expressions see.
      const seen = new Set(places.map(placeOf));
      assert.deepEqual(
        decided.map(placeOf).filter((place) => !seen.has(place)),
        [],
      );
    });
});
