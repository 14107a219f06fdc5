import { countingFindings, textEdits, type FilePlan, type TypeScript } from "../../engine/index.js";
import type { Problem } from "../../project/project.js";
import { readSource } from "../../project/source-text.js";
import { EditedText } from "../build/edited.js";
import { sourceMapOf, type SourceMap } from "./source-map.js";

/** What the host is to print, and where. Lines and columns count from 1; columns are UTF-16 code units. */
export interface Message {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What is to become of a module. */
export interface Look {
  /** The text that was looked at, without a byte order mark. */
  readonly text: string;
  /** The rewritten text and the way back; undefined where it stays as it is. */
  readonly rewritten?: { readonly code: string; readonly map: SourceMap };
  /** What keeps it from being SOCKSified: the build must fail. */
  readonly errors: readonly Message[];
  readonly warnings: readonly Message[];
  /** How many call sites there are, rewritten or reported. */
  readonly sites: number;
  /** Absolute paths of what else decides about it: once one of them changes, it has to be looked at again. */
  readonly decisive: readonly string[];
  /** The same of files that aren't there, worked out when asked for: once one of them is made, it has to be looked at again. */
  missing(this: void): readonly string[];
}

/** The look at a file whose types are known. */
export function lookOf(ts: TypeScript, plan: FilePlan, depends: Pick<Look, "decisive" | "missing">): Look {
  const { file, rewrites } = plan;
  const findings = countingFindings(ts, plan);
  const messages = (severity: string): Message[] =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(({ code, message, start }) => {
        const { line, character } = file.getLineAndCharacterOfPosition(start);
        return { text: `${code}: ${message}.`, line: line + 1, column: character + 1 };
      });
  const edits = textEdits(ts, plan, { placement: "same-line" });
  const edited = edits.length > 0 ? new EditedText(file.text, edits) : undefined;
  return {
    text: file.text,
    ...(edited ? { rewritten: { code: edited.text, map: sourceMapOf(edited, file.fileName) } } : {}),
    errors: messages("error"),
    warnings: messages("warning"),
    sites: rewrites.length + findings.length,
    ...depends,
  };
}

/** The look at a file that can't be parsed: nothing is known of it. */
export function brokenLook({ file, message, line = 1, column = 1 }: Problem): Look {
  const text = readSource(file)?.text ?? "";
  return {
    text,
    errors: [{ text: message, line, column }],
    warnings: [],
    sites: 0,
    decisive: [],
    missing: () => [],
  };
}
