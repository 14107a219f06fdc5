import { resolve } from "node:path";
import { mayMatterSomewhere } from "../../engine/index.js";
import { findConfig, modulesFrom } from "../../options/index.js";
import { findProjects } from "../../project/find.js";
import { codemod } from "../codemod/index.js";

/** What jscodeshift knows of a file. */
interface FileInfo {
  readonly path: string;
  readonly source: string;
}

/**
 * A transform for jscodeshift's runner, with its parallel workers, `--dry` and `--print`: the same bytes as
 * `tsocksify codemod`. Types, not jscodeshift's syntax trees, decide what is a socket; its parsers are not used, and
 * neither is Babel. The runner takes paths only, no names of packages:
 *
 *     jscodeshift --no-babel -t node_modules/tsocksify/dist/hosts/jscodeshift src
 *
 * @returns the new source, or undefined where the file stays as it is
 * @throws Error where the file can't be parsed, or is in another encoding than UTF-8
 */
function transform({ path, source }: FileInfo): string | undefined {
  if (!mayMatterSomewhere(source)) return undefined;
  const cwd = process.cwd();
  const { config, root } = findConfig(cwd);
  const modules = modulesFrom(config.modules ?? [], root);
  const { exclude = [] } = config;
  const finds = findProjects({ cwd, paths: [resolve(path)], tsconfigs: [], exclude, root, modules });
  const [change] = codemod(finds, { ...config, modules, cwd }).changes;
  if (!change) return undefined;
  const mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
  if (mark + change.before?.text !== source)
    throw new Error(`${path} is not what is on disk: it is not UTF-8, or another transform has changed it`);
  return mark + change.after;
}

export = transform;
