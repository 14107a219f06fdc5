import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { findProjects } from "../../src/project/find.js";
import { walk } from "../../src/project/walk.js";
import { UserFolder } from "../support/user-folder.js";

describe("what vanishes while a tree is looked at", () => {
  let tree: UserFolder;
  beforeEach(() => {
    tree = new UserFolder("gone");
    tree.write("kept.js", "fetch('http://a');\n");
    tree.write("gone/a.js", "fetch('http://a');\n");
  });
  afterEach(() => tree.remove());

  test("a folder is passed over", () => {
    const { sources } = walk(tree.directory, (path) => {
      if (path.endsWith("/gone/")) rmSync(path, { recursive: true });
      return false;
    });
    assert.deepEqual(sources, [tree.at("kept.js")]);
  });

  /** @param between runs when the tree has been walked, and no file been read */
  const found = (paths: readonly string[], between: () => void): ReturnType<typeof findProjects> =>
    findProjects({
      cwd: tree.directory,
      root: tree.directory,
      paths,
      tsconfigs: [],
      exclude: [],
      get modules() {
        between();
        return [];
      },
    });
  const remove = (): void => rmSync(tree.at("gone/a.js"));

  test("a file that was found is passed over, and nothing says that it was looked at", () => {
    const { sources, problems } = found([], remove);
    assert.deepEqual([sources, problems], [[tree.at("kept.js")], []]);
  });

  test("a file that was named is missing", () =>
    assert.throws(() => found(["gone/a.js"], remove), /^InputError: no such file: gone\/a\.js$/));

  test("a file that a tsconfig.json lists is missing", () => {
    tree.write("tsconfig.json", '{ "compilerOptions": { "allowJs": true }, "files": ["gone/a.js"] }');
    assert.throws(() => found([], remove), /gone\/a\.js, which a tsconfig\.json lists$/);
  });

  test("a file whose name is no Unicode is there, and can't be read", () => {
    mkdirSync(tree.at("odd"));
    writeFileSync(
      Buffer.concat([Buffer.from(join(tree.at("odd"), "a")), Buffer.from([0xff]), Buffer.from(".js")]),
      "fetch(1)",
    );
    const { problems } = found([], () => undefined);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["can't be read: ENOENT"],
    );
  });
});
