import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import ts from "typescript";
import { listFixtures } from "../support/fixtures.js";
import { toolchains, Workplace } from "../support/toolchains.js";

/** Those with options of their own can't be in one program with others. */
const fixtures = listFixtures().filter(({ options }) => Object.keys(options).length === 0);

const formats = {
  CommonJS: { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
  ESM: { module: "esnext", moduleResolution: "bundler" },
} as const;

type Format = keyof typeof formats;

function tsconfig(typescript: string, format: Format, folder: string, plugins: object[]): string {
  const { ignoreDeprecations, ...module } = { ignoreDeprecations: undefined, ...formats[format] };
  return JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2023"],
      types: ["node"],
      strict: true,
      allowJs: true,
      esModuleInterop: true,
      skipLibCheck: true,
      jsx: "preserve",
      rootDir: folder,
      outDir: `${folder}-${format}`,
      ...module,
      ...(typescript === "typescript-6" ? { ignoreDeprecations } : {}),
      plugins,
    },
    include: [folder],
  });
}

/**
 * The tokens of an emitted program, where the runtime's names are written alike however they are brought in,
 * and without the imports of modules that nothing uses any more.
 */
function tokensOf(text: string): string[] {
  // As a module: `await (0, f)()` would be a call of `await` in a script.
  const module = `${text}\nexport {};`;
  const file = ts.createSourceFile("emitted.js", module, ts.ScriptTarget.Latest, true, ts.ScriptKind.JSX);
  const names = runtimeNames(file);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    if (ts.isSourceFile(node.parent ?? node) && (isImport(node) || isModuleMark(node))) return;
    const form = rform(node, names);
    if (form !== undefined) tokens.push(form);
    else if (node.getChildCount(file) === 0) tokens.push(node.getText(file).replace(/^'(.*)'$/s, '"$1"'));
    else node.getChildren(file).forEach(visit);
  };
  file.statements.forEach(visit);
  return tokens.filter((token) => token !== "");
}

/** Local names for what the runtime exports; `*` stands for all of it. */
function runtimeNames(file: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  const isRuntime = (node: ts.Node | undefined): boolean =>
    /["']@tsocksify\/runtime(?:\/berkeley)?["']/.test(node?.getText(file) ?? "");
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && isRuntime(statement.moduleSpecifier)) {
      const bindings = statement.importClause!.namedBindings!;
      if (ts.isNamespaceImport(bindings)) names.set(bindings.name.text, "*");
      else
        for (const { name, propertyName } of bindings.elements)
          names.set(name.text, (propertyName ?? name).text);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!isRuntime(initializer)) continue;
      if (ts.isIdentifier(name)) names.set(name.text, "*");
      else
        for (const element of name.elements)
          if (ts.isBindingElement(element))
            names.set(element.name.getText(file), (element.propertyName ?? element.name).getText(file));
    }
  }
  return names;
}

/** The R-form that `tsocksify.Rconnect`, `(0, runtime_1.Rconnect)` or a local name stands for. */
function rform(node: ts.Node, names: ReadonlyMap<string, string>): string | undefined {
  if (
    ts.isParenthesizedExpression(node) &&
    ts.isBinaryExpression(node.expression) &&
    node.expression.operatorToken.kind === ts.SyntaxKind.CommaToken &&
    node.expression.left.getText() === "0"
  )
    return rform(node.expression.right, names);
  if (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    names.get(node.expression.text) === "*"
  )
    return node.name.text;
  const local =
    ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
      ? names.get(node.text)
      : undefined;
  return local === "*" ? undefined : local;
}

/** What TypeScript writes to make a module of a file that has no other export. */
function isModuleMark(node: ts.Node): boolean {
  return node.getText() === "export {};";
}

function isImport(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    /^(?:const|var) \S.*= (?:__\w+\()?require\(["'](?:@tsocksify\/runtime(?:\/berkeley)?|(?:node:)?(?:net|tls|https?|http2))["']\)\)?;$/.test(
      node.getText(),
    )
  );
}

function emitted(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath.slice(folder.length), name).replace(/(?:in|out)put/, "put"),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

/** Fixtures whose *text* gets an import that plain `tsc` understands differently from what was there before. */
const aside = new Map<string, string>([
  ["require/untyped", "its text becomes a module by the import that it gets; as nodes it stays a script"],
]);

for (const toolchain of toolchains)
  describe(`every fixture through tspc: ${toolchain.name}`, () => {
    let workplace: Workplace;
    before(() => {
      workplace = new Workplace(toolchain);
      for (const { name, folder, input, output } of fixtures) {
        const manifest = join(folder, "package.json");
        if (existsSync(manifest)) workplace.copy(manifest, join("in", name, "package.json"));
        workplace.copy(input, join("in", name, basename(input)));
        workplace.copy(output, join("out", name, basename(output)));
      }
    });
    after(() => workplace.remove());

    for (const format of Object.keys(formats) as Format[])
      test(`${format}: what the plugin emits is what tsc emits of the expected output`, () => {
        workplace.write(
          `in.${format}.json`,
          tsconfig(toolchain.typescript, format, "in", [
            { transform: "tsocksify/transformer", report: `report.${format}.json` },
          ]),
        );
        workplace.write(`out.${format}.json`, tsconfig(toolchain.typescript, format, "out", []));
        const plugged = workplace.tspc("-p", `in.${format}.json`);
        const plain = workplace.tsc("-p", `out.${format}.json`);
        assert.equal(plugged.code, 2, plugged.output);
        const actual = emitted(join(workplace.directory, `in-${format}`));
        const expected = emitted(join(workplace.directory, `out-${format}`));
        assert.ok(expected.size >= fixtures.length, plain.output);
        assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort(), plugged.output);
        for (const [path, text] of expected)
          if (!aside.has(path.slice(1, -basename(path).length - 1)))
            assert.deepEqual(tokensOf(actual.get(path)!), tokensOf(text), `${path}: ${extname(path)}`);

        for (const { name, input, findings } of fixtures) {
          const wanted = JSON.parse(readFileSync(findings, "utf8")) as {
            findings: { code: string; line: number; column: number; suppressed?: string }[];
          };
          for (const { code, line, column } of wanted.findings.filter(({ suppressed }) => !suppressed))
            assert.match(
              plugged.output,
              new RegExp(
                `in/${name}/${basename(input)}\\(${line},${column}\\): (?:error|warning) TS9${code.slice(5)}: ${code}: `,
              ),
            );
        }
      });
  });
