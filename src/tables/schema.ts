/**
 * What an export does to the network, as far as SOCKS is concerned.
 *
 * - `socket`: TCP. The runtime has an R-form for it, or `finding` says that there is none.
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

/**
 * The part that a function of the Berkeley face plays in "What SOCKS expects" (src/contract). `io`: what reads or writes;
 * `mode`: what makes a descriptor nonblocking, or blocking again.
 */
export type SocketCall =
  | "socket"
  | "connect"
  | "bind"
  | "getsockname"
  | "listen"
  | "accept"
  | "select"
  | "rcmd"
  | "io"
  | "mode"
  | "close";

/** A function, class or object that a module exports, or a method of such a class. */
export interface Row {
  readonly class: Exclude<ExportClass, "inert">;
  /** What a reference to it is rewritten to. A row without it is reported. */
  readonly becomes?: RForm;
  /** What the R-form does when it runs that the original never did, in whole sentences: `--explain` and reports tell it. */
  readonly does?: string;
  /** The code of the finding that reports it. Exactly one of `becomes` and `finding` is given. */
  readonly finding?: FindingCode;
  /**
   * Where the reference counts. `construct`: only where an instance is made or inherited or the class
   * is handed on as a value; `instanceof`, static members and types stay as they are.
   * `call`: only where it is called, with `new` or without: a program hands on `Function` to say what type it means.
   */
  readonly at?: "construct" | "call";
  /** Not every Node has it: a program that has another for that case goes on asking whether there is one. */
  readonly optional?: true;
  /** Node has no such global: what gives it one is some package's. A package that names it has mostly made it for browsers. */
  readonly elsewhere?: true;
  /**
   * The method is safe as `super.method(…)`: the class that the program extends has become an R-form, and the R-form's
   * method answers. On any other receiver, the object may be of the original class.
   */
  readonly viaSuper?: "inert";
  /**
   * What the first argument says, where it is a constant: the `file` that runs elsewhere, and that nothing is reported of
   * where it is looked at as well; the `command` that is started, its arguments apart; the line for the `shell`.
   */
  readonly names?: "file" | "command" | "shell";
  /** The property of the first argument that says so. Without it, what runs is this program. */
  readonly option?: string;
  /** A function of the Berkeley face: its descriptor comes first. */
  readonly call?: SocketCall;
  /** A call of it is reported where an argument, from 0, is this constant: under the mask, for flags share its bits. */
  readonly refuses?: {
    readonly argument: number;
    readonly mask: number;
    readonly value: number;
    readonly finding: FindingCode;
  };
  /**
   * What the call gives. `require`: what that is called with is followed like `require` itself. `module`: the module of
   * Node that the first argument names.
   */
  readonly returns?: "require" | "module";
  /**
   * On a receiver without a type, only a call of that name may be a socket's method: as a property, half of the world
   * has it.
   */
  readonly untyped?: "called";
  /** Methods of instances: `receiver.method(…)` becomes `becomes(receiver, …)`. */
  readonly members?: Readonly<Record<string, Row>>;
  /** What is reached through the object or class itself, as `path.name`: a reference like any other. */
  readonly statics?: Readonly<Record<string, Row | HolderRow>>;
  /** Names of members, of instances or static ones, that open nothing. */
  readonly inertMembers?: readonly string[];
}

/** A class or object that opens nothing by itself, but has members that do. */
export interface HolderRow extends Pick<Row, "members" | "statics" | "inertMembers" | "call" | "refuses"> {
  readonly class: "inert";
}

export type FindingCode = `SOCKS${number}`;

/** One module's exports, classified. */
export interface ModuleTable {
  /** The specifier, without `node:`. */
  readonly module: string;
  /** It is only to be had as `node:…`: without that, the specifier is somebody's package. */
  readonly prefix?: "required";
  /** The R-namespace of the same shape, where the runtime has one: what the module becomes when it escapes as a value. */
  readonly namespace?: RForm;
  /** The module of the same shape that an import is redirected to. Given together with `namespace`. */
  readonly redirect?: `@tsocksify/runtime/${string}`;
  /**
   * The finding for the module as a value (`f(vm)`, `vm[name]`), where there is no `namespace`. Without either, that
   * is left alone: what matters in the module is too rare in it to suspect everybody who hands it on.
   */
  readonly finding?: FindingCode;
  /**
   * Everything in the module, and in the paths under it, is of that kind: it is reported where it is imported, whatever
   * is taken from it.
   */
  readonly whole?: Row;
  /** Exports that matter. */
  readonly exports: Readonly<Record<string, Row | HolderRow>>;
  /**
   * Exports that are another module, or this one: `fs.promises` is `fs/promises`, which has a table of its own. Also
   * the type that a module is declared by: `cluster` is a `Cluster`.
   */
  readonly aliases?: Readonly<Record<string, string>>;
  /**
   * Exports that open nothing, so that an export that nobody has looked at is noticed. Numbers need no entry: there is
   * no calling them.
   */
  readonly inert: readonly string[];
  /** Members, of instances or static ones, of the exports in `inert` and `aliases`: they open nothing either. */
  readonly inertMembers?: Readonly<Record<string, readonly string[]>>;
}

/** Names that exist without an import. */
export interface GlobalTable {
  readonly globals: Readonly<Record<string, Row | HolderRow>>;
  /** Globals that are a module: `process` is what `require("process")` gives. */
  readonly aliases?: Readonly<Record<string, string>>;
  /**
   * Global types by whose members a module, or what it exports, is declared: the module, and the path from there.
   * `NodeJS.Process` has what `require("process")` has.
   */
  readonly types?: Readonly<Record<string, readonly [module: string, ...path: string[]]>>;
  /** Global names that open nothing. */
  readonly inert: readonly string[];
}
