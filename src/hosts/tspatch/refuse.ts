import type ts from "typescript";
import type { TypeScript } from "../../engine/index.js";
import { formatAll } from "./diagnostics.js";

/**
 * Honours `noEmitOnError`. By the time a plugin runs, the compiler has decided to emit, so the only way not to
 * is not to go on: as `tsc` does, with what was found on standard output and the exit code for "errors, nothing
 * emitted". Hosts other than the command line get an exception.
 *
 * @param library the compiler's file that loaded the plugin, as ts-patch tells it
 * @throws Error that lists the findings, in hosts that are not `tspc`
 */
export function refuseToEmit(
  ts: TypeScript,
  program: ts.Program,
  errors: readonly ts.Diagnostic[],
  library: string | undefined,
): never {
  const text = formatAll(ts, program, errors);
  if (library !== "tsc")
    throw new Error(`tsocksify: this program can't be SOCKSified, and noEmitOnError is set\n${text}`);
  ts.sys.write(text);
  return ts.sys.exit(ts.ExitStatus.DiagnosticsPresent_OutputsSkipped) as never;
}
