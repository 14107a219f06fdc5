/**
 * An option of `tsc`, by all its names. The compiler reads the command line itself; what this program has to know of it,
 * it has to read in the same way, or what it takes for one build is another.
 */
interface Option {
  readonly names: RegExp;
  /** Whether an argument follows in any case; otherwise only `true`, `false` and `null` belong to it. */
  readonly hasValue?: boolean;
}

export const project: Option = { names: /^--?(?:p|project)$/i, hasValue: true };
export const watch: Option = { names: /^--?(?:w|watch)$/i };
export const showsConfig: Option = { names: /^--?showConfig$/i };
export const dry: Option = { names: /^--?(?:d|dry)$/i };

/** These print something and compile nothing. */
const idle: readonly Option[] = [
  { names: /^--?(?:help|h|\?)$/i },
  { names: /^--?all$/i },
  { names: /^--?(?:version|v)$/i },
  { names: /^--?init$/i },
  showsConfig,
  { names: /^--?listFilesOnly$/i },
];

export function isIdle(args: readonly string[]): boolean {
  return idle.some((option) => isOn(args, option));
}

/** The last one counts, unless it is taken back. */
export function isOn(args: readonly string[], { names }: Option): boolean {
  const at = args.findLastIndex((arg) => names.test(arg));
  return at >= 0 && !isOff(args[at + 1]);
}

/** What is given for an option that has a value; undefined where it is not there, or nothing follows it. */
export function valueOf(args: readonly string[], { names }: Option): string | undefined {
  const at = args.findLastIndex((arg) => names.test(arg));
  return at < 0 ? undefined : args[at + 1];
}

/** A command line as if an option were not in it. */
export function without(args: readonly string[], { names, hasValue = false }: Option): string[] {
  return args.filter((arg, index) => {
    const isValue = names.test(args[index - 1] ?? "") && (hasValue || isTold(arg));
    return !isValue && !names.test(arg);
  });
}

/** Whether an argument is what a flag before it is set to. */
export function isTold(arg: string | undefined): boolean {
  return arg === "true" || isOff(arg);
}

export function isOff(arg: string | undefined): boolean {
  return arg === "false" || arg === "null";
}
