import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import * as runtime from "@tsocksify/runtime";
import { modules } from "../../src/tables/index.js";
import { nodeBinary, supportedMajors, type SupportedMajor } from "../support/node-versions.js";
import { allRows } from "./rows.js";

/** `Rnet.Socket` */
function inRuntime(form: string): unknown {
  return form
    .split(".")
    .reduce<unknown>((holder, name) => (holder as Record<string, unknown> | undefined)?.[name], runtime);
}

/** Does the running Node have what a row speaks of? The R-namespaces have the shape of its modules. */
function isHere(where: string): boolean {
  const [module, name] = where.split(".") as [string, string];
  if (!isBuiltin(module)) return true;
  return (process.getBuiltinModule(module) as unknown as Record<string, unknown>)[name] !== undefined;
}

test("every R-form in the tables is one of the runtime's", () => {
  const forms = allRows()
    .filter(({ where }) => isHere(where))
    .flatMap(({ where, row }) => ("becomes" in row && row.becomes ? [{ where, form: row.becomes }] : []));
  assert.ok(forms.length > 20);
  assert.deepEqual(
    forms.filter(({ form }) => !["function", "object"].includes(typeof inRuntime(form))),
    [],
  );
});

test("every R-namespace in the tables is one of the runtime's, and comes with a module to redirect to", () => {
  const namespaces = modules.filter(({ namespace }) => namespace);
  assert.ok(namespaces.length >= 5);
  for (const { module, namespace, redirect } of namespaces) {
    assert.equal(typeof inRuntime(namespace!), "object", namespace);
    assert.ok(redirect, module);
  }
  assert.deepEqual(
    modules.filter(({ namespace, redirect }) => redirect && !namespace),
    [],
  );
});

interface Shape {
  /** Of Node's module, and of the one that it is redirected to. */
  readonly required: readonly [string[], string[]];
  readonly imported: readonly [string[], string[]];
  readonly isOne: boolean;
}

const pairs = modules.flatMap(({ module, redirect }) => (redirect ? [module, redirect] : []));

function shapesIn(major: SupportedMajor): Record<string, Shape> | Error {
  try {
    const script = join(__dirname, "shapes.mjs");
    const env = { ...process.env, NODE_OPTIONS: "" };
    const args = ["--no-warnings", script, ...pairs];
    return JSON.parse(execFileSync(nodeBinary(major), args, { encoding: "utf8", env })) as Record<
      string,
      Shape
    >;
  } catch (error) {
    if (process.env.CI === "true" || !/could not be installed/.test(String(error))) throw error;
    return error as Error;
  }
}

for (const major of supportedMajors) {
  const shapes = shapesIn(major);
  const skip = shapes instanceof Error && shapes.message;

  test(`in Node ${major}, what is redirected has every name that it had`, { skip }, () => {
    assert.equal(Object.keys(shapes).length, pairs.length / 2);
    for (const [module, { required, imported, isOne }] of Object.entries(shapes as Record<string, Shape>)) {
      assert.deepEqual(required[1], required[0], `require of ${module}`);
      // A name that another Node has may be imported too: it is undefined.
      assert.deepEqual(
        imported[0].filter((name) => !imported[1].includes(name)),
        [],
        `import of ${module}`,
      );
      assert.ok(isOne, `${module} is one instance for import and require`);
    }
  });
}
