import { existsSync } from "node:fs";
import type { Change } from "../hosts/codemod/change.js";
import { withDependency, withScript } from "../project/dependency-edit.js";
import type { Invocation } from "../project/compile-scripts.js";
import { repositoryRoot } from "../project/gitignore.js";
import { buildInfoOf } from "../project/build-info.js";
import { declared } from "../project/manifest.js";
import { commandLineOf } from "../project/tsconfig.js";
import { callsWithoutPlugins, compilerWithoutPlugins } from "../project/without-plugins.js";
import { readSource } from "../project/source-text.js";
import { version } from "../version.js";
import { hasPlugin, type Survey } from "./survey.js";
import { bundlers } from "./tools.js";
import { ownEntry, withoutPlugin, withPlugin } from "./tsconfig-edits.js";

/** The way in which a package's sources become a SOCKS client. */
export type Host = "plugin" | "build" | "codemod";

/** What is proposed for a package. */
export interface Proposal {
  readonly host: Host;
  /** Why this host, in a sentence. */
  readonly why: string;
  readonly changes: readonly Change[];
  /** What no edit here can do, in sentences. */
  readonly advice: readonly string[];
  /** Commands to run afterwards. */
  readonly commands: readonly string[];
}

export function proposalFor(survey: Survey, nameOf: (file: string) => string): Proposal {
  const host = hostFor(survey);
  const changes = [
    ...manifestChange(survey, host, nameOf),
    ...survey.tsconfigs.flatMap((tsconfig) => tsconfigChange(tsconfig, host, nameOf)),
  ];
  return {
    host,
    why: whys[host](survey),
    changes,
    advice: adviceFor(survey, host, nameOf),
    commands: commandsFor(survey, host, changes, nameOf),
  };
}

function hostFor({ folder, compiler, compiling }: Survey): Host {
  if (compiling.some((each) => callsWithoutPlugins(each, folder))) return "build";
  if (!compiler || compiling.length === 0) return "codemod";
  // Whoever builds with it already goes on to do so; it works with every version.
  const buildsAlready = compiling.every(({ program }) => program === "tsocksify build");
  return compiler.major >= 7 || buildsAlready ? "build" : "plugin";
}

const whys: Record<Host, (survey: Survey) => string> = {
  plugin: ({ compiler }) =>
    `${compiler!.words} compiles it: the plugin, in the compiler itself (ts-patch), sees every type.`,
  build: ({ compiler, folder, compiling }) => {
    const native = compiling.find((each) => callsWithoutPlugins(each, folder));
    const program = native?.packageName ?? native?.program;
    const words = program ?? compiler!.words;
    const has = program !== undefined || compiler!.major >= 7 ? ", which has no plugins" : "";
    return `${words} compiles it${has}: tsocksify build, in the place of ${native?.program ?? "tsc"}.`;
  },
  codemod: ({ bundlers, compiling, compiler }) =>
    bundlers.length > 0
      ? `${bundlers.join(", ")} ${bundlers.length === 1 ? "compiles" : "compile"} it file by file, without types: the codemod rewrites the sources, and lint keeps them so.`
      : compiler && compiling.length === 0
        ? "no script compiles it with tsc: the codemod rewrites the sources, and lint keeps them so."
        : "it is JavaScript: the codemod rewrites the sources, and lint keeps them so.",
};

function manifestChange(survey: Survey, host: Host, nameOf: (file: string) => string): Change[] {
  const { path, source, manifest } = survey.file;
  let text = source.text;
  for (const [script, command] of Object.entries(scriptsFor(survey, host)))
    text = withScript(text, script, command);
  // What the root of the monorepo compiles needs no compiler of its own.
  const isCompiledElsewhere = survey.compiling !== survey.emitting;
  const needed = [
    ...(isCompiledElsewhere ? [] : [["devDependencies", "tsocksify", `^${version}`] as const]),
    ...(host === "plugin" && !isCompiledElsewhere
      ? [["devDependencies", "ts-patch", tsPatchFor(survey)] as const]
      : []),
    ["dependencies", "@tsocksify/runtime", `^${version}`],
  ] as const;
  for (const [list, name, range] of needed)
    if (!declared(manifest, name)) text = withDependency(text, list, name, range);
  return text === source.text ? [] : [{ path, name: nameOf(path), before: source, after: text, rewrites: 0 }];
}

const TS_PATCH_4_NEEDS = [22, 15] as const;

function isOlderThan([major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

/** ts-patch 3 is for TypeScript up to 5, and 4 for 6. */
function tsPatchFor({ compiler }: Survey): string {
  return compiler!.major >= 6 ? "^4.0.0" : "^3.3.0";
}

/** The scripts that get another command. */
function scriptsFor(survey: Survey, host: Host): Record<string, string> {
  const { emitting, invocations, compiler, file } = survey;
  const scripts = file.manifest.scripts ?? {};
  if (host === "codemod") {
    const isLinted = Object.values(scripts).some((script) => script.includes("tsocksify lint"));
    return isLinted ? {} : { "lint:socks": "tsocksify codemod --check && tsocksify lint" };
  }
  if (host === "plugin") return compiler!.isPatched ? {} : replaced(scripts, emitting, ["tsc"], "tspc");
  // tspc can't run TypeScript 7 at all, not even to check.
  const unusable = invocations.filter(({ program, emits }) => program === "tspc" && !emits);
  return replaced(scripts, [...emitting, ...unusable], ["tsc", "tspc", "tsgo"], "tsocksify build");
}

function replaced(
  scripts: Readonly<Record<string, string>>,
  invocations: readonly Invocation[],
  programs: readonly string[],
  by: string,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { script, program, start, end } of invocations.toSorted((a, b) => b.start - a.start)) {
    if (!programs.includes(program)) continue;
    const command = result[script] ?? scripts[script]!;
    result[script] = command.slice(0, start) + by + command.slice(end);
  }
  return result;
}

function tsconfigChange(
  tsconfig: Survey["tsconfigs"][number],
  host: Host,
  nameOf: (file: string) => string,
): Change[] {
  const { path, config } = tsconfig;
  const before = readSource(path);
  if (!before || host === "codemod") return [];
  const after = ((): string => {
    if (host === "plugin")
      return hasPlugin(tsconfig)
        ? before.text
        : withPlugin(before.text, (config.options.plugins as unknown[] | undefined) ?? []);
    return compilerWithoutPlugins(tsconfig) !== undefined && !optionsOf(before.text)
      ? withoutPlugin(before.text)
      : before.text;
  })();
  return after === before.text ? [] : [{ path, name: nameOf(path), before, after, rewrites: 0 }];
}

/** The options in the entry of our plugin, which tsocksify build reads from there. */
function optionsOf(text: string): string[] | undefined {
  const names = Object.keys(ownEntry(text) ?? {}).filter((name) => name !== "transform");
  return names.length > 0 ? names : undefined;
}

function adviceFor(survey: Survey, host: Host, nameOf: (file: string) => string): string[] {
  const { compiler, file, testRunners, tsconfigs } = survey;
  const patch = declared(file.manifest, "ts-patch");
  const advice: string[] = [];
  if (host === "plugin" && compiler!.major >= 6 && patch && /^[~^]?3\b/.test(patch.range))
    advice.push(`ts-patch ${patch.range} is for TypeScript up to 5.9; ${compiler!.words} needs ts-patch 4.`);
  if (host === "plugin" && compiler!.major >= 6 && isOlderThan(TS_PATCH_4_NEEDS))
    advice.push(
      `ts-patch 4, which ${compiler!.words} needs, needs Node ${TS_PATCH_4_NEEDS.join(".")} or later, and this is Node ${process.versions.node}: where an older one compiles, take tsocksify build in the place of tspc, and neither ts-patch nor the plugin.`,
    );
  if (host === "plugin")
    for (const tsconfig of tsconfigs.filter((each) => !hasPlugin(each))) {
      const buildInfo = buildInfoOf(tsconfig.compiler.ts, commandLineOf(tsconfig).options);
      if (buildInfo !== undefined && existsSync(buildInfo))
        advice.push(
          `remove ${nameOf(buildInfo)}: the compiler takes what it knows from before for up to date, asks no plugin, and leaves JavaScript that connects directly.`,
        );
    }
  if (host === "build" && !compiler)
    advice.push(
      "tsocksify build compiles with the package typescript, which is not among the dependencies: add it.",
    );
  if (host === "build" && compiler && compiler.major >= 7) {
    if (patch) advice.push("ts-patch does not work with TypeScript 7: take it, and its scripts, out.");
    for (const { path } of tsconfigs.filter(hasPlugin)) {
      const text = readSource(path)?.text ?? "";
      const options = optionsOf(text);
      if (options)
        advice.push(
          `${nameOf(path)} keeps the entry of the plugin, since tsocksify build reads its options there (${options.join(", ")}); lint goes on reporting it as SOCKS1101.`,
        );
      else if (!ownEntry(text))
        advice.push(`${nameOf(path)} has the plugin from a file that it extends: take it out there.`);
    }
  }
  if (declared(file.manifest, "@tsocksify/runtime")?.list === "devDependencies")
    advice.push("@tsocksify/runtime is among the devDependencies, and rewritten code imports it: move it.");
  if (host === "codemod")
    for (const { name, plugin } of bundlers.filter(
      (each) => each.plugin && survey.bundlers.includes(each.name),
    ))
      advice.push(
        `if the sources are to stay as they are, ${name} can do it with the plugin ${plugin} instead.`,
      );
  if (host !== "codemod" && testRunners.some((name) => name !== "node:test"))
    advice.push(
      `${testRunners.join(", ")} may compile the sources by itself: tests of those are not SOCKSified, tests of what is built are.`,
    );
  return advice;
}

function commandsFor(
  { folder, file, manager, emitting }: Survey,
  host: Host,
  changes: readonly Change[],
  nameOf: (file: string) => string,
): string[] {
  const { scripts = {} } = file.manifest;
  const place = nameOf(folder);
  const here = (command: string): string => (place ? `(cd ${quoted(place)} && ${command})` : command);
  const own = (command: string): string => here(`${manager.exec} tsocksify ${command}`);
  // A script "build" may be what calls the one that compiles.
  const script = "build" in scripts ? "build" : emitting[0]?.script;
  return [
    // Of a monorepo, all is installed at once.
    ...(changes.some(({ path }) => path === file.path) ? [`${manager.name} install`] : []),
    ...(host === "codemod"
      ? [own("codemod"), ...committing(folder).map(here), own("codemod --write")]
      : script === undefined
        ? []
        : [here(`${manager.run} ${script}`)]),
    own("doctor"),
  ];
}

/** The codemod wants to be undone by Git, and by then package.json has changed. */
function committing(folder: string): string[] {
  return repositoryRoot(folder) === undefined ? [] : ["git commit --all"];
}

function quoted(path: string): string {
  return /^[\w@./-]+$/.test(path) ? path : `"${path}"`;
}
