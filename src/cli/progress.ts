/** Says on the last line of a terminal what takes its time; silent elsewhere. */
export class Progress {
  private isShown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    const room = (this.stream.columns || 80) - 1;
    this.stream.write(`\r\u001B[K${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
    this.isShown = true;
  }

  clear(): void {
    if (this.isShown) this.stream.write("\r\u001B[K");
    this.isShown = false;
  }
}
