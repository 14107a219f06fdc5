import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, describe, test, type TestContext } from "node:test";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { startTelnetd, telnetdSkip, type Telnetd } from "../support/peers/telnetd";
import { runClient, terminalSkip } from "./run";

describe("rtelnet at Debian's telnetd, through Dante", { skip: telnetdSkip || danteSkip }, () => {
  let telnetd: Telnetd;
  let dante: Dante;

  before(async () => {
    telnetd = await startTelnetd('printf "name? "; read name; echo "hello $name, at a $TERM, $(stty size)"');
    dante = await startDante();
  });

  after(async () => {
    await dante?.stop();
    await telnetd?.stop();
  });

  for (const variable of ["SOCKS5_SERVER", "SOCKS4_SERVER"])
    test(`standard input is a pipe, ${variable}`, async () => {
      const { code, stdout, stderr } = await runClient("rtelnet", ["127.0.0.1", String(telnetd.port)], {
        env: { [variable]: `127.0.0.1:${dante.port}` },
        dialogue: [[/name\? /, "joe\n"]],
      });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /hello joe, at a vt100, 0 0\r\n$/);
    });

  test(
    "standard input is a terminal: the other side echoes, and knows its type and size",
    { skip: terminalSkip },
    async () => {
      const { code, stdout } = await runClient("rtelnet", ["-p", String(telnetd.port), "127.0.0.1"], {
        env: { SOCKS_SERVER: dante.url },
        terminal: true,
        dialogue: [[/name\? /, "joe\r"]],
      });
      assert.equal(code, 0, stdout);
      assert.match(
        stdout,
        /^Connected to 127\.0\.0\.1\.\r\n[^]*name\? joe\r+\n[^]*hello joe, at a vt100, 33 77\r+\n/,
      );
      assert.match(stdout, /Connection closed\.\r\n$/);
    },
  );

  test("^] leads to commands of its own", { skip: terminalSkip }, async () => {
    const { code, stdout } = await runClient("rtelnet", ["127.0.0.1", String(telnetd.port)], {
      env: { SOCKS_SERVER: dante.url },
      terminal: true,
      dialogue: [
        [/name\? /, "\x1d"],
        [/rtelnet> /, "status\r"],
        [/port \d+\.\r\n/, "jo"],
        [/jo/, "\x1d"],
        [/rtelnet> /, "nonsense\r"],
        [/send brk\|ip\|ayt/, "\x1d"],
        [/rtelnet> /, "quit\r"],
      ],
    });
    assert.equal(code, 0, stdout);
    assert.doesNotMatch(stdout, /hello/);
    assert.match(stdout, /Connection closed\.\r\n$/);
  });
});

describe("rtelnet at a server that does what telnetd never would", () => {
  let sockd: Sockd;

  before(async () => (sockd = await createSockd().listen()));
  after(() => sockd.close({ grace: 0 }));

  /** @returns what the client has sent to a server that says `pieces`, one after the other, and what it has shown */
  async function against(t: TestContext, pieces: readonly number[][], input = "", args: string[] = []) {
    let received = Buffer.alloc(0);
    const server = net.createServer((socket) => {
      socket.on("error", () => {}).on("data", (bytes) => (received = Buffer.concat([received, bytes])));
      void (async () => {
        socket.setNoDelay();
        for (const piece of pieces) {
          socket.write(Buffer.from(piece));
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        socket.end();
      })();
    });
    server.listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const output = await runClient("rtelnet", [...args, "127.0.0.1", String(port)], {
      env: { SOCKS_SERVER: sockd.url },
      input,
    });
    assert.equal(output.code, 0, output.stderr);
    return { sent: [...received], stdout: output.stdout };
  }

  const [WILL, WONT, DO, DONT, SB, SE, IAC] = [251, 252, 253, 254, 250, 240, 255] as const;
  const text = (words: string): number[] => [...Buffer.from(words, "latin1")];

  test("every option that it does not have is declined, once", async (t) => {
    const { sent } = await against(t, [
      [IAC, WILL, 99],
      [IAC, DO, 99, IAC, DO, 31],
      [IAC, WONT, 99, IAC, DONT, 99],
    ]);
    assert.deepEqual(sent, [IAC, DONT, 99, IAC, WONT, 99, IAC, WONT, 31]);
  });

  test("options that are on already are not answered again, so that nothing loops", async (t) => {
    const { sent } = await against(t, [
      [IAC, WILL, 1, IAC, WILL, 1, IAC, WILL, 3],
      [IAC, DO, 3, IAC, DO, 3, IAC, WONT, 1, IAC, WONT, 1],
    ]);
    assert.deepEqual(sent, [IAC, DO, 1, IAC, DO, 3, IAC, WILL, 3, IAC, DONT, 1]);
  });

  test("commands in pieces are no text, a doubled 255 and CR NUL are", async (t) => {
    const { stdout, sent } = await against(t, [
      text("a"),
      [IAC],
      [WILL],
      [99, 98, IAC],
      [IAC, 13],
      [0, 99],
      [IAC, 241, 100],
    ]);
    assert.deepEqual(
      [Buffer.from(stdout, "utf8").length > 0, stdout.replace("\ufffd", "?")],
      [true, "ab?\rcd"],
    );
    assert.deepEqual(sent, [IAC, DONT, 99]);
  });

  test("the terminal's type is told when asked for, and a subnegotiation without end does no harm", async (t) => {
    const { sent, stdout } = await against(t, [
      [IAC, SB, 24, 1, IAC, SE, IAC, DO, 24],
      [IAC, SB, 24, 1, IAC, SE, IAC, SB, 24, ...Array<number>(5000).fill(7), IAC, SE],
      text("on"),
    ]);
    assert.deepEqual(sent, [IAC, WILL, 24, IAC, SB, 24, 0, ...text("vt100"), IAC, SE]);
    assert.equal(stdout, "on");
  });

  test("lines are sent with CR LF, and a byte 255 is doubled", async (t) => {
    const { sent } = await against(t, [[], [], []], "one\ntwo\r\n");
    assert.deepEqual(sent, text("one\r\ntwo\r\n"));
  });

  test("-N closes the sending side at the end of the input", async (t) => {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      let heard = "";
      socket.on("error", () => {}).on("data", (bytes) => (heard += String(bytes)));
      socket.on("end", () => socket.end(`${heard.trim()}!`));
    });
    server.listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const { code, stdout } = await runClient("rtelnet", ["-N", "127.0.0.1", String(port)], {
      env: { SOCKS_SERVER: sockd.url },
      input: "hello\n",
    });
    assert.deepEqual([code, stdout], [0, "hello!"]);
  });

  test("it fails in one line where it cannot connect, and never goes directly", async (t) => {
    const server = net.createServer(() => assert.fail("a connection"));
    server.listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const open = String((server.address() as net.AddressInfo).port);
    for (const [env, port, message] of [
      [{}, open, /^rtelnet: connect ESOCKSNOCONF .*\n$/],
      [{ SOCKS_SERVER: "http://gate" }, open, /^rtelnet: SOCKSinit ESOCKSBADCONF: .*\n$/],
      [{ SOCKS_SERVER: sockd.url }, "1", /^rtelnet: connect ECONNREFUSED 127\.0\.0\.1:1\n$/],
    ] as const) {
      const { code, stdout, stderr } = await runClient("rtelnet", ["127.0.0.1", port], { env });
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
    }
  });
});

for (const [args, message] of [
  [[], /^rtelnet: missing required argument 'host'\n$/],
  [["-x", "host"], /^rtelnet: unknown option '-x'\n$/],
  [["host", "telnet"], /^rtelnet: .*A port is a number from 1 to 65535\.\n$/],
  [["-e", "ab", "host"], /^rtelnet: .*It is written as \^\] is\.\n$/],
  [["host", "23", "more"], /^rtelnet: too many arguments.*\n$/],
] as const)
  test(`rtelnet ${args.join(" ")}: one line, exit code 2`, async () => {
    const { code, stdout, stderr } = await runClient("rtelnet", args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, message);
  });
