import assert from "node:assert/strict";
import { posix, win32, type PlatformPath } from "node:path";
import { describe, test } from "node:test";
import { namer, withSlashes } from "../../src/project/slashes.js";

const written: readonly [where: string, path: PlatformPath, written: string, read: string][] = [
  ["a pattern on Windows", win32, "src\\**\\*.ts", "src/**/*.ts"],
  ["a pattern with slashes on Windows", win32, "src/**/*.ts", "src/**/*.ts"],
  ["a file on Windows", win32, ".\\src\\net.ts", "./src/net.ts"],
  ["a drive", win32, "C:\\site\\src\\net.ts", "C:/site/src/net.ts"],
  ["a share", win32, "\\\\server\\site\\net.ts", "//server/site/net.ts"],
  ["a backslash in a pattern elsewhere", posix, "src/\\[id\\]/*.ts", "src/\\[id\\]/*.ts"],
  ["a backslash in a name elsewhere", posix, "a\\b.ts", "a\\b.ts"],
];

describe("with slashes", () => {
  for (const [where, path, before, after] of written)
    test(where, () => assert.equal(withSlashes(before, path), after));
});

const named: readonly [where: string, path: PlatformPath, folder: string, file: string, name: string][] = [
  ["as the compiler names it", win32, "C:\\site", "C:/site/src/net.ts", "src/net.ts"],
  ["as Node names it", win32, "C:\\site", "C:\\site\\src\\net.ts", "src/net.ts"],
  ["with the drive in the other case", win32, "c:\\site", "C:\\site\\src\\net.ts", "src/net.ts"],
  ["above the folder", win32, "C:\\site\\app", "C:\\site\\lib\\net.ts", "../lib/net.ts"],
  ["on another drive", win32, "C:\\site", "D:\\lib\\net.ts", "D:/lib/net.ts"],
  ["with a backslash elsewhere", posix, "/site", "/site/a\\b.ts", "a\\b.ts"],
];

describe("a report's name for a file", () => {
  for (const [where, path, folder, file, name] of named)
    test(where, () => assert.equal(namer(folder, path)(file), name));
});
