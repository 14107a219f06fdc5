import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ESLint as ESLint10, type Linter } from "eslint";
import { ESLint as ESLint9 } from "eslint-9";
import tseslint from "typescript-eslint";
import * as tsocksify from "../../src/hosts/eslint/index.js";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

const plugin = tsocksify as unknown as NonNullable<Linter.Config["plugins"]>[string];

const versions = { "ESLint 9": ESLint9 as unknown as typeof ESLint10, "ESLint 10": ESLint10 };

for (const [name, ESLint] of Object.entries(versions))
  describe(`the plugin of ${name}`, () => {
    let workplace: Workplace;
    before(() => {
      workplace = new Workplace(seeded, "typescript");
    });
    after(() => workplace.remove());

    const eslint = (parserOptions: object, rules: Linter.RulesRecord, fix = false): ESLint10 =>
      new ESLint({
        cwd: workplace.directory,
        overrideConfigFile: true,
        fix,
        overrideConfig: [
          {
            files: ["**/*.ts", "**/*.js"],
            languageOptions: { parser: tseslint.parser as Linter.Parser, parserOptions },
            plugins: { tsocksify: plugin },
            rules,
          },
        ],
      });
    const typed = (): object => ({
      projectService: { allowDefaultProject: ["tools/*.js"] },
      tsconfigRootDir: workplace.directory,
    });
    const messages = async (linter: ESLint10): Promise<string[]> =>
      (await linter.lintFiles(["src", "tools"])).flatMap(({ filePath, messages }) =>
        messages.map(
          ({ line, column, message }) =>
            `${filePath.slice(workplace.directory.length + 1)}:${line}:${column} ${message.slice(0, 44).trimEnd()}`,
        ),
      );

    test("with types it reports what lint reports, at the same places", async () => {
      assert.deepEqual(await messages(eslint(typed(), { "tsocksify/findings": "error" })), [
        "src/clock.ts:5:23 SOCKS1001: 'dgram.createSocket' uses datagra",
        "src/untyped.ts:3:9 SOCKS1004: 'thing.connect' may be a socket's",
      ]);
    });

    test("the recommended configuration is all that a flat one needs", async () => {
      const config: Linter.Config[] = [
        { files: ["**/*.ts", "**/*.js"], languageOptions: { parser: tseslint.parser as Linter.Parser } },
        tsocksify.configs.recommended as unknown as Linter.Config,
      ];
      const linter = new ESLint({
        cwd: workplace.directory,
        overrideConfigFile: true,
        overrideConfig: config,
      });
      assert.deepEqual(await messages(linter), [
        "src/clock.ts:5:23 SOCKS1001: 'dgram.createSocket' uses datagra",
      ]);
    });

    test("without types it knows what is imported", async () => {
      assert.deepEqual(
        await messages(eslint({}, { "tsocksify/findings": "error", "tsocksify/direct": "error" })),
        [
          "src/client.ts:4:22 'net.connect' connects directly; its R-form",
          "src/clock.ts:5:23 SOCKS1001: 'dgram.createSocket' uses datagra",
          "tools/ping.js:4:5 'net.connect' connects directly; its R-form",
        ],
      );
    });

    test("its options are those of the configuration, and others are refused", async () => {
      assert.deepEqual(
        await messages(eslint(typed(), { "tsocksify/findings": ["error", { any: "ignore" }] })),
        ["src/clock.ts:5:23 SOCKS1001: 'dgram.createSocket' uses datagra"],
      );
      await assert.rejects(
        messages(eslint({}, { "tsocksify/findings": ["error", { anny: "ignore" }] })),
        /anny/,
      );
    });

    test("modules of the options are known where nothing else matters, by package and by path", async () => {
      const modules = ["ffi-sockets", "./tools/sockets.js"];
      const rules: Linter.RulesRecord = {
        "tsocksify/findings": ["error", { modules, any: "ignore" }],
        "tsocksify/direct": ["error", { modules, any: "ignore" }],
      };
      const programs = {
        required: (from: string) =>
          `const { SOCK_DGRAM, connect } = require("${from}");\nmodule.exports = SOCK_DGRAM;\nconnect(3);\n`,
        imported: (from: string) =>
          `import { SOCK_DGRAM as type, connect } from "${from}";\nexport default type;\nconnect(3);\n`,
        whole: (from: string) =>
          `import * as c from "${from}";\nexport default c.SOCK_DGRAM;\nc.connect(3);\n`,
        shadowed: (from: string) =>
          `import { SOCK_DGRAM as connect } from "${from}";\nexport default connect;\n((connect) => 0 ||\nconnect(3))(Number);\n`,
      };
      for (const parserOptions of [typed(), {}])
        for (const specifier of ["ffi-sockets", "./sockets.js", "./others.js"])
          for (const [way, program] of Object.entries(programs)) {
            const [result] = await eslint(parserOptions, rules).lintText(program(specifier), {
              filePath: workplace.at("tools/ping.js"),
            });
            const all = [["tsocksify/findings", 2], ...(way === "shadowed" ? [] : [["tsocksify/direct", 3]])];
            assert.deepEqual(
              result?.messages.map(({ ruleId, line }) => [ruleId, line]),
              specifier === "./others.js" ? [] : all,
              `${way}, ${specifier}, ${Object.keys(parserOptions).length > 0 ? "with" : "without"} types`,
            );
          }
    });

    test("its fix writes what the codemod writes", async () => {
      const fixed = await eslint(typed(), { "tsocksify/direct": "error" }, true).lintFiles(["src", "tools"]);
      const outputs = Object.fromEntries(
        fixed.map(({ filePath, output }) => [filePath.slice(workplace.directory.length + 1), output]),
      );
      assert.equal(workplace.tsocksify(["codemod", "--write"]).code, 0);
      assert.equal(outputs["src/client.ts"], workplace.read("src/client.ts"));
      assert.equal(outputs["tools/ping.js"], workplace.read("tools/ping.js"));
      assert.equal(outputs["src/clock.ts"], undefined);
    });

    test("its fix mends a finding that has a safe edit, as lint --fix does", async () => {
      const text = 'import net from "net";\nnet.connect({ port: 80, localPort: 0 });\n';
      const rules: Linter.RulesRecord = { "tsocksify/findings": "error" };
      for (const parserOptions of [typed(), {}]) {
        const [result] = await eslint(parserOptions, rules, true).lintText(text, {
          filePath: workplace.at("tools/ping.js"),
        });
        assert.equal(result?.output, text.replace(", localPort: 0", ""));
      }
    });

    test("each rule goes by its own options", async () => {
      const text = "export const go = (thing) => thing.connect(80);\n";
      const rules: Linter.RulesRecord = {
        "tsocksify/findings": ["error", { any: "ignore" }],
        "tsocksify/direct": ["error", { any: "dispatch" }],
      };
      const [result] = await eslint(typed(), rules).lintText(text, {
        filePath: workplace.at("tools/ping.js"),
      });
      assert.deepEqual(
        result?.messages.map(({ ruleId }) => ruleId),
        ["tsocksify/direct"],
      );
    });
  });
