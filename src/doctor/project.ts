import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pluginIgnored } from "../findings/plugin-ignored.js";
import { ignoringPlugin, namesPlugin } from "../hosts/lint/ignored-plugin.js";
import { invocationsOf, type Invocation } from "../project/compile-scripts.js";
import { installed } from "../project/installed.js";
import { declared, manifestAbove, readManifest, type Manifest } from "../project/manifest.js";
import { runtimeCopies } from "../project/runtime-copies.js";
import { runtimeOf } from "../project/runtime.js";
import { isPatched } from "../project/ts-patch.js";
import { readTsconfig, tsconfigAt, withReferences, type Tsconfig } from "../project/tsconfig.js";
import { version } from "../version.js";
import { check, type Check } from "./check.js";
import { directOutputs } from "./direct-outputs.js";

/** What a project is, as far as it matters here. */
interface Surroundings {
  readonly cwd: string;
  readonly nameOf: (file: string) => string;
  readonly manifest: Manifest;
  readonly invocations: readonly Invocation[];
}

/**
 * Whether the program gets SOCKSified, and finds its runtime.
 *
 * @param projects what `-p` names; none: the tsconfig.json of the working directory, if there is one
 * @throws InputError
 */
export function projectChecks(
  cwd: string,
  projects: readonly string[],
  nameOf: (file: string) => string,
): Check[] {
  const path = manifestAbove(cwd);
  const manifest = path === undefined ? {} : readManifest(path, cwd).manifest;
  const surroundings = { cwd, nameOf, manifest, invocations: invocationsOf(manifest.scripts ?? {}) };
  const own = projects.length > 0 || existsSync(join(cwd, "tsconfig.json"));
  const tsconfigs = own
    ? (projects.length > 0 ? projects : ["."]).flatMap((each) =>
        withReferences(tsconfigAt(resolve(cwd, each)), (file) => readTsconfig(file, cwd)),
      )
    : [];
  return [
    ...runtimeChecks(surroundings, path),
    ...tsconfigs.flatMap((tsconfig) => pluginChecks(tsconfig, surroundings)),
    ...hostCheck(tsconfigs, surroundings),
  ];
}

function runtimeChecks({ cwd, manifest, nameOf }: Surroundings, path: string | undefined): Check[] {
  const runtime = runtimeOf(cwd);
  if (!runtime)
    return [
      check("fail", "runtime", "@tsocksify/runtime is not installed here", "npm install @tsocksify/runtime"),
    ];
  const root = path === undefined ? cwd : dirname(path);
  const copies = runtimeCopies(root);
  const place = declared(manifest, "@tsocksify/runtime");
  return [
    runtime.version === version
      ? check("ok", "runtime", `@tsocksify/runtime ${runtime.version}, the version of this tsocksify`)
      : check(
          "warn",
          "runtime",
          `@tsocksify/runtime ${runtime.version}, and this tsocksify is ${version}`,
          `npm install @tsocksify/runtime@${version}`,
        ),
    ...(place?.list === "devDependencies"
      ? [
          check(
            "warn",
            "runtime-dependency",
            "package.json has @tsocksify/runtime among its devDependencies, and rewritten code imports it",
            "Move it to dependencies.",
          ),
        ]
      : []),
    ...(place === undefined && declared(manifest, "tsocksify") && !isWorkspaceRoot(manifest, root)
      ? [
          check(
            "warn",
            "runtime-dependency",
            "package.json does not list @tsocksify/runtime, which is here because tsocksify has it: in production it is missing",
            "npm install @tsocksify/runtime",
          ),
        ]
      : []),
    ...(copies.length > 1
      ? [
          check(
            "warn",
            "runtime-copies",
            `there are ${copies.length} copies of @tsocksify/runtime, each with a configuration of its own: ${copies.map(nameOf).join(", ")}`,
            "npm dedupe; what SOCKSinit tells one of them, the others don't know.",
          ),
        ]
      : []),
  ];
}

/** Its packages list what they import. */
function isWorkspaceRoot({ workspaces }: Manifest, folder: string): boolean {
  return workspaces !== undefined || existsSync(join(folder, "pnpm-workspace.yaml"));
}

function pluginChecks(tsconfig: Tsconfig, { nameOf, invocations }: Surroundings): Check[] {
  const { path, compiler, config } = tsconfig;
  if (!namesPlugin(config.options)) return [];
  const name = nameOf(path);
  const ignoring = ignoringPlugin(tsconfig);
  if (ignoring !== undefined)
    return [
      check(
        "fail",
        "SOCKS1101",
        `${name} names our plugin, and ${ignoring} ignores plugins`,
        pluginIgnored.mend,
      ),
    ];
  const folder = dirname(path);
  const patch = installed("ts-patch", folder)?.version;
  const patched = compiler.directory !== undefined && isPatched(compiler.directory);
  const plain = invocations.filter(({ program, emits }) => program === "tsc" && emits);
  const direct = directOutputs(tsconfig).map(nameOf);
  return [
    patch === undefined
      ? check(
          "fail",
          "ts-patch",
          `${name} names our plugin, and ts-patch is not installed`,
          "npm install --save-dev ts-patch",
        )
      : patched || plain.length === 0
        ? check("ok", "plugin", `${name} names our plugin; TypeScript ${compiler.version}, ts-patch ${patch}`)
        : check(
            "fail",
            "plain-tsc",
            `${name} names our plugin, and ${listed(plain)} plain tsc, which ignores it`,
            'Write tspc instead of tsc there, or patch the compiler: "prepare": "ts-patch install".',
          ),
    ...(direct.length > 0
      ? [
          check(
            "fail",
            "direct-outputs",
            `${direct[0]} ${direct.length > 1 ? `and ${direct.length - 1} more were` : "was"} compiled without the plugin, or before what it rewrites there, and connects directly`,
            "Remove the .tsbuildinfo file, and compile again: the compiler takes what it knows for up to date, and asks no plugin.",
          ),
        ]
      : []),
  ];
}

function listed(invocations: readonly Invocation[]): string {
  const names = [...new Set(invocations.map(({ script }) => `"${script}"`))];
  return `${names.length === 1 ? "the script" : "the scripts"} ${names.join(", ")} ${names.length === 1 ? "calls" : "call"}`;
}

/** By which way the sources become a SOCKS client. */
function hostCheck(tsconfigs: readonly Tsconfig[], { cwd, invocations }: Surroundings): Check[] {
  if (tsconfigs.some(({ config }) => namesPlugin(config.options))) return [];
  const build = invocations.find(({ program }) => program === "tsocksify build");
  if (build) return [check("ok", "host", `the script "${build.script}" compiles with tsocksify build`)];
  if (existsSync(join(cwd, ".tsocksify/codemod.json")))
    return [check("ok", "host", "the sources were rewritten by tsocksify codemod")];
  return [
    check(
      "warn",
      "host",
      "neither a plugin in tsconfig.json, nor tsocksify build in a script, nor the codemod's record is to be seen here",
      "tsocksify init proposes the one that suits this project.",
    ),
  ];
}
