import type { FindingCode } from "../tables/schema.js";
import type { Severity } from "../findings/finding.js";

/** A place in a file of a package. Lines and columns count from 1; columns are UTF-16 code units. */
export interface PackagePlace {
  /** Relative to the package's folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A place where a package opens a socket, or leaves our sight. */
export interface Site extends PackagePlace {
  /** The call site's text, on one line. */
  readonly text: string;
  /** The R-form that it would become, were the package compiled too. */
  readonly becomes?: string;
  /** What it would be reported as in the project's own code. */
  readonly code?: FindingCode;
}

/**
 * What can be done about it.
 *
 * - `rewritable`: it has an R-form; direct until the package is compiled too, or handed a connection.
 * - `no-r-form`: it can't be rewritten; direct unless the package can be told to do without.
 * - `datagrams`: nothing can SOCKSify it.
 * - `out-of-sight`: nothing here can tell.
 */
export type Verdict = "rewritable" | "no-r-form" | "datagrams" | "out-of-sight";

/** The sites of a package that share a verdict: one row of the table. */
export interface Opening {
  readonly verdict: Verdict;
  /** Of the finding that tells of it. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** In a sentence. */
  readonly reason: string;
  readonly sites: readonly Site[];
}

/** An option by which a package can be handed an agent or a connection. */
export interface Taken extends PackagePlace {
  readonly name: string;
}

/** The import in the project that leads to a package. */
export interface Arrival {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A package that the project's files reach. */
export interface Dependency {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly version: string | undefined;
  readonly arrival: Arrival;
  /** The packages between that import and this one, from the project on. */
  readonly through: readonly string[];
  /** Empty: it opens nothing by itself. */
  readonly opens: readonly Opening[];
  readonly takes: readonly Taken[];
}
