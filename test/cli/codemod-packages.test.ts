import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { before, describe, test } from "node:test";
import ts from "typescript";
import { corpusPackage, installCorpus } from "../support/corpus.js";
import { Workplace } from "./workplace.js";

/** Published packages that open sockets, in JavaScript of both module systems and in TypeScript. */
const packages = [
  "ws",
  "pg",
  "mysql2",
  "ioredis",
  "axios",
  "got",
  "nodemailer",
  "basic-ftp",
  "amqplib",
  "ldapts",
  "@cloudamqp/amqp-client",
  "http-proxy-agent",
];

/** Where a package ships neither types nor modules, its text must at least parse. */
function parseErrors(name: string, text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics
    .filter(({ code }) => code < 2000)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("the codemod on published packages", () => {
  before(installCorpus);
  for (const name of packages)
    test(`${name}: parses afterwards, a second run changes nothing, and every byte comes back`, () => {
      const workplace = new Workplace({}, "typescript");
      try {
        const { folder } = corpusPackage(name, []);
        cpSync(folder, workplace.directory, {
          recursive: true,
          filter: (path) => !path.slice(folder.length).includes("node_modules"),
        });
        // Some ship a tsconfig.json that extends what they don't ship.
        workplace.write(
          "tsconfig.json",
          '{ "compilerOptions": { "allowJs": true, "module": "nodenext" } }\n',
        );
        const before = workplace.contents();
        const written = workplace.tsocksify(["codemod", "--write"]);
        assert.equal(written.code, 0, written.stderr);
        const after = workplace.contents();
        const changed = Object.keys(after).filter((path) => after[path] !== before[path] && path in before);
        assert.ok(changed.length > 0, written.stderr);
        for (const path of changed) assert.deepEqual(parseErrors(path, workplace.read(path)), [], path);

        const again = workplace.tsocksify(["codemod", "--write"]);
        assert.equal(again.code, 0, again.stderr);
        assert.deepEqual(workplace.contents(), after);

        const reversed = workplace.tsocksify(["codemod", "--reverse", "--write"]);
        assert.equal(reversed.code, 0, reversed.stderr);
        assert.deepEqual(workplace.contents(), before);
      } finally {
        workplace.remove();
      }
    });
});
