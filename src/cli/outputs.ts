import { resolve } from "node:path";
import type { LintRun } from "../hosts/lint/index.js";
import { nearest } from "../options/index.js";
import { InputError } from "../project/input-error.js";
import { replaceFile } from "../project/replace-file.js";
import { reporters, type Reporter } from "../reporters/index.js";
import { terminal } from "./terminal.js";

/** A reporter and where it writes to; without a file, to standard output. */
export interface Output {
  readonly reporter: Reporter;
  readonly file: string | undefined;
}

/**
 * @param wanted `name` or `name=file`
 * @param file of `--output`: where the one reporter without a file writes to
 * @throws InputError on an unknown reporter, and where two outputs would get mixed up
 */
export function outputsOf(wanted: readonly string[] | undefined, file: string | undefined): Output[] {
  const names = wanted ?? [process.env.GITHUB_ACTIONS === "true" ? "github" : "pretty"];
  const outputs = names.map((each) => {
    const at = each.indexOf("=");
    return at < 0
      ? { reporter: reporterOf(each), file: undefined }
      : { reporter: reporterOf(each.slice(0, at)), file: each.slice(at + 1) };
  });
  for (const output of outputs)
    if (output.file === "")
      throw new InputError(`--reporter ${output.reporter.name}=: the name of a file is missing`);
  const open = outputs.filter((output) => output.file === undefined);
  if (file !== undefined && open.length !== 1)
    throw new InputError(
      `--output is for one reporter, and there are ${open.length} without a file: write --reporter NAME=FILE`,
    );
  if (file === undefined && open.length > 1 && open.some(({ reporter }) => reporter.isForPrograms))
    throw new InputError(
      `${open.map(({ reporter }) => reporter.name).join(" and ")} can't share standard output: write --reporter NAME=FILE`,
    );
  return eachItsOwn(outputs.map((output) => ({ ...output, file: output.file ?? file })));
}

function eachItsOwn(outputs: readonly Output[]): Output[] {
  const taken = new Map<string, Output>();
  for (const output of outputs) {
    if (output.file === undefined) continue;
    const path = resolve(output.file);
    const other = taken.get(path);
    if (other)
      throw new InputError(
        `${other.reporter.name} and ${output.reporter.name} can't share the file ${other.file}`,
      );
    taken.set(path, output);
  }
  return [...outputs];
}

export function write(outputs: readonly Output[], run: LintRun): void {
  for (const { reporter, file } of outputs)
    if (file === undefined) process.stdout.write(reporter.render(run, terminal(process.stdout)));
    else replaceFile(resolve(file), reporter.render(run, { color: false, width: 100 }));
}

function reporterOf(name: string): Reporter {
  const reporter = reporters.find((each) => each.name === name);
  if (reporter) return reporter;
  const names = reporters.map((each) => each.name);
  const suggestion = nearest(name, names);
  throw new InputError(
    `unknown reporter '${name}'${suggestion ? `, did you mean '${suggestion}'?` : ""}; there are ${names.join(", ")}`,
  );
}
