import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { startVsftpd, vsftpdSkip, type Vsftpd } from "../support/peers/vsftpd";
import { node, Project, type Output } from "../support/project";

// More than one segment, and nothing that repeats where a piece could be missing.
const contents = Array.from({ length: 40_000 }, (_, i) => `${i}\n`).join("");

/** The same program on Node's module and on the Berkeley face, and what becomes of its calls. */
const programs: Record<string, readonly string[]> = {
  net: ["Rconnect", "Rlisten", "Rgetsockname"],
  berkeley: ["Raccept", "Rbind", "Rconnect", "Rgetsockname", "Rlisten"],
};

describe("FTP's active mode, vsftpd connecting back through BIND", { skip: vsftpdSkip || danteSkip }, () => {
  let vsftpd: Vsftpd;
  let dante: Dante;
  let project: Project;

  before(async () => {
    vsftpd = await startVsftpd({ "numbers.txt": contents });
    // At an address of its own, by which vsftpd tells the proxy from the client.
    dante = await startDante({ host: "127.0.0.2" });
    project = await Project.create({ "package.json": '{ "type": "module" }' });
    for (const name of Object.keys(programs))
      await project.write(`src/${name}.ts`, await readFile(join(__dirname, "ftp", `${name}.ts`), "utf8"));
    const options = { module: "nodenext", strict: true, rootDir: "src" };
    const plain = await project.compilePlainly({ ...options, outDir: "plain" });
    assert.equal(plain.code, 0, plain.stdout);
    const { code, stdout, report } = await project.compile({ ...options, outDir: "dist" });
    assert.equal(code, 0, stdout);
    for (const [name, functions] of Object.entries(programs)) {
      const { rewrites } = report;
      const made = rewrites.filter(({ file }) => file.endsWith(`${name}.ts`)).map(({ to }) => to);
      assert.deepEqual([...new Set(made)].sort(), [...functions].sort());
    }
  });

  after(async () => {
    await project?.remove();
    await dante?.stop();
    await vsftpd?.stop();
  });

  const run = (program: string, env: NodeJS.ProcessEnv = {}): Promise<Output> =>
    node([join(project.directory, program), "127.0.0.1", String(vsftpd.port), "numbers.txt"], {
      env: { PATH: process.env.PATH, ...env },
      timeout: 30_000,
    });
  const downloadsOf = async (client: string): Promise<number> =>
    (await vsftpd.log()).split(`OK DOWNLOAD: Client "${client}"`).length - 1;

  for (const name of Object.keys(programs)) {
    test(`the program on ${name}, as it was written, is the client itself`, async () => {
      const before = await downloadsOf("127.0.0.1");
      const { code, stdout, stderr } = await run(`plain/${name}.js`);
      assert.equal(code, 0, stderr);
      assert.ok(stdout === contents);
      assert.equal(await downloadsOf("127.0.0.1"), before + 1);
    });

    for (const variable of ["SOCKS5_SERVER", "SOCKS4_SERVER"])
      test(`the program on ${name}, compiled, is a client of ${variable}'s`, async () => {
        const before = [await downloadsOf("127.0.0.1"), await downloadsOf("127.0.0.2")] as const;
        const { code, stdout, stderr } = await run(`dist/${name}.js`, {
          [variable]: `${dante.host}:${dante.port}`,
        });
        assert.equal(code, 0, stderr);
        assert.ok(stdout === contents);
        assert.equal(await downloadsOf("127.0.0.2"), before[1] + 1);
        assert.equal(await downloadsOf("127.0.0.1"), before[0], "nothing of it was direct");
      });
  }
});
