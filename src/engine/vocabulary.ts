import type ts from "typescript";
import type { FindingCode, RForm } from "../tables/schema.js";
import type { Edit } from "./shapes/shape.js";

/** The `typescript` namespace that the host runs in. SyntaxKind numbers differ between versions: always compare through it. */
export type TypeScript = typeof ts;

/** What a name stands for, as told by a {@link Resolver}. */
export type Identity =
  /** An export of a module (`path` is empty for the module itself), or a member of a class it exports. */
  | { readonly kind: "export"; readonly module: string; readonly path: readonly string[] }
  /** A name that exists without an import. */
  | { readonly kind: "global"; readonly path: readonly string[] }
  /** Something that the project or one of its dependencies declares. */
  | {
      readonly kind: "user";
      readonly declaration: Place;
      readonly label: string;
      /** It is a member of an interface or a type, and an instance of a class whose member matters has all of that. */
      readonly isStandIn?: true;
    }
  /**
   * A member of a union (or intersection) whose constituents declare it in different places; `unknown` is among them where
   * some have no such member.
   */
  | { readonly kind: "mixed"; readonly of: readonly Identity[] }
  /** A member of a value whose type is `any` or `unknown`, or that has any member of these types: `isOpen`. */
  | { readonly kind: "any"; readonly isOpen?: true }
  /** No declaration was found. */
  | { readonly kind: "unknown" };

/** Where a declaration starts: identifies it across the checker's nodes and ours. */
export interface Place {
  readonly fileName: string;
  readonly start: number;
}

/** One name to be resolved. */
export interface Question {
  readonly file: ts.SourceFile;
  /** The identifier, the string in `receiver["name"]`, or the key in `receiver[key]`. */
  readonly name: ts.Node;
  /** What `name` is a member of: an expression, or the pattern that destructures it. */
  readonly receiver?: ts.Node;
  /** The property of the receiver that is meant, where `name` is not its name as a member. */
  readonly property?: string;
  /** It is meant of the type that is expected where the receiver stands: of the parameter that it is handed to. */
  readonly isExpected?: true;
}

/** What answers "which declaration is this?", all questions of a program at once. */
export interface Resolver {
  resolve(questions: readonly Question[]): readonly Identity[];
  /**
   * The texts that keys may be, by their types: `receiver[key]`. Numbers and symbols are no texts. Undefined where a key
   * may be any text.
   */
  textsOf(keys: readonly ts.Expression[]): readonly (readonly string[] | undefined)[];
  /**
   * All that a specifier such as `#net` may stand for, by the package.json of the file that has it.
   *
   * @param fileName absolute path
   */
  subpath(fileName: string, specifier: string): readonly string[];
}

/** How a call site is rewritten; one file each in shapes/. */
export type ShapeName = keyof typeof import("./shapes/index.js").shapes;

/** A call site that becomes an R-form. */
export interface Rewrite {
  readonly shape: ShapeName;
  /** The node that the shape replaces or edits. */
  readonly node: ts.Node;
  /** The token that stands for the call site in reports and source maps. */
  readonly name: ts.Node;
  /** The R-form, or the specifier that an import is redirected to. */
  readonly to: RForm | `@tsocksify/runtime/${string}`;
  /** The module that has the R-form. Default: the runtime itself. */
  readonly from?: string;
}

/** A call site that can't be SOCKSified. */
export interface Finding {
  readonly code: FindingCode;
  /** The token that stands for the call site. */
  readonly node: ts.Node;
  /** Where in the file it is, where that isn't the node's place: a comment is no node. */
  readonly span?: Span;
  /** It is about a call site that is counted already, or about none: not in the tally. */
  readonly isBeside?: boolean;
  /** What its message names beside the call site: the command of a child process. */
  readonly object?: string;
  /** Some paths through the program break the rule and others keep it. Never an error. */
  readonly certainty?: "may";
  /** The edits that mend it together, in ascending order, where that is safe: all of them are made or none. */
  readonly fix?: readonly Edit[];
  /** The reason that a comment gives for letting it be. */
  readonly suppressed?: string;
}

/** A part of a file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A candidate that turned out to be something else. */
export interface Irrelevant {
  readonly node: ts.Node;
  readonly reason: string;
}

/** Everything the engine has to say about one file. */
export interface FilePlan {
  readonly file: ts.SourceFile;
  /** Local names that the file already gives to exports of the runtime (`*`: to all of it). */
  readonly runtime: ReadonlyMap<string, string>;
  readonly rewrites: readonly Rewrite[];
  readonly findings: readonly Finding[];
  readonly irrelevant: readonly Irrelevant[];
}

export interface Tally {
  readonly callSites: number;
  readonly rewritten: number;
  readonly reported: number;
  readonly irrelevant: number;
  /** Findings that a comment in the source lets be, where there are any; they are among those reported. */
  readonly suppressed?: number;
}
