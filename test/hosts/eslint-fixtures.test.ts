import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Linter } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import ts from "typescript";
import tseslint from "typescript-eslint";
import * as tsocksify from "../../src/hosts/eslint/index.js";
import { listFixtures, type Fixture } from "../support/fixtures.js";
import { createProgram, textOf } from "../support/program.js";
import { repository } from "../support/user-folder.js";

const plugin = tsocksify as unknown as NonNullable<Linter.Config["plugins"]>[string];

interface Summary {
  readonly tally: { readonly rewritten: number };
  readonly findings: readonly {
    code: string;
    line: number;
    column: number;
    message: string;
    suppressed?: string;
  }[];
}

const linters = {
  "ESLint 9": new Linter9({ configType: "flat", cwd: repository }) as unknown as Linter,
  "ESLint 10": new Linter({ configType: "flat", cwd: repository }),
};
const programs = new Map<Fixture, ts.Program>();

function configOf(fixture: Fixture): Linter.Config[] {
  const program = programs.get(fixture) ?? createProgram(ts, [fixture.input]);
  programs.set(fixture, program);
  const jsx = /\.[jt]sx$/.test(fixture.input);
  const languageOptions = {
    parser: tseslint.parser as Linter.Parser,
    parserOptions: { programs: [program], ecmaFeatures: { jsx } },
  };
  const rules: Linter.RulesRecord = {
    "tsocksify/findings": ["error", fixture.options],
    "tsocksify/direct": ["error", fixture.options],
  };
  return [
    {
      files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
      languageOptions,
      plugins: { tsocksify: plugin },
      rules,
    },
  ];
}

for (const [name, linter] of Object.entries(linters))
  describe(`fixtures through ${name}, with types`, () => {
    for (const fixture of listFixtures())
      test(fixture.name, () => {
        const messages = linter.verify(textOf(fixture.input), configOf(fixture), fixture.input);
        assert.deepEqual(
          messages.filter(({ ruleId }) => ruleId === null),
          [],
        );
        const { tally, findings } = JSON.parse(readFileSync(fixture.findings, "utf8")) as Summary;
        assert.deepEqual(
          messages
            .filter(({ ruleId }) => ruleId === "tsocksify/findings")
            .map(({ line, column, message }) => `${line}:${column} ${message}`)
            .sort(),
          findings
            .filter(({ suppressed }) => !suppressed)
            .map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}.`)
            .sort(),
        );
        const direct = messages.filter(({ ruleId }) => ruleId === "tsocksify/direct");
        assert.equal(direct.length, tally.rewritten);
      });
  });

test("ESLint makes a fix of more than one edit whole", () => {
  const fixture = listFixtures().find(({ name }) => name === "contract/socksinit")!;
  const [config] = configOf(fixture);
  const { output } = linters["ESLint 10"].verifyAndFix(
    textOf(fixture.input),
    [{ ...config, rules: { "tsocksify/findings": "error" } }],
    fixture.input,
  );
  assert.match(output, /^import \{ SOCKSinit } from '@tsocksify\/runtime'$/m);
  assert.match(output, /\{ \/\/ finger\n {2}SOCKSinit\('input'\)\n {2}\/\/ The port is finger's\.\n/);
});
