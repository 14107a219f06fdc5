import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createColors } from "picocolors";
import { codeFrame } from "../../src/reporters/code-frame.js";
import { columnsOf, wrapped } from "../../src/reporters/columns.js";

const frame = (text: string, line: number, column: number, length: number, width = 60): string =>
  codeFrame(
    text,
    { line, column, endLine: line, endColumn: column + length },
    width,
    createColors(false),
  ).join("\n");

describe("code frames", () => {
  test("the underline stands below its text, after tabs and wide letters too", () => {
    assert.equal(frame("\tf(x);", 1, 2, 1), "> 1 │   f(x);\n    │   ^");
    assert.equal(frame("名前.connect(1)", 1, 4, 7), "> 1 │ 名前.connect(1)\n    │      ^^^^^^^");
  });

  test("a long line is cut behind a place that fits, and before one that doesn't", () => {
    const long = `${"a".repeat(30)}HERE${"b".repeat(100)}`;
    assert.equal(
      frame(long, 1, 31, 4),
      `> 1 │ ${"a".repeat(30)}HERE${"b".repeat(19)}…\n    │ ${" ".repeat(30)}^^^^`,
    );
    const longer = `${"a".repeat(200)}HERE`;
    assert.equal(frame(longer, 1, 201, 4), `> 1 │ …${"a".repeat(19)}HERE\n    │ ${" ".repeat(20)}^^^^`);
  });

  test("what would move the cursor is shown as a replacement character", () => {
    assert.equal(frame("a\u001B[2J\u202Eb", 1, 1, 1), "> 1 │ a\uFFFD[2J\uFFFDb\n    │ ^");
  });

  test("no line is wider than the terminal", () => {
    const text = Array.from({ length: 3 }, () => "名".repeat(100)).join("\n");
    for (const line of frame(text, 2, 50, 3, 40).split("\n")) assert.ok(columnsOf(line) <= 40, line);
    for (const line of wrapped("some words and averyverylongword here", 10))
      assert.ok(columnsOf(line) <= 10 || !line.includes(" "), line);
  });
});
