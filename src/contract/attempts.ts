import { afterFailure, afterSuccess } from "./protocol.js";
import type { State } from "./state.js";
import type { Returned, Value } from "./value.js";

/** What a condition says of a connect. As in C: a result that is not 0 is a failure. */
export function tellingOf({ resultOf, tells }: Value): Value["tells"] {
  return tells ?? (resultOf === undefined ? undefined : { of: resultOf, failedWhen: true });
}

/** What holds where it is true, and where it is not. */
export function sidesOf(
  state: State | undefined,
  { of, failedWhen }: NonNullable<Value["tells"]>,
): { readonly whenTrue: State | undefined; readonly whenFalse: State | undefined } {
  const failure = afterFailure(state, of);
  const success = afterSuccess(state, of);
  return failedWhen ? { whenTrue: failure, whenFalse: success } : { whenTrue: success, whenFalse: failure };
}

/** The values that tell whether a connect has succeeded, each with what holds then. */
export function branchesOf(
  state: State | undefined,
  value: Value,
): readonly (readonly [returned: Returned, state: State | undefined])[] | undefined {
  if (value.resultOf !== undefined)
    return [
      [0, afterSuccess(state, value.resultOf)],
      [-1, afterFailure(state, value.resultOf)],
    ];
  if (!value.tells) return undefined;
  const { whenTrue, whenFalse } = sidesOf(state, value.tells);
  return [
    [true, whenTrue],
    [false, whenFalse],
  ];
}
