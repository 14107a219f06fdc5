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

/** What no program contains: the text between is where a socket is reached, and in it what came before is not. */
const SITE = ["\uE000", "\uE001"] as const;
const BEFORE = ["\uE002", "\uE003"] as const;

/** The same step, as one by which the program reaches what opens sockets: a finding has to be there. */
export function reaching(step: Step): Step {
  return (draft, index) => {
    const mark = ([open, close]: typeof SITE | typeof BEFORE, text: string): string => open + text + close;
    const next = step({ ...draft, expression: mark(BEFORE, draft.expression) }, index);
    const added = (now: readonly string[], before: readonly string[]): string[] => [
      ...before,
      ...now.slice(before.length).map((line) => mark(SITE, line)),
    ];
    return {
      imports: added(next.imports, draft.imports),
      body: added(next.body, draft.body),
      expression: mark(SITE, next.expression),
    };
  };
}

/** A generated program, and where in its text it reaches what opens sockets. */
export interface Generated {
  readonly text: string;
  /** From and to, which is not included. */
  readonly site: readonly (readonly [start: number, end: number])[];
  readonly isJsx?: boolean;
}

/** The program: `run` does what the chain leads to. */
export function programOf({ imports, body, expression }: Draft): Generated {
  return unmarked(
    [
      ...imports,
      "export async function run(): Promise<unknown> {",
      ...body.map((line) => `  ${line}`),
      `  return ${expression};`,
      "}",
      "",
    ].join("\n"),
  );
}

function unmarked(marked: string): Generated {
  let text = "";
  const site: [number, number][] = [];
  const open: boolean[] = [false];
  for (const part of marked.split(/([\uE000-\uE003])/)) {
    if (part === SITE[0] || part === BEFORE[0]) open.push(part === SITE[0]);
    else if (part === SITE[1] || part === BEFORE[1]) open.pop();
    else {
      if (open.at(-1)) site.push([text.length, text.length + part.length]);
      text += part;
    }
  }
  return { text, site };
}
