import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { Workplace } from "../cli/workplace.js";
import { missing } from "../support/peers/required.js";
import { repository } from "../support/user-folder.js";

const readme = readFileSync(join(repository, "README.md"), "utf8");

/** The text of the file that a block of the README is to become. */
function block(file: string): string {
  const [, text] =
    new RegExp(`\n\`\`\`yaml\n# ${file.replaceAll(".", "\\.")}\n(.*?)\n\`\`\``, "s").exec(readme) ?? [];
  assert.ok(text, file);
  return text;
}

const datagrams = 'import dgram from "node:dgram";\ndgram.createSocket("udp4");\n';

describe("the recipes of the README", { skip: process.platform === "win32" }, () => {
  let workplace: Workplace;
  before(() => {
    workplace = new Workplace({ "package.json": "{}\n", "src/ping.js": datagrams });
    workplace.install();
    workplace.commit();
  });
  after(() => workplace.remove());

  /** Runs the command of tsocksify as a runner does. */
  const run = (commands: readonly (string | undefined)[], env?: NodeJS.ProcessEnv) => {
    const own = commands.filter((command) => command?.includes("tsocksify"));
    assert.equal(own.length, 1);
    return workplace.run("sh", ["-e", "-c", own[0]!], { env: { npm_config_offline: "true", ...env } });
  };

  test("GitHub Actions: an annotation at the line, and a failed job", () => {
    const { jobs } = parse(block(".github/workflows/socks.yml")) as {
      readonly jobs: { readonly socks: { readonly steps: readonly { readonly run?: string }[] } };
    };
    const steps = jobs.socks.steps.map((step) => step.run);
    const { code, stdout } = run(steps, { GITHUB_ACTIONS: "true" });
    assert.equal(code, 1);
    assert.match(stdout, /^::error file=src\/ping\.js,line=2,/m);
  });

  test("GitLab CI: a JUnit report where its artifact is expected, and a failed job", () => {
    const { socks } = parse(block(".gitlab-ci.yml")) as {
      readonly socks: {
        readonly script: readonly string[];
        readonly artifacts: { readonly reports: { readonly junit: string } };
      };
    };
    const { code, stdout } = run(socks.script);
    assert.equal(code, 1);
    assert.match(stdout, /SOCKS1001/);
    assert.match(workplace.read(socks.artifacts.reports.junit), /<testsuites .*failures="1"/);
  });

  test(
    "pre-commit: what has a finding is not committed, what has none is",
    { skip: missing("pre-commit", "/usr/bin/pre-commit") },
    () => {
      workplace.write(".pre-commit-config.yaml", block(".pre-commit-config.yaml"));
      const env = { PRE_COMMIT_HOME: workplace.at(".git/pre-commit"), npm_config_offline: "true" };
      assert.equal(workplace.run("/usr/bin/pre-commit", ["install"], { env }).code, 0);
      const commit = (source: string) => {
        workplace.write("src/ping.js", source);
        workplace.git("add", "--all");
        const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        return workplace.run("git", [...identity, "commit", "--message", "change"], { env });
      };
      const refused = commit(`${datagrams}// changed\n`);
      assert.equal(refused.code, 1);
      assert.match(refused.stdout + refused.stderr, /tsocksify lint\.+Failed[^]*SOCKS1001/);
      const taken = commit('import net from "node:net";\nnet.connect(1);\n');
      assert.equal(taken.code, 0, taken.stderr);
      assert.match(taken.stdout + taken.stderr, /tsocksify lint\.+Passed/);
    },
  );
});
