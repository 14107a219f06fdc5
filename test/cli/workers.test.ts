import assert from "node:assert/strict";
import { test } from "node:test";
import { Workplace } from "./workplace.js";

const files = {
  "tsconfig.json":
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": ["node"] }, "include": ["src"] }\n',
  "package.json": '{ "type": "module" }\n',
  "src/main.ts": `import { fork } from "node:child_process";
import { Worker } from "node:worker_threads";

export const thread = new Worker(new URL("./jobs/sum.js", import.meta.url));
export const script = new Worker(new URL("../scripts/report.js", import.meta.url));
export const child = fork("./src/jobs/sum.js");
`,
  // Nothing in it matters, so that it is never parsed.
  "src/jobs/sum.ts":
    "export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);\n",
  "scripts/report.js": "console.log(1);\n",
};

interface Report {
  readonly findings: readonly { readonly line: number; readonly code: string }[];
  readonly irrelevant: readonly { readonly line: number; readonly reason: string }[];
}

for (const typescript of ["typescript", "typescript-7.1"])
  test(`lint follows a worker into the project, and nowhere else (${typescript})`, () => {
    const workplace = new Workplace(files, typescript);
    try {
      const lint = (...paths: string[]): Report => {
        const { stdout, stderr } = workplace.tsocksify(["lint", "--reporter", "json", ...paths]);
        assert.notEqual(stdout, "", stderr);
        return JSON.parse(stdout) as Report;
      };
      const reported = ({ findings }: Report): unknown[] => findings.map(({ line, code }) => [line, code]);
      const inProject = lint("-p", ".");
      assert.deepEqual(reported(inProject), [[5, "SOCKS1011"]]);
      assert.deepEqual(
        inProject.irrelevant.filter(({ reason }) => /runs a file of this project/.test(reason)).length,
        2,
      );
      assert.deepEqual(reported(lint()), [], "scripts/report.js is looked at as well");
      assert.deepEqual(reported(lint("src/main.ts")), [
        [4, "SOCKS1011"],
        [5, "SOCKS1011"],
        [6, "SOCKS1010"],
      ]);
    } finally {
      workplace.remove();
    }
  });
