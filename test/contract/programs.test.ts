import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { reportOf } from "../../src/engine/index.js";
import { modulesFrom } from "../../src/options/index.js";
import { createProgram } from "../support/program.js";
import { plansOf } from "../support/renderers.js";

/**
 * Little programs of the Berkeley face. `//// name` begins one, `// file: name` one of its files where it has several, and
 * `//=> 1023` ends a line where SOCKS1023 is expected: `1023?` where the message is to say "may", nothing where the
 * program keeps the rules.
 */
const folder = resolve(__dirname, "programs");

const project = resolve(__dirname, "../../fixtures/contract");
const modules = modulesFrom(["./sockets.d.ts"], project);

/** On one line, so that line 2 is the program's first. */
const prelude = [
  "import { accept, AF_INET, bind, close, connect, EINPROGRESS, EISCONN, errno, F_SETFL, fcntl, getsockname, INADDR_ANY,",
  "listen, O_NONBLOCK, rcmd, recv, select, send, SOCK_NONBLOCK, SOCK_STREAM, socket } from './sockets'; export {};",
  "declare const A: { host: string; port: number }; const open = () => socket(AF_INET, SOCK_STREAM);",
  "const nb = () => socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);",
  "declare function SOCKSinit(name: string): void; SOCKSinit('program');\n",
].join(" ");

function filesOf(program: string): Map<string, string> {
  const [whole = "", ...pieces] = program.split(/^\/\/ file: (\w+)\n/m);
  if (pieces.length === 0) return new Map([["main", whole]]);
  return new Map(
    pieces.flatMap((name, index) => (index % 2 === 0 ? [[name, pieces[index + 1]!] as const] : [])),
  );
}

function expectedIn(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [name, text] of files)
    text.split("\n").forEach((line, index) => {
      const codes = /\/\/=> (.*)$/.exec(line)?.[1];
      for (const code of codes?.split(", ") ?? []) found.push(`${name}:${index + 1} SOCKS${code}`);
    });
  return found.sort();
}

function foundIn(files: ReadonlyMap<string, string>): string[] {
  const texts = new Map([...files].map(([name, text]) => [resolve(project, `${name}.ts`), prelude + text]));
  const names = [...texts.keys()];
  const plans = plansOf(ts, createProgram(ts, names, texts), names, { modules });
  const { findings } = reportOf(ts, plans, (name) => name.slice(project.length + 1, -".ts".length));
  return findings
    .map(
      ({ file, line, code, message }) => `${file}:${line - 1} ${code}${/\bmay\b/.test(message) ? "?" : ""}`,
    )
    .sort();
}

for (const file of readdirSync(folder))
  describe(`what SOCKS expects: ${file}`, () => {
    const programs = readFileSync(resolve(folder, file), "utf8").split(/^\/\/\/\/ /m);
    for (const program of programs.slice(1)) {
      const [name = ""] = program.split("\n", 1);
      const files = filesOf(program.slice(name.length + 1));
      test(name, () => assert.deepEqual(foundIn(files), expectedIn(files)));
    }
  });
