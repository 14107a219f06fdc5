import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { amqpClient, ldapts } from "../support/project.js";
import { compilers, Site, type CompilerName } from "./site.js";
import { lineOf, positionsOf } from "./source-positions.js";

const packages = [ldapts, amqpClient];

const emitted = {
  target: "es2022",
  types: ["node"],
  skipLibCheck: true,
  declaration: true,
  declarationMap: true,
  sourceMap: true,
  inlineSources: true,
};

/** An R-form, the module that they come from, or the import that they replace. */
const rewritten =
  /\bR(?:connect|listen|getsockname|net|tls|http|https|WebSocket|fetch)\b|@tsocksify\/runtime|tsocksify\./;
const replaced =
  /\bfrom ["'](?:node:)?(?:net|tls)["']|\b(?:net|tls)\.connect\b|\.connect\(|\b(?:WebSocket|fetch)\b|\bnet\b|\btls\b/;

function differingLines(a: string, b: string): string[] {
  const other = new Set(b.split("\n"));
  return a.split("\n").filter((line) => !other.has(line));
}

function checkPackage(compiler: CompilerName, { name, compilerOptions }: (typeof packages)[number]): void {
  const site = Site.ofPackage(compiler, name, { ...compilerOptions, ...emitted });
  try {
    const stock = site.tsc("-p", ".", "--outDir", "stock");
    const built = site.build("-p", "tsconfig.json", "--outDir", "built");
    assert.deepEqual(built, stock, "the same words and exit code");
    assert.deepEqual(site.litter(), []);

    const expected = site.tree("stock");
    const actual = site.tree("built");
    assert.deepEqual([...actual.keys()], [...expected.keys()], "the same files");
    let changed = 0;
    for (const [path, text] of expected) {
      const ours = actual.get(path)!;
      if (/\.d\.ts(?:\.map)?$/.test(path))
        assert.equal(ours, text, `${path}: declarations are equal to the byte`);
      if (!path.endsWith(".js")) continue;
      if (ours === text) {
        assert.equal(actual.get(`${path}.map`), expected.get(`${path}.map`), `${path}: its map is untouched`);
        continue;
      }
      changed++;
      for (const line of differingLines(ours, text))
        assert.match(line, rewritten, `${path}: only R-forms are new`);
      for (const line of differingLines(text, ours))
        assert.match(line, replaced, `${path}: nothing else is gone`);
      checkMap(site, path, [expected, text], [actual, ours]);
    }
    assert.ok(changed > 0, "something was rewritten");
  } finally {
    site.remove();
  }
}

type Outputs = ReadonlyMap<string, string>;

/** Position by position: what the compiler's own map says of every place that is not rewritten, ours says too. */
function checkMap(
  site: Site,
  path: string,
  [stock, plain]: [Outputs, string],
  [built, ours]: [Outputs, string],
): void {
  const expected = positionsOf(stock.get(`${path}.map`)!, plain);
  const json = built.get(`${path}.map`)!;
  const actual = positionsOf(json, ours);
  const source = site.read(`src/${path.replace(/\.js$/, ".ts")}`);
  const lines = source.split("\n");
  const { sourcesContent, sources } = JSON.parse(json) as { sourcesContent: string[]; sources: string[] };
  assert.deepEqual(sources, (JSON.parse(stock.get(`${path}.map`)!) as { sources: string[] }).sources);
  assert.deepEqual(sourcesContent, [source], `${path}: the map holds the user's text`);

  let compared = 0;
  for (const [position, texts] of expected) {
    const found = actual.get(position);
    const line = lines[lineOf(position)]!;
    if (replaced.test(line)) continue;
    assert.deepEqual(found, texts, `${path}: what comes from ${position} of: ${line}`);
    compared++;
  }
  assert.ok(compared > 100, `${compared} positions compared`);

  const calls = [...actual].filter(([, texts]) =>
    texts.some((text) => /\bR(?:connect|tls|net|WebSocket)\b/.test(text)),
  );
  for (const [position, texts] of calls) {
    const [line, column] = position.split(":").map(Number);
    const at = lines[line!]!.slice(column);
    assert.match(at, /^(?:connect|createConnection|WebSocket|fetch|Socket|net|tls|\w+)/, texts.join());
  }
  assert.ok(calls.length > 0, `${path}: rewritten calls are mapped`);
}

for (const compiler of compilers)
  describe(`tsocksify build beside ${compiler}`, () => {
    for (const each of packages)
      test(`${each.name}: JavaScript equal but for the rewrites, declarations equal, maps exact`, () =>
        checkPackage(compiler, each));
  });
