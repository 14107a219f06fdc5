import { readFileSync } from "node:fs";
import { fingerprintOf, type ReportedFinding } from "../../engine/index.js";
import { transformOf } from "../../options/index.js";
import { pluginIgnored } from "../../findings/plugin-ignored.js";
import type { Tsconfig } from "../../project/tsconfig.js";
import { compilerWithoutPlugins } from "../../project/without-plugins.js";

/** What compiles the project of a tsconfig.json that names our plugin, and has no plugins; in words. */
export function ignoringPlugin(tsconfig: Tsconfig): string | undefined {
  return namesPlugin(tsconfig.config.options) ? compilerWithoutPlugins(tsconfig) : undefined;
}

export function namesPlugin({ plugins }: Tsconfig["config"]["options"]): boolean {
  return transformOf(plugins) !== undefined;
}

/** A finding for each tsconfig.json whose plugin entry is passed over in silence. */
export function ignoredPlugins(
  tsconfigs: readonly Tsconfig[],
  nameOf: (fileName: string) => string,
  identityOf: (fileName: string) => string,
): ReportedFinding[] {
  return tsconfigs.flatMap((tsconfig) => {
    const compiler = ignoringPlugin(tsconfig);
    if (compiler === undefined) return [];
    const { path, config } = tsconfig;
    const file = nameOf(path);
    const plugin = transformOf(config.options.plugins)!;
    const { code, severity, message } = pluginIgnored;
    return {
      ...placeOf(plugin, readFileSync(path, "utf8")),
      file,
      code,
      severity,
      message: `${message(plugin)} (${compiler.replace(/^TypeScript |,$/g, "")})`,
      fingerprint: fingerprintOf(code, identityOf(path)),
    };
  });
}

/** Where a text stands in another; the first line where it does not, because the entry comes from a file that is extended. */
function placeOf(
  text: string,
  content: string,
): Pick<ReportedFinding, "line" | "column" | "endLine" | "endColumn"> {
  const at = content.indexOf(text);
  if (at < 0) return { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const before = content.slice(0, at).split("\n");
  const line = before.length;
  const column = before.at(-1)!.length + 1;
  return { line, column, endLine: line, endColumn: column + text.length };
}
