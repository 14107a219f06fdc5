import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { Workplace } from "../cli/workplace";
import { corpusFolder, corpusPackage } from "../support/corpus";
import type { Dante } from "../support/peers/dante";
import { node } from "../support/project";
import { repository } from "../support/user-folder";

const pem = (name: string): string => join(repository, "test/runtime/certificates", `${name}.pem`);

/** Paths of PEM files: of a server that is localhost, and of who says so. */
export const certificates = { ca: pem("ca"), cert: pem("server"), key: pem("server-key") };

/**
 * A published client as it is installed, the codemod run over it, and a program that uses it.
 *
 * @param name a package of the corpus; it is in the folder `client` afterwards
 * @param program the body of an async function of `options`, in a CommonJS module; returns what to tell
 */
export function publishedClient(name: string, program: string): Workplace {
  const workplace = new Workplace({ "program.cjs": framed(program), "package.json": "{}" }, "typescript");
  const { folder, dependencies } = corpusPackage(name, []);
  cpSync(folder, workplace.at("client"), { recursive: true });
  for (const dependency of dependencies) workplace.linkPackage(dependency, corpusFolder(dependency));
  workplace.linkPackage("@tsocksify/runtime", join(repository, "src/runtime"));
  workplace.write("tsconfig.json", '{ "compilerOptions": { "allowJs": true, "module": "nodenext" } }\n');
  const { code, stderr } = workplace.tsocksify(["codemod", "--write"]);
  assert.equal(code, 0, stderr);
  return workplace;
}

const framed = (program: string): string => `
const { SOCKSinit, SOCKSreport } = require("@tsocksify/runtime");
SOCKSinit("client", { guard: "report" });
process.on("unhandledRejection", (error) => { throw error; });
(async (options) => {${program}})(JSON.parse(process.argv[2])).then((result) => {
  const { proxied, direct, datagrams, queries } = SOCKSreport();
  console.log(JSON.stringify({ ...result, guard: { proxied, others: direct + datagrams + queries } }));
});
`;

/**
 * Runs the program of a {@link publishedClient}.
 *
 * @returns what it told, and what the guard counted: connections through the proxy, and whatever else
 */
export async function resultOf(workplace: Workplace, dante: Dante, options: object): Promise<unknown> {
  const { code, stdout, stderr } = await node([workplace.at("program.cjs"), JSON.stringify(options)], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: certificates.ca,
      SOCKS5_SERVER: `${dante.host}:${dante.port}`,
    },
    timeout: 60_000,
  });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}
