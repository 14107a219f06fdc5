import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";
import { withBundledLibraries } from "./bundled.js";
import type { Compiler } from "./compiler.js";

/** A library's declaration file, and the last program that asked for it. */
interface Parsed {
  readonly file: ts.SourceFile | undefined;
  program: number;
}

/** How many programs after it was last asked for a file is kept: a project may take two. */
const KEPT = 4;

/** The declaration files of libraries, parsed once for all projects: most have the same ones. */
const parsed = new WeakMap<TypeScript, Map<string, Parsed>>();
let programs = 0;

/** A host for one program that parses no library twice, and no comments but those that types stand in. */
export function compilerHost(
  { kind, ts }: Pick<Compiler, "kind" | "ts">,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const own = ts.createCompilerHost(options);
  const host = kind === "own" ? own : withBundledLibraries(own);
  // As tsc does; since TypeScript 5.3.
  const jsDocParsingMode = (ts as Partial<TypeScript>).JSDocParsingMode?.ParseForTypeErrors;
  const program = ++programs;
  const files = parsed.get(ts) ?? new Map<string, Parsed>();
  parsed.set(ts, files);
  for (const [key, each] of files) if (each.program < program - KEPT) files.delete(key);
  return {
    ...host,
    ...(jsDocParsingMode === undefined ? {} : { jsDocParsingMode }),
    // As editors do: a referenced project's sources, which are there before it was built. Only the types of watching
    // hosts declare it; createProgram asks every host.
    ...{ useSourceOfProjectReferenceRedirect: () => true },
    getSourceFile(fileName, versionOrOptions, ...rest) {
      const read = (): ts.SourceFile | undefined =>
        host.getSourceFile(
          fileName,
          // The mode reaches the parser by the host that asks.
          typeof versionOrOptions === "object" && jsDocParsingMode !== undefined
            ? { ...versionOrOptions, jsDocParsingMode }
            : versionOrOptions,
          ...rest,
        );
      if (!isLibrary(fileName)) return read();
      const key = `${fileName} ${JSON.stringify(versionOrOptions)}`;
      const known = files.get(key) ?? { file: read(), program };
      files.set(key, Object.assign(known, { program }));
      return known.file;
    },
  };
}

function isLibrary(fileName: string): boolean {
  return fileName.includes("/node_modules/") && /\.d\.[cm]?ts$/.test(fileName);
}
