/** A program that compiles TypeScript. */
export type CompilerCommand = "tsc" | "tspc" | "tsgo" | "tsocksify build";

/** A place in a script of package.json where a compiler is called. */
export interface Invocation {
  /** The script's name. */
  readonly script: string;
  readonly program: CompilerCommand;
  /** The package that its path names, as in `node node_modules/typescript-7/bin/tsc`. */
  readonly packageName: string | undefined;
  /** Where the program's name stands in the script. */
  readonly start: number;
  readonly end: number;
  /** Whether it writes files: not with --noEmit, and not where it only tells something. */
  readonly emits: boolean;
  /** The tsconfig.json or folder that it is given, as it is written. */
  readonly project: string | undefined;
}

/** The program's name as a word of a shell command, also by its path. */
const name =
  /(?<=^|[\s;&|("'])(?:(?:\.\/)?node_modules\/\.bin\/(?=ts)|(?:node\s+)?(?:\.\/)?node_modules\/(?<packageName>(?:@[\w.-]+\/)?[\w.-]+)\/(?:bin|lib)\/(?=ts))?(?<program>tsc|tspc|tsgo|tsocksify build)(?:\.js)?(?=$|[\s;&|)"'])/g;

/** Words after which it is no program: the name of a script or of a package. */
const notACommand = /(?:^|\s)(?:run|run-script|install|i|add|-n|--names?)\s+$/;

/** Every call of a compiler in the scripts of a package.json. */
export function invocationsOf(scripts: Readonly<Record<string, string>>): Invocation[] {
  return Object.entries(scripts).flatMap(([script, command]) =>
    [...command.matchAll(name)].flatMap((match) => {
      if (notACommand.test(command.slice(0, match.index))) return [];
      const end = match.index + match[0].length;
      const program = match.groups!["program"] as CompilerCommand;
      const { packageName } = match.groups!;
      const start = packageName === undefined ? end - program.length : match.index;
      const [rest = ""] = command.slice(end).split(/[;&|"')]/);
      const [, project] = /(?:^|\s)(?:-p|--project|-b|--build)\s+([^\s-]\S*)/i.exec(rest) ?? [];
      return [{ script, program, packageName, start, end, emits: emits(rest), project }];
    }),
  );
}

function emits(options: string): boolean {
  return !/(?:^|\s)(?:--noEmit(?!\s+false)|--version|-v|--help|-h|--init|--showConfig)(?=\s|$)/i.test(
    options,
  );
}
