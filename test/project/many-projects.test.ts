import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilerFor } from "../../src/project/compiler.js";
import { compilerHost } from "../../src/project/declarations.js";
import { findProjects } from "../../src/project/find.js";
import { loadProject } from "../../src/project/load.js";
import type { Project } from "../../src/project/project.js";
import { Workplace } from "../cli/workplace.js";
import { forgotten } from "../support/forgotten.js";

const options = '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true } }';
const dial = 'import net from "net";\nnet.connect(1);\n';

for (const typescript of ["typescript", undefined])
  describe(typescript === undefined ? "with our TypeScript" : "with the project's own TypeScript", () => {
    const { compiler, library } = at(typescript);
    const asked = () => compilerHost(compiler, {}).getSourceFile(library, compiler.ts.ScriptTarget.ES2022);

    test("a library is parsed once for programs that follow each other", () => {
      const first = asked();
      assert.match(first?.text ?? "", /<reference lib=/);
      for (let count = 0; count < 3; count++) assert.equal(asked(), first);
    });

    test("a library that nobody asks for any more is forgotten", () => {
      const first = asked();
      for (let count = 0; count < 8; count++) compilerHost(compiler, {});
      assert.notEqual(asked(), first);
    });

    test("nothing of a project's program is held when the next one begins", async () => {
      const place = new Workplace(
        {
          "a/tsconfig.json": options,
          "a/a.ts": dial,
          "b/tsconfig.json": options,
          "b/b.ts": dial,
        },
        typescript,
      );
      const cwd = place.directory;
      const { projects } = findProjects({ cwd, paths: [], tsconfigs: [], exclude: [], root: cwd });
      const [a, b] = projects as [Project, Project];
      const before = sourceOf(a);
      const after = sourceOf(b);
      assert.ok(await forgotten(before));
      assert.ok(await forgotten(after));
    });
  });

/** A source file that only the program of its project holds, which the type checker would hold. */
function sourceOf(project: Project): WeakRef<object> {
  const loaded = loadProject(project);
  try {
    const [portion] = loaded.portions([]);
    assert.equal(portion!.files.length, 1);
    return new WeakRef(portion!.files[0]!);
  } finally {
    loaded.close();
  }
}

function at(typescript: string | undefined) {
  const compiler = compilerFor(new Workplace({ "package.json": "{}" }, typescript).directory);
  assert.equal(compiler.kind, typescript === undefined ? "bundled" : "own");
  return {
    compiler,
    library: compilerHost(compiler, {}).getDefaultLibFileName({ target: compiler.ts.ScriptTarget.ES2022 }),
  };
}
