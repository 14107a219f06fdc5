import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { laidOut } from "../../src/cli/help-text.js";
import { Workplace } from "./workplace.js";

const text = `
Some words that are
broken anywhere.
  one    what it means in a few words
  a longer one

  the longest of all items    what it means`;

describe("what help tells below the options", () => {
  test("fills the terminal, and items hang where they did", () =>
    assert.equal(
      laidOut(text, 32),
      `
Some words that are broken
anywhere.
  one    what it means in a few
         words
  a longer one

  the longest of all items
      what it means`,
    ));

  test("no line of any command's help is wider than 80 columns where nobody says how many there are", () => {
    const workplace = new Workplace({});
    try {
      for (const args of [
        ["--help"],
        ...["init", "lint", "codemod", "build", "route", "doctor"].map((name) => ["help", name]),
      ]) {
        const { stdout } = workplace.tsocksify(args);
        assert.ok(stdout.length > 200, args.join(" "));
        assert.deepEqual(
          stdout.split("\n").filter((line) => line.length > 80),
          [],
        );
      }
    } finally {
      workplace.remove();
    }
  });
});
