import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/** The declaration files of libraries, parsed once for all projects: most have the same ones. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** A host that parses no library twice, and no comments but those that types stand in. */
export function compilerHost(ts: TypeScript, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  // As tsc does; since TypeScript 5.3.
  const jsDocParsingMode = (ts as Partial<TypeScript>).JSDocParsingMode?.ParseForTypeErrors;
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
      const key = `${ts.version} ${fileName} ${JSON.stringify(versionOrOptions)}`;
      if (!parsed.has(key)) parsed.set(key, read());
      return parsed.get(key);
    },
  };
}

function isLibrary(fileName: string): boolean {
  return fileName.includes("/node_modules/") && /\.d\.[cm]?ts$/.test(fileName);
}
