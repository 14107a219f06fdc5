/**
 * What an export does to the network, as far as SOCKS is concerned.
 *
 * - `socket`: TCP, and the runtime has an R-form for it.
 * - `udp`: datagrams (UDP, QUIC). SOCKS here is TCP only: "search your source for SOCK_DGRAM".
 * - `dns`: asks for names outside the proxy.
 * - `process`: code that leaves our sight (child processes, workers, clusters, evaluated text).
 * - `native`: machine code that may open sockets of its own (addons, ffi, wasi).
 * - `inert`: opens nothing.
 */
export type ExportClass = "socket" | "udp" | "dns" | "process" | "native" | "inert";

/**
 * A reference to an R-form: a name exported by the runtime, or a member of one of its R-namespaces.
 * The runtime's own exports are the judge of it (test/tables/rforms.test.ts).
 */
export type RForm = `R${string}`;

/** A function, class or object that a module exports, or a method of such a class. */
export interface Row {
  readonly class: Exclude<ExportClass, "inert">;
  /** What a reference to it is rewritten to. A row without it is reported. */
  readonly becomes?: RForm;
  /** The code of the finding that reports it. Exactly one of `becomes` and `finding` is given. */
  readonly finding?: FindingCode;
  /**
   * Where the reference counts. `construct`: only where an instance is made or inherited or the class
   * is handed on as a value; `instanceof`, static members and types stay as they are.
   */
  readonly at?: "construct";
  /** Methods of instances: `receiver.method(…)` becomes `becomes(receiver, …)`. */
  readonly members?: Readonly<Record<string, Row>>;
  /** Names of instance members that open nothing. */
  readonly inertMembers?: readonly string[];
}

/** A class that opens nothing by being constructed, but has methods that do. */
export interface HolderRow extends Omit<Row, "class" | "becomes" | "finding" | "at"> {
  readonly class: "inert";
  readonly members: Readonly<Record<string, Row>>;
}

export type FindingCode = `SOCKS${number}`;

/** One module's exports, classified. */
export interface ModuleTable {
  /** The specifier, without `node:`. */
  readonly module: string;
  /** The R-namespace of the same shape, where the runtime has one: what the module becomes when it escapes as a value. */
  readonly namespace?: RForm;
  /** The module of the same shape that an import is redirected to. Given together with `namespace`. */
  readonly redirect?: `@tsocksify/runtime/${string}`;
  /** The finding for the module as a value, where there is no `namespace`. */
  readonly finding?: FindingCode;
  /** Exports that matter. */
  readonly exports: Readonly<Record<string, Row | HolderRow>>;
  /** Exports that open nothing, so that an export that nobody has looked at is noticed. */
  readonly inert: readonly string[];
}

/** Names that exist without an import. */
export interface GlobalTable {
  readonly globals: Readonly<Record<string, Row>>;
  /** Global names that open nothing. */
  readonly inert: readonly string[];
}
