import type { FindingKind } from "./finding.js";

export const untypedReceiver: FindingKind = {
  code: "SOCKS1004",
  title: "A method of an untyped value may be a socket's",
  severity: "warning",
  message: (subject, _, object) =>
    `'${subject}' may be a socket's method: ${object === undefined ? "the receiver's type is any" : `a socket or server fits the receiver's type${object && ` ${object}`}`}, so nothing can tell`,
  why: "Types decide what is a socket. A receiver of type any or unknown has none, and an interface that asks for no more than a socket has may be a socket's; a call that is not rewritten would connect directly if it were one after all.",
  mend: "Give the receiver a type that tells: net.Socket, or one that no socket fits. Or set the option any to dispatch, which asks at run time, or to ignore if no socket can be there.",
};
