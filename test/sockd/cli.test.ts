import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { listen, port16 } from "./support";

const program = join(__dirname, "../../bin/sockd.js");

function sockd(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (output.out += String(chunk)));
  child.stderr.on("data", (chunk) => (output.err += String(chunk)));
  const exit = once(child, "close") as Promise<[number | null, string | null]>;
  const port = async () => {
    while (!/listens at/.test(output.out)) await once(child.stdout, "data");
    return Number(/:(\d+) /.exec(output.out)![1]);
  };
  return { child, output, exit, port };
}

for (const { args, message } of [
  { args: ["--no-such-option"], message: "Unknown option '--no-such-option'" },
  { args: ["--port", "x"], message: '--port: a whole number up to 65535 is expected, not "x"' },
  { args: ["--allow", "10.0.0.0/64"], message: '"10.0.0.0/64" is no rule: no such network' },
  { args: ["--user", "nopassword"], message: "--user: user:value is expected" },
  { args: ["extra"], message: "Unexpected argument 'extra'" },
]) {
  test(`sockd ${args.join(" ")}: one line, exit code 2`, async (t) => {
    const { exit, output } = sockd(t, ...args);
    assert.deepEqual(await exit, [2, null]);
    assert.equal(output.out, "");
    const lines = output.err.trimEnd().split("\n");
    assert.equal(lines.length, 1);
    assert.ok(lines[0]!.startsWith(`sockd: ${message}`), lines[0]);
  });
}

test("sockd --help says what it is for and exits with 0", async (t) => {
  const { exit, output } = sockd(t, "--help");
  assert.deepEqual(await exit, [0, null]);
  assert.match(output.out, /for demos, tests and development/);
  assert.match(output.out, /For production use Dante, ssh -D or Tor/);
});

test("a taken port is one line and exit code 1", async (t) => {
  const { port } = await listen(t, () => {});
  const { exit, output } = sockd(t, "--port", String(port));
  assert.deepEqual(await exit, [1, null]);
  assert.match(output.err, /^sockd: .*EADDRINUSE.*\n$/);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`sockd --log prints a line for each session, without the password; ${signal} ends it with 0`, async (t) => {
    const target = await listen(t, (socket) => socket.end("hello"));
    const { child, output, exit, port } = sockd(t, "--port", "0", "--log", "--user", "alice:hunter2");
    const client = connect(await port(), "127.0.0.1");
    const login = [5, 1, 2, 1, 5, ...Buffer.from("alice"), 7, ...Buffer.from("hunter2")];
    client.write(Uint8Array.from([...login, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(target.port)]));
    await once(client.resume(), "end");
    client.end();
    while (!output.out.includes("#1")) await once(child.stdout, "data");
    child.kill(signal);
    assert.deepEqual(await exit, [0, null]);
    const line = output.out.split("\n")[1]!;
    assert.match(line, /^\S+Z #1 client=127\.0\.0\.1:\d+ socks=5 command=CONNECT user=alice destination=127/);
    assert.match(line, / reply=0 up=0 down=5 ms=\d+$/);
    assert.doesNotMatch(output.out + output.err, /hunter2/);
  });
}
