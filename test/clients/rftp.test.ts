import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import net from "node:net";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { temporaryDirectory } from "../support/peers/daemon";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { startVsftpd, vsftpdSkip, type Vsftpd } from "../support/peers/vsftpd";
import { runClient, terminalSkip } from "./run";

// More than one segment, and nothing that repeats where a piece could be missing.
const contents = Array.from({ length: 40_000 }, (_, i) => `${i}\n`).join("");

let directory: { path: string; remove(): Promise<void> };
let folders = 0;

/** An empty folder. */
async function folder(): Promise<string> {
  const path = join(directory.path, String(folders++));
  await mkdir(path);
  return path;
}

before(async () => (directory = await temporaryDirectory("rftp")));
after(() => directory.remove());

describe("rftp at vsftpd, through Dante", { skip: vsftpdSkip || danteSkip }, () => {
  let vsftpd: Vsftpd;
  let dante: Dante;
  let host: string[];

  before(async () => {
    vsftpd = await startVsftpd(
      { "numbers.txt": contents, "dos.txt": "one\r\ntwo\r\n" },
      { passive: true, uploads: "in" },
    );
    // At an address of its own, by which vsftpd tells the proxy from the client.
    dante = await startDante({ host: "127.0.0.2" });
    host = ["127.0.0.1", String(vsftpd.port)];
  });

  after(async () => {
    await dante?.stop();
    await vsftpd?.stop();
  });

  for (const variable of ["SOCKS5_SERVER", "SOCKS4_SERVER"])
    for (const mode of ["passive", "active"])
      test(`lists, fetches, sends, deletes; ${mode}, ${variable}`, async () => {
        const cwd = await folder();
        await writeFile(join(cwd, "mine.txt"), contents);
        const name = `${mode}-${variable}.txt`;
        const input = `
# Over there
ls
get numbers.txt
get numbers.txt "a copy.txt"
cd in
pwd
put mine.txt ${name}
nlist
get ${name} -
delete ${name}
mkdir ${name}.d
quote RMD ${name}.d
bye
`;
        const before = (await vsftpd.log()).length;
        const { code, stdout, stderr } = await runClient(
          "rftp",
          [...(mode === "active" ? ["-A"] : []), ...host],
          {
            env: { [variable]: `${dante.host}:${dante.port}` },
            cwd,
            input,
          },
        );
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /numbers\.txt\n[^]*257 "\/in"[^]*\n/);
        assert.ok(stdout.includes(`\n${name}\n${contents}250 `), "the names, then the file");
        for (const file of ["numbers.txt", "a copy.txt"])
          assert.ok((await readFile(join(cwd, file), "utf8")) === contents);
        assert.deepEqual((await readdir(cwd)).sort(), ["a copy.txt", "mine.txt", "numbers.txt"]);
        const log = (await vsftpd.log()).slice(before);
        assert.equal(log.split('OK DOWNLOAD: Client "127.0.0.2"').length, 4);
        assert.equal(log.split('OK UPLOAD: Client "127.0.0.2"').length, 2);
        assert.ok(!log.includes('Client "127.0.0.1"'), "nothing was direct");
      });

  test("ascii: lines end as they do here, and over there as in the network", async () => {
    const cwd = await folder();
    const { code, stderr } = await runClient("rftp", host, {
      env: { SOCKS_SERVER: dante.url },
      cwd,
      input: "ascii\nget dos.txt\ncd in\nput dos.txt ascii.txt\nbinary\nget ascii.txt\ndelete ascii.txt\n",
    });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(await readFile(join(cwd, "ascii.txt"), "utf8"), "one\ntwo\n");
  });

  test("the first command that fails ends a batch, and leaves no file", async () => {
    const cwd = await folder();
    for (const [line, message] of [
      ["get nothing.txt", /^rftp: 550 .*\n$/],
      ["put nothing.txt", /^rftp: ENOENT: .*nothing\.txt'\n$/],
      ["get numbers.txt no/such/folder", /^rftp: ENOENT: .*\n$/],
      ["cd nowhere", /^rftp: 550 .*\n$/],
      ["put", /^rftp: usage: put local \[remote\]\n$/],
      ["cd a b", /^rftp: usage: cd path\n$/],
      ["fetch it", /^rftp: fetch: no such command; help lists them\n$/],
      ["toString", /^rftp: toString: no such command/],
      ["open 127.0.0.1", /^rftp: connected already: close\n$/],
    ] as const) {
      const { code, stdout, stderr } = await runClient("rftp", host, {
        env: { SOCKS_SERVER: dante.url },
        cwd,
        input: `${line}\npwd\n`,
      });
      assert.deepEqual([code, stdout], [1, ""], line);
      assert.match(stderr, message);
    }
    assert.deepEqual(await readdir(cwd), []);
  });

  test("through a proxy that has no BIND, active mode says so; the passive one works", async () => {
    const plain = await createSockd({ commands: ["CONNECT"] }).listen();
    const run = (...args: string[]) =>
      runClient("rftp", [...args, ...host], { env: { SOCKS_SERVER: plain.url }, input: "get dos.txt -\n" });
    const active = await run("--active");
    assert.deepEqual([active.code, active.stdout], [1, ""]);
    assert.match(active.stderr, /^rftp: bind EOPNOTSUPP .*\n$/);
    assert.deepEqual(await run(), { code: 0, stdout: "one\r\ntwo\r\n", stderr: "" });
    await plain.close();
  });
});

describe("rftp at a server of a few lines", () => {
  let sockd: Sockd;

  before(async () => (sockd = await createSockd().listen()));
  after(() => sockd.close({ grace: 0 }));

  type Answers = (line: string, control: net.Socket) => string;

  /** @returns its port */
  async function server(t: TestContext, greeting: string, answers: Answers): Promise<string> {
    const listening = net.createServer((control) => {
      control.on("error", () => {}).write(greeting);
      let rest = "";
      control.on("data", (bytes) => {
        const lines = (rest + String(bytes)).split("\r\n");
        rest = lines.pop()!;
        for (const line of lines) control.write(answers(line, control));
      });
    });
    listening.listen(0, "127.0.0.1");
    t.after(() => listening.close());
    await once(listening, "listening");
    return String((listening.address() as net.AddressInfo).port);
  }

  const ordinary: Readonly<Record<string, string>> = {
    USER: "331 password\r\n",
    PASS: "230 welcome\r\n",
    TYPE: "200 ok\r\n",
    QUIT: "221 bye\r\n",
    EPSV: "500 what?\r\n",
  };
  const verb = (line: string): string => ordinary[line.split(" ")[0]!] ?? "502 no\r\n";

  test("a greeting of many lines, in pieces; PASV where there is no EPSV, and never another host than that", async (t) => {
    const data = net.createServer((socket) => socket.on("error", () => {}).end("contents"));
    data.listen(0, "127.0.0.1");
    t.after(() => data.close());
    await once(data, "listening");
    const { port } = data.address() as net.AddressInfo;
    const at = await server(
      t,
      "120 soon\r\n220-hello\r\n 220 not yet\r\n221 nor now\r\n220 ready\r\n",
      (line) =>
        line === "PASV"
          ? `227 Entering (192,0,2,1,${port >> 8},${port & 0xff})\r\n`
          : line.startsWith("RETR")
            ? "150 here\r\n226 done\r\n"
            : verb(line),
    );
    const { code, stdout, stderr } = await runClient("rftp", ["127.0.0.1", at], {
      env: { SOCKS_SERVER: sockd.url },
      input: "get x -\n",
    });
    assert.deepEqual([code, stdout, stderr], [0, "contents", ""]);
    assert.ok(!sockd.sessions.some(({ destination }) => destination?.startsWith("192.0.2.1")));
  });

  test("a transfer that breaks leaves no file, nor does one that the server calls incomplete", async (t) => {
    for (const [ending, message] of [
      [(control: net.Socket) => (control.destroy(), ""), /^rftp: the server has closed the connection\n$/],
      [() => "426 broken\r\n", /^rftp: 426 broken\n$/],
    ] as const) {
      const data = net.createServer((socket) => {
        socket.on("error", () => {}).end("half of the contents", () => control?.write(ending(control)));
      });
      let control: net.Socket | undefined;
      data.listen(0, "127.0.0.1");
      t.after(() => data.close());
      await once(data, "listening");
      const at = await server(t, "220 hello\r\n", (line, socket) => {
        control = socket;
        if (line === "EPSV") return `229 Entering (|||${(data.address() as net.AddressInfo).port}|)\r\n`;
        return line.startsWith("RETR") ? "150 here\r\n" : verb(line);
      });
      const cwd = await folder();
      const { code, stderr } = await runClient("rftp", ["127.0.0.1", at], {
        env: { SOCKS_SERVER: sockd.url },
        cwd,
        input: "get x\n",
      });
      assert.equal(code, 1);
      assert.match(stderr, message);
      assert.deepEqual(await readdir(cwd), []);
    }
  });

  for (const [what, greeting, message] of [
    ["that speaks something else", "SSH-2.0-x\r\n", /^rftp: the server does not speak FTP: SSH-2\.0-x\n$/],
    ["that is busy", "421 come back later\r\n", /^rftp: 421 come back later\n$/],
    ["whose answer has no end", `220-${"x".repeat(70_000)}`, /^rftp: the server's answer has no end\n$/],
  ] as const)
    test(`a server ${what}`, async (t) => {
      const at = await server(t, greeting, verb);
      const { code, stdout, stderr } = await runClient("rftp", ["127.0.0.1", at], {
        env: { SOCKS_SERVER: sockd.url },
        input: "",
      });
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
    });

  test(
    "at a terminal it asks who you are, does not show the password, and goes on after a fault",
    { skip: terminalSkip },
    async (t) => {
      const told: string[] = [];
      const at = await server(t, "220 hello\r\n", (line) => {
        told.push(line);
        return verb(line);
      });
      const { code, stdout } = await runClient("rftp", ["127.0.0.1", at], {
        env: { SOCKS_SERVER: sockd.url },
        terminal: true,
        dialogue: [
          [/Name \(127\.0\.0\.1:anonymous\): /, "joe\r"],
          [/Password: /, "secret\r"],
          [/rftp> /, "cd x\r"],
          [/^[^]*502 no\r\n[^]*rftp> /, "quit\r"],
        ],
      });
      assert.equal(code, 0, stdout);
      assert.deepEqual(told, ["USER joe", "PASS secret", "CWD x", "QUIT"]);
      assert.doesNotMatch(stdout, /secret/);
      assert.equal(stdout.split("502 no").length, 2, "told once");
    },
  );

  test("without a proxy it connects to nothing", async (t) => {
    const at = await server(t, "220 hello\r\n", () => assert.fail("a command"));
    const { code, stdout, stderr } = await runClient("rftp", ["127.0.0.1", at], { input: "pwd\n" });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^rftp: connect ESOCKSNOCONF .*\n$/);
  });
});

for (const [args, message] of [
  [["-x"], /^rftp: unknown option '-x'\n$/],
  [["host", "ftp"], /^rftp: .*A port is a number from 1 to 65535\.\n$/],
] as const)
  test(`rftp ${args.join(" ")}: one line, exit code 2`, async () => {
    const { code, stdout, stderr } = await runClient("rftp", args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, message);
  });
