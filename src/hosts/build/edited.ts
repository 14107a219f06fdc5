import { applyEdits, type Edit } from "../../engine/index.js";

/** A piece of the edited text, and where it comes from. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** Where an unchanged piece starts in the original text, or what a new one stands for there. */
  readonly original: number | undefined;
  readonly isNew: boolean;
}

/** A text after its edits, with the way back to the original. */
export class EditedText {
  readonly text: string;
  private readonly pieces: readonly Piece[];

  /** @param edits in ascending order, without overlap */
  constructor(
    readonly original: string,
    readonly edits: readonly Edit[],
  ) {
    this.text = applyEdits(original, edits);
    this.pieces = piecesOf(original, edits);
  }

  /**
   * The position in the original text that a position in the edited one comes from.
   *
   * @returns undefined for text that stands for nothing there, as the import of the runtime
   */
  originalOf(position: number): number | undefined {
    const piece = this.pieceAt(position);
    return piece.original === undefined || piece.isNew
      ? piece.original
      : piece.original + position - piece.start;
  }

  /** As {@link originalOf}, but what stands for nothing is told by where it was put. */
  nearestOf(position: number): number {
    const at = this.originalOf(position);
    if (at !== undefined) return at;
    const next = this.pieces.find(({ start, isNew }) => start > position && !isNew);
    return next?.original ?? this.original.length;
  }

  private pieceAt(position: number): Piece {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pieces[middle]!.start <= position) low = middle;
      else high = middle - 1;
    }
    return this.pieces[low]!;
  }
}

function piecesOf(original: string, edits: readonly Edit[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let at = 0;
  const add = (length: number, original: number | undefined, isNew: boolean): void => {
    if (length === 0) return;
    pieces.push({ start: at, end: at + length, original, isNew });
    at += length;
  };
  for (const { start, end, text, anchor } of edits) {
    add(start - from, from, false);
    add(text.length, anchor, true);
    from = end;
  }
  add(Math.max(1, original.length - from), from, false);
  return pieces;
}
