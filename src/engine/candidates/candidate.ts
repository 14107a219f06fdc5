import type ts from "typescript";
import type { MemberAccess } from "../syntax.js";

/** A place that may touch a socket function, found by syntax alone. */
export type Candidate =
  /** A plain identifier: `dial(…)`, `fetch(…)`, `f(net)`. `expression` is what would be replaced. */
  | { readonly role: "name"; readonly name: ts.Identifier; readonly expression: ts.Expression }
  /** `receiver.name` or `receiver["name"]`. */
  | {
      readonly role: "member";
      readonly name: ts.Identifier | ts.StringLiteralLike;
      readonly expression: MemberAccess;
    }
  /** `{ connect }` */
  | {
      readonly role: "shorthand";
      readonly name: ts.Identifier;
      readonly node: ts.ShorthandPropertyAssignment;
    }
  /** `export { connect }`, `import dial = net.connect`: a name that only its import can replace. */
  | { readonly role: "alias"; readonly name: ts.Identifier; readonly node: ts.Node }
  /** `receiver[key]`, where the key is this name, and nothing else. */
  | {
      readonly role: "computed";
      readonly name: ts.Expression;
      readonly expression: ts.ElementAccessExpression;
      readonly key: string;
    }
  /** `const { connect } = sock`, `({ connect } = sock)`, `Reflect.get(sock, "connect")` */
  | {
      readonly role: "destructured";
      readonly name: ts.Expression;
      /** What `name` says, or is a constant for. */
      readonly key: string;
      readonly pattern: ts.Node;
    }
  /** `vi.mock("net")`: a module that others get a stand-in for, who ask for it by this name. */
  | { readonly role: "mocked"; readonly name: ts.StringLiteralLike | ts.Identifier }
  /** `mock.method(net, "connect")`, `vi.spyOn(globalThis, "fetch")`: handed to what can replace it. */
  | {
      readonly role: "replaced";
      readonly name: ts.StringLiteralLike;
      readonly receiver: ts.Expression;
    }
  /** `require("net")`, `import("net")`, `export … from "net"`: a whole module, or the names given. */
  | {
      readonly role: "module";
      readonly specifier: ts.StringLiteralLike;
      readonly node: ts.Node;
      /** The exports that are taken; undefined: any. */
      readonly names?: readonly string[];
      /** The call that gives the module, where that can't be made to give another one. */
      readonly getter?: ts.CallExpression;
    }
  /** `import net from "#net"`, `require("#net")`: a name that a package.json gives a module. */
  | {
      readonly role: "subpath";
      readonly specifier: ts.StringLiteralLike;
      /** The exports that are taken; undefined: any. */
      readonly names?: readonly string[];
    }
  /** `sock[key]`, `globalThis[key]`, `Reflect.get(sock, key)`, `const { [key]: dial } = sock`: whichever member that is. */
  | {
      readonly role: "unknown";
      readonly name: ts.Expression;
      /** What it is a member of, or the pattern that takes it. */
      readonly receiver: ts.Expression | ts.ObjectBindingPattern;
      /** The access itself; of `Reflect.get` and patterns there is none. */
      readonly expression?: ts.ElementAccessExpression;
      /** The receiver is the global object, or a module that is one of its members, by its own words. */
      readonly isGlobal: boolean;
      /** The names that matter among those that the key may have by its type; undefined: any. */
      readonly keys?: readonly string[];
    }
  /** `load(globalThis)`, `[globalThis]`: the type that is expected at the place where it is put decides what becomes of it. */
  | {
      readonly role: "handed";
      readonly name: ts.Identifier;
      readonly place: ts.Node;
      /** The outermost literal that it is part of, or function that returns it: nothing is expected of the properties of `any`. */
      readonly literal?: ts.Expression;
    }
  /** `{ ...globalThis }`, `const { ...all } = globalThis`, `Object.values(globalThis)`: all of it, whatever becomes of that. */
  | { readonly role: "copied"; readonly name: ts.Identifier }
  /** `new AsyncFunction(…)`, which has no name that tells. */
  | { readonly role: "evaluated"; readonly node: ts.Expression }
  /** `setTimeout.constructor(text)`, `const { constructor: Make } = dial`: Function, where `owner` is a function. */
  | { readonly role: "constructor"; readonly name: ts.Expression; readonly owner: ts.Node }
  /** `require(name)`, `import(name)`, `f(createdRequire)`: whichever module that is. */
  | {
      readonly role: "loading";
      readonly node: ts.Expression;
      /** The method that may be Node's or the program's own: `loader.require("net")`. */
      readonly method?: MemberAccess;
    };
