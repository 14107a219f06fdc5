import type ts from "typescript";
import type { FindingCode, Row } from "../../tables/schema.js";
import { networkCommands } from "../../tables/commands.js";
import { lookUp } from "../catalogue.js";
import { programsOf, programsOfLine } from "../command-line.js";
import { textOf, type ConstantText } from "../constant-text.js";
import { propertyOf, valueOf } from "../constants.js";
import { excuse } from "../excuses.js";
import type { Knowledge } from "../identify.js";
import { argumentsOf } from "../syntax.js";
import type { Identity, TypeScript } from "../vocabulary.js";
import { reported, reportedUnless, type Decision } from "./verdict.js";

const inPackage = /\/node_modules\//;

/**
 * What the tables report, as far as the reference's own call doesn't say better: by the command that it starts, or the
 * file that it runs.
 *
 * @param expression the reference; undefined for `{ name }`, which hands it on
 */
export function decideFinding(
  knowledge: Knowledge,
  name: ts.Node,
  identity: Identity,
  expression: ts.Expression | undefined,
  code: FindingCode,
): Decision {
  const row = lookUp(identity);
  const reason = excuse(knowledge.ts, row, expression);
  if (reason === undefined && row && "elsewhere" in row && inPackage.test(knowledge.file.fileName))
    return { ...reported(name, code), certainty: "may" };
  const given = expression && argumentsOf(knowledge.ts, expression);
  if (reason !== undefined || !given || !row || !("class" in row) || row.class === "inert" || !row.names)
    return reportedUnless(reason, name, code);
  return row.names === "file"
    ? reportedUnless(followed(knowledge, row, given), name, code)
    : decideCommand(knowledge.ts, name, row.names, given, code);
}

/** Why there is nothing to report of what runs elsewhere: it is looked at as well. */
function followed({ ts, file, sources }: Knowledge, row: Row, given: readonly ts.Node[]): string | undefined {
  const again = "runs this program again, which is looked at";
  const [first] = given as readonly ts.Expression[];
  if (!first) return row.option === undefined ? undefined : again;
  let entry = first;
  if (row.option !== undefined) {
    const options = valueOf(ts, first);
    if (!ts.isObjectLiteralExpression(options) || options.properties.some(ts.isSpreadAssignment))
      return undefined;
    const named = propertyOf(ts, options, row.option);
    if (!named) return again;
    entry = named;
  }
  const { text, isWhole } = textOf(ts, entry);
  return isWhole && sources.has(text, file.fileName)
    ? "runs a file of this project, which is looked at"
    : undefined;
}

function decideCommand(
  ts: TypeScript,
  name: ts.Node,
  kind: "command" | "shell",
  given: readonly ts.Node[],
  code: FindingCode,
): Decision {
  const programs = programsIn(ts, kind, given as readonly ts.Expression[]);
  const direct = programs.find((program) => networkCommands.has(program));
  if (direct !== undefined) return { ...reported(name, "SOCKS1016"), object: direct };
  return programs.length > 0
    ? { ...reported(name, code), object: programs.join(", ") }
    : reported(name, code);
}

/** The programs that a call starts, as far as its arguments are constant. */
function programsIn(
  ts: TypeScript,
  kind: "command" | "shell",
  [first, ...rest]: readonly ts.Expression[],
): string[] {
  if (!first) return [];
  const command = valueOf(ts, first);
  const options = rest.map((argument) => valueOf(ts, argument));
  const isLine = kind === "shell" || options.some((each) => propertyOf(ts, each, "shell"));
  if (isLine) return programsOfLine(textOf(ts, command));
  // `Bun.spawn({ cmd: ["ls"] })`, `Bun.spawn(["ls"])`
  const list = propertyOf(ts, command, "cmd") ?? command;
  if (ts.isArrayLiteralExpression(list)) return programsOf(wordsOf(ts, list));
  // `new Deno.Command("ls", { args: ["-l"] })`
  const args = options.map((each) => propertyOf(ts, each, "args") ?? each).find(ts.isArrayLiteralExpression);
  const words = args ? wordsOf(ts, args as ts.ArrayLiteralExpression) : [];
  return programsOf([textOf(ts, command), ...words]);
}

function wordsOf(ts: TypeScript, { elements }: ts.ArrayLiteralExpression): ConstantText[] {
  return elements.map((element) => textOf(ts, element));
}
