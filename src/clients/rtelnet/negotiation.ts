import {
  DO,
  DONT,
  ECHO,
  IAC,
  SB,
  SE,
  SUPPRESS_GO_AHEAD,
  TERMINAL_TYPE,
  WILL,
  WINDOW_SIZE,
  WONT,
} from "./codes.js";
import type { Told } from "./decoder.js";

/** The terminal that the user sits at. */
export interface Window {
  columns: number;
  rows: number;
}

/** What the client does, and what it lets the other side do; everything else is declined. */
const WE_WILL: readonly number[] = [SUPPRESS_GO_AHEAD, TERMINAL_TYPE];
const THEY_MAY: readonly number[] = [ECHO, SUPPRESS_GO_AHEAD];

const IS = 0;
const SEND = 1;

/** The options of a session (RFC 855): a request is answered only if it changes something, so that nothing loops. */
export class Negotiation implements Told {
  private readonly ours = new Set<number>();
  private readonly theirs = new Set<number>();

  /**
   * @param send to the other side
   * @param terminalType such as "xterm"
   * @param window undefined where there is no terminal
   * @param echoes is told whether the other side echoes from now on
   */
  constructor(
    private readonly send: (bytes: Buffer) => unknown,
    private readonly terminalType: string,
    private readonly window: () => Window | undefined,
    private readonly echoes: (yes: boolean) => void,
  ) {}

  option(verb: number, option: number): void {
    if (verb === WILL || verb === WONT) {
      this.answer(this.theirs, verb === WILL, option, THEY_MAY.includes(option), [DO, DONT]);
      if (option === ECHO) this.echoes(this.theirs.has(ECHO));
      return;
    }
    const possible = WE_WILL.includes(option) || (option === WINDOW_SIZE && this.window() !== undefined);
    const began = this.answer(this.ours, verb === DO, option, possible, [WILL, WONT]);
    if (began && option === WINDOW_SIZE) this.tellWindow();
  }

  subnegotiation(option: number, parameters: Buffer): void {
    if (option !== TERMINAL_TYPE || parameters[0] !== SEND || !this.ours.has(option)) return;
    this.tell(option, Buffer.concat([Buffer.from([IS]), Buffer.from(this.terminalType, "latin1")]));
  }

  /** The window has another size now. */
  tellWindow(): void {
    const window = this.window();
    if (!window || !this.ours.has(WINDOW_SIZE)) return;
    const size = Buffer.alloc(4);
    size.writeUInt16BE(window.columns, 0);
    size.writeUInt16BE(window.rows, 2);
    this.tell(WINDOW_SIZE, size);
  }

  /** @returns whether the option is on from now on, and was not before */
  private answer(
    set: Set<number>,
    wanted: boolean,
    option: number,
    possible: boolean,
    [yes, no]: readonly [number, number],
  ): boolean {
    if (wanted === set.has(option)) return false;
    const on = wanted && possible;
    if (on) set.add(option);
    else set.delete(option);
    this.send(Buffer.from([IAC, on ? yes : no, option]));
    return on;
  }

  private tell(option: number, parameters: Buffer): void {
    this.send(Buffer.concat([Buffer.from([IAC, SB, option]), escaped(parameters), Buffer.from([IAC, SE])]));
  }
}

/** Data as it is sent: a byte 255 is doubled. */
export function escaped(data: Buffer): Buffer {
  return data.includes(IAC)
    ? Buffer.from([...data].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte])))
    : data;
}
