/** A program while it is put together: what is declared so far, and an expression for what it leads to. */
export interface Draft {
  readonly imports: readonly string[];
  readonly body: readonly string[];
  readonly expression: string;
}

/** One step of a chain: what it adds to the program, and the expression that it leads to. */
export type Step = (draft: Draft, index: number) => Draft;

export const empty: Draft = { imports: [], body: [], expression: "undefined" };

/** A step that declares something and goes on with it. */
export function declaring(
  statement: (from: string, name: string) => string,
  to = (name: string) => name,
): Step {
  return (draft, index) => {
    const name = `x${index}`;
    return { ...draft, body: [...draft.body, statement(draft.expression, name)], expression: to(name) };
  };
}

/** A step that only wraps the expression. */
export function wrapping(wrap: (from: string) => string): Step {
  return (draft) => ({ ...draft, expression: wrap(draft.expression) });
}

/** A step that brings something in and goes on with it. */
export function importing(statement: (name: string) => string, to = (name: string) => name): Step {
  return (draft, index) => {
    const name = `x${index}`;
    return { ...draft, imports: [...draft.imports, statement(name)], expression: to(name) };
  };
}

export function chained(steps: readonly Step[]): Draft {
  return steps.reduce<Draft>((draft, step, index) => step(draft, index), empty);
}

/** The program's text: `run` does what the chain leads to. */
export function textOf({ imports, body, expression }: Draft): string {
  return [
    ...imports,
    "export async function run(): Promise<unknown> {",
    ...body.map((line) => `  ${line}`),
    `  return ${expression};`,
    "}",
    "",
  ].join("\n");
}
