/** The lines of a text. Lines and characters count from 0; characters are UTF-16 code units. */
export class Lines {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (const { index, 0: newline } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g))
      starts.push(index + newline.length);
    this.starts = starts;
  }

  at(position: number): { line: number; character: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: position - this.starts[low]! };
  }

  positionOf(line: number, character: number): number {
    return (this.starts[line] ?? this.text.length) + character;
  }

  textOf(line: number): string {
    return this.text.slice(this.starts[line], this.starts[line + 1]).replace(/[\r\n\u2028\u2029]+$/, "");
  }
}
