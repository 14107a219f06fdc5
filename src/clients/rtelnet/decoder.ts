import { DO, DONT, IAC, SB, SE, WILL, WONT } from "./codes.js";

/** What the other side says beside data. */
export interface Told {
  /** WILL, WONT, DO or DONT, and the option. */
  option(verb: number, option: number): void;
  subnegotiation(option: number, parameters: Buffer): void;
}

const CR = 0x0d;

/** Bytes; a subnegotiation that goes on is cut there. */
const LONGEST_SUBNEGOTIATION = 1024;

/** Takes the network's bytes apart (RFC 854), however they are split. */
export class Decoder {
  private state: "data" | "command" | "option" | "parameters" | "parameters' command" = "data";
  private verb = 0;
  private parameters: number[] = [];
  private afterCR = false;

  constructor(private readonly told: Told) {}

  /** @returns what of it is data */
  receive(bytes: Buffer): Buffer {
    const data: number[] = [];
    for (const byte of bytes) this.take(byte, data);
    return Buffer.from(data);
  }

  private take(byte: number, data: number[]): void {
    switch (this.state) {
      case "data":
        if (byte === IAC) this.state = "command";
        // A carriage return by itself is written CR NUL.
        else if (!(this.afterCR && byte === 0)) data.push(byte);
        if (byte !== IAC) this.afterCR = byte === CR;
        return;
      case "command":
        this.state = byte === SB ? "parameters" : isVerb(byte) ? "option" : "data";
        this.verb = byte;
        this.parameters = [];
        if (byte === IAC) data.push(byte);
        return;
      case "option":
        this.state = "data";
        return this.told.option(this.verb, byte);
      case "parameters":
        if (byte === IAC) this.state = "parameters' command";
        else this.keep(byte);
        return;
      case "parameters' command":
        this.state = byte === SE ? "data" : "parameters";
        if (byte === IAC) this.keep(byte);
        if (byte !== SE || this.parameters.length === 0) return;
        return this.told.subnegotiation(this.parameters[0]!, Buffer.from(this.parameters.slice(1)));
    }
  }

  private keep(byte: number): void {
    if (this.parameters.length < LONGEST_SUBNEGOTIATION) this.parameters.push(byte);
  }
}

function isVerb(byte: number): boolean {
  return byte === WILL || byte === WONT || byte === DO || byte === DONT;
}
