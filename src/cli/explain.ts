import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { createColors } from "picocolors";
import { namer } from "../project/slashes.js";
import { explain, type FileExplanation } from "../hosts/lint/explain.js";
import type { FileConfig } from "../options/index.js";
import { InputError } from "../project/input-error.js";
import { findProjects } from "../project/find.js";
import type { Selection } from "../project/selection.js";
import { readSource } from "../project/source-text.js";
import { isSource } from "../project/walk.js";
import { clipped, printable } from "../reporters/code-frame.js";
import { wrapped } from "../reporters/columns.js";
import { terminal } from "./terminal.js";

/** `--explain FILE:LINE`: what is known of the call sites on a line, whichever way they were decided. */
export function explainLine(place: string, selection: Selection, config: FileConfig): number {
  const { cwd } = selection;
  const [, name, number] = /^(.+?):(\d+)(?::\d+)?$/.exec(place) ?? [];
  if (name === undefined) throw new InputError(`--explain ${place}: FILE:LINE is expected`);
  const path = resolve(cwd, name);
  if (!existsSync(path)) throw new InputError(`no such file: ${name}`);
  if (!isSource(path) || !statSync(path).isFile())
    throw new InputError(`${name}: neither a TypeScript nor a JavaScript file`);
  const file = realpathSync(path);
  const line = Number(number);
  const lines = readSource(file)?.text.split(/\r?\n/) ?? [];
  if (line < 1 || line > lines.length) throw new InputError(`${name} has ${lines.length} lines`);

  const finds = findProjects({ ...selection, paths: [file] });
  const explanation = explain(finds, file, line, config);
  process.stdout.write(`${text(`${name}:${line}`, lines[line - 1]!, explanation, namer(cwd)).join("\n")}\n`);
  if (explanation.problem === undefined) return 0;
  process.stderr.write(`tsocksify: ${name}: ${explanation.problem}\n`);
  return 2;
}

function text(
  place: string,
  source: string,
  { project, callSites, problem }: FileExplanation,
  nameOf: (file: string) => string,
): string[] {
  const { color, width } = terminal(process.stdout);
  const colors = createColors(color);
  const head = [
    colors.underline(printable(place)),
    "",
    `  ${clipped(printable(source.trim()), width - 2)}`,
    "",
  ];
  if (problem !== undefined) return [...head, "The file can't be looked at."];
  if (!project) return [...head, "Nothing in this file has the name of anything that could touch a socket."];
  const by = `TypeScript ${project.compiler.version}${project.compiler.kind === "bundled" ? ", which tsocksify brings" : ""}`;
  const types = project.tsconfig
    ? `Types: ${nameOf(project.tsconfig)}, ${by}.`
    : `Types: no tsconfig.json has this file; ${by}.`;
  if (callSites.length === 0)
    return [...head, "Nothing on this line has the name of anything that could touch a socket.", types];
  return [
    ...head,
    ...callSites.flatMap(({ column, text, verdict, reasons }) => [
      ...wrapped(`${verdict}: ${printable(text)}`, width - `column ${column}  `.length).map((each, index) =>
        index === 0
          ? `${colors.dim(`column ${column}`)}  ${each.replace(verdict, colors.bold(verdict))}`
          : `  ${each}`,
      ),
      ...reasons.flatMap((reason) => wrapped(reason, width - 2).map((each) => `  ${each}`)),
    ]),
    "",
    types,
  ];
}
