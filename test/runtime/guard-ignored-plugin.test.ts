import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { UserFolder } from "../support/user-folder.js";

/** What tsc makes of a program whose plugin it ignores: two connections, neither of them rewritten. */
const program = `
const { SOCKSinit } = require("@tsocksify/runtime");
const net = require("node:net");
SOCKSinit("test", { proxy: "socks5://127.0.0.1:9", guard: "kill" });
for (const port of [7, 9]) net.connect(port, "127.0.0.1").on("error", () => {});
`;
const entry =
  '{\n  "compilerOptions": {\n    "plugins": [{ "transform": "tsocksify/transformer" }]\n  }\n}\n';

interface Case {
  readonly claim: string;
  readonly tsconfig: string;
  readonly typescript?: string;
  readonly isTold: boolean;
}

const cases: readonly Case[] = [
  { claim: "TypeScript 7.0 ignored it", tsconfig: entry, typescript: "7.0.2", isTold: true },
  { claim: "TypeScript 7.1 ignored it", tsconfig: entry, typescript: "7.1.0-beta", isTold: true },
  { claim: "TypeScript 6 has plugins", tsconfig: entry, typescript: "6.0.3", isTold: false },
  { claim: "nobody knows which TypeScript it was", tsconfig: entry, isTold: false },
  {
    claim: "the entry is commented out",
    tsconfig: entry.replace(/^( +)"plugins/m, '$1// "plugins'),
    typescript: "7.0.2",
    isTold: false,
  },
];

describe("where tsconfig.json names the plugin, the guard's warning says why nothing was rewritten", () => {
  for (const { claim, tsconfig, typescript, isTold } of cases)
    test(`${claim}: ${isTold ? "once" : "no word of it"}`, () => {
      const folder = new UserFolder("guard");
      try {
        folder.write("tsconfig.json", tsconfig);
        folder.write("dist/main.js", program);
        folder.linkPackage("@tsocksify/runtime");
        if (typescript !== undefined)
          folder.write(
            "node_modules/typescript/package.json",
            JSON.stringify({ name: "typescript", version: typescript }),
          );
        const { stderr } = spawnSync(process.execPath, [folder.at("dist/main.js")], { encoding: "utf8" });
        assert.equal(stderr.match(/SocksGuardWarning: a direct TCP connection/g)?.length, 2, stderr);
        const told = `${folder.at("tsconfig.json")} names the plugin tsocksify/transformer, but TypeScript ${typescript} ignores plugins`;
        assert.equal(stderr.split(told).length - 1, isTold ? 1 : 0, stderr);
      } finally {
        folder.remove();
      }
    });
});
