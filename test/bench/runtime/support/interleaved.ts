/** A thing to measure; the number it returns is better when it is higher, such as bytes per second. */
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

/**
 * Measures two things in turn, first one then the other first, so that what else happens on the machine meets both.
 *
 * @param rounds pairs of runs that count; one more goes before them, for the compiler
 */
export async function interleaved(ours: Measure, theirs: Measure, rounds = 11): Promise<Comparison> {
  await ours();
  await theirs();
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await ours();
      pairs.push({ ours: first, theirs: await theirs() });
    } else {
      const first = await theirs();
      pairs.push({ ours: await ours(), theirs: first });
    }
  }
  const ratios = pairs.map(({ ours, theirs }) => ours / theirs).sort((a, b) => a - b);
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    theirs: median(pairs.map(({ theirs }) => theirs)),
    ratio: median(ratios),
    lowest: ratios[0]!,
    highest: ratios.at(-1)!,
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** One line for a person: "TLS throughput: 812 against 820 MB/s, ratio 0.99 (0.93 to 1.04)". */
export function line(title: string, unit: string, scale: number, comparison: Comparison): string {
  const { ours, theirs, ratio, lowest, highest } = comparison;
  const [a, b] = [ours, theirs].map((value) => (value / scale).toPrecision(3));
  return `${title}: ${a} against ${b} ${unit}, ratio ${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
}
