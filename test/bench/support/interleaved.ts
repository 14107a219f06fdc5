/** A thing to measure; the number it returns is what is compared, such as bytes per second. */
export type Measure = () => Promise<number>;

/** How one way compares with another. */
export interface Comparison {
  ours: number;
  theirs: number;
  /** Median of the ratios ours / theirs of neighbouring runs. */
  ratio: number;
  lowest: number;
  highest: number;
}

/** How long to go on measuring. */
export interface Extent {
  /** Rounds that count. */
  readonly rounds: number;
  /** No round begins after so many seconds; one is made in any case. */
  readonly seconds?: number;
  /** Whether one more round goes before those that count. */
  readonly warmUp?: boolean;
}

/**
 * Measures two things in turn, first one then the other first, so that what else happens on the machine meets both.
 *
 * @param rounds pairs of runs that count; one more goes before them, for the compiler
 */
export async function interleaved(ours: Measure, theirs: Measure, rounds = 11): Promise<Comparison> {
  return comparison(await inTurn({ ours, theirs }, { rounds, warmUp: true }), "ours", "theirs");
}

/** What each way measured, by round. */
export type Rounds<Name extends string, Result = number> = readonly Readonly<Record<Name, Result>>[];

/** {@link interleaved} of any number of ways: every other round goes backwards. */
export async function inTurn<Name extends string, Result = number>(
  ways: Readonly<Record<Name, () => Promise<Result>>>,
  { rounds, seconds = Number.POSITIVE_INFINITY, warmUp = false }: Extent,
): Promise<Rounds<Name, Result>> {
  const names = Object.keys(ways) as Name[];
  if (warmUp) for (const name of names) await ways[name]();
  const begin = performance.now();
  const measured: Record<Name, Result>[] = [];
  do {
    const order = measured.length % 2 === 0 ? names : names.toReversed();
    const round: Partial<Record<Name, Result>> = {};
    for (const name of order) round[name] = await ways[name]();
    measured.push(round as Record<Name, Result>);
  } while (measured.length < rounds && performance.now() - begin < seconds * 1000);
  return measured;
}

export function comparison<Name extends string>(rounds: Rounds<Name>, ours: Name, theirs: Name): Comparison {
  const ratios = rounds.map((round) => round[ours] / round[theirs]).sort((a, b) => a - b);
  return {
    ours: median(rounds.map((round) => round[ours])),
    theirs: median(rounds.map((round) => round[theirs])),
    ratio: median(ratios),
    lowest: ratios[0]!,
    highest: ratios.at(-1)!,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** One line for a person: "TLS throughput: 812 against 820 MB/s, ratio 0.99 (0.93 to 1.04)". */
export function line(title: string, unit: string, scale: number, comparison: Comparison): string {
  const { ours, theirs, ratio, lowest, highest } = comparison;
  const [a, b] = [ours, theirs].map((value) => (value / scale).toPrecision(3));
  return `${title}: ${a} against ${b} ${unit}, ratio ${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
}
