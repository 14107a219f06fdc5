import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { expectation } from "../support/fixtures.js";
import { assertKeepsTo } from "../support/schema.js";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

const snapshots = resolve(__dirname, "snapshots");
const sarifSchema = require
  .resolve("@microsoft/jest-sarif/package.json")
  .replace("package.json", "lib/schemas/sarif-2.1.0-rtm.5.json");

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: object;
    }[];
  }[];
}

function snapshot(name: string, actual: string): void {
  assert.equal(actual, expectation(join(snapshots, `${name}.snap`), actual));
}

describe("the reporters on a seeded repository", () => {
  let workplace: Workplace;
  let pretty: string;
  const written = (reporter: string): string => workplace.read(`out/socks.${reporter}`);
  before(() => {
    workplace = new Workplace(seeded, "typescript");
    const others = ["json", "sarif", "github", "junit"].flatMap((name) => [
      "--reporter",
      `${name}=out/socks.${name}`,
    ]);
    const { code, stdout, stderr } = workplace.tsocksify(["lint", "--reporter", "pretty", ...others]);
    assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
    pretty = stdout;
  });
  after(() => workplace.remove());

  test("pretty shows each finding in its code, the tally and what to do next", () =>
    snapshot("pretty", pretty));

  test("pretty has colours when they are forced, and the same text without them", () => {
    const { stdout } = workplace.tsocksify(["lint"], { env: { FORCE_COLOR: "1" } });
    const escapes = new RegExp(String.raw`\u001B\[\d+m`, "g");
    assert.ok((stdout.match(escapes)?.length ?? 0) > 20);
    assert.equal(stdout.replace(escapes, ""), pretty);
  });

  test("json is the whole report, and keeps to its schema", () => {
    snapshot("json", written("json"));
    assertKeepsTo("report", written("json"));
  });

  test("sarif validates against the schema of SARIF 2.1.0, and its rules are those of its results", () => {
    const log = JSON.parse(written("sarif")) as Sarif;
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    addFormats(ajv);
    // Draft 4, which names the schema by another keyword; what it uses otherwise means the same in draft 7.
    const { $schema, id, ...schema } = JSON.parse(readFileSync(sarifSchema, "utf8")) as Record<
      string,
      unknown
    >;
    assert.match(`${String($schema)} ${String(id)}`, /draft-04.* .*sarif-2\.1\.0/);
    const validate = ajv.compile(schema);
    assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 1));
    const [run] = log.runs;
    const { rules } = run!.tool.driver;
    for (const { ruleId, ruleIndex } of run!.results) assert.equal(rules[ruleIndex]!.id, ruleId);
    // The catalogue of rules has tests of its own.
    snapshot("sarif", `${JSON.stringify(run!.results, undefined, 2)}\n`);
  });

  test("github writes a workflow command for each finding", () => snapshot("github", written("github")));

  test("junit has a failure for each error", () => snapshot("junit", written("junit")));

  test("inside GitHub Actions the annotations are chosen by themselves", () => {
    const { stdout } = workplace.tsocksify(["lint"], { env: { GITHUB_ACTIONS: "true" } });
    assert.equal(stdout, written("github"));
    const below = workplace.tsocksify(["lint"], {
      cwd: "src",
      env: { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: workplace.directory },
    });
    assert.match(below.stdout, /^::error file=src\/[^/,]+,line=/m);
  });

  test("nothing in a report tells where it was made", () => {
    for (const reporter of ["json", "sarif", "github", "junit"])
      assert.ok(!written(reporter).includes(workplace.directory), reporter);
  });

  test("fingerprints stay when lines are added above, and when the finding is indented anew", () => {
    const fingerprints = (text: string): unknown[] =>
      (JSON.parse(text) as Sarif).runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints);
    const text = seeded["src/clock.ts"];
    workplace.write("src/clock.ts", `// A line.\n\n${text.replaceAll("\t", "        ")}`);
    const { stdout } = workplace.tsocksify(["lint", "--reporter", "sarif"]);
    assert.deepEqual(fingerprints(stdout), fingerprints(written("sarif")));
  });
});
