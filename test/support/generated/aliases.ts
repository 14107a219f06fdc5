import { declaring, wrapping, type Step } from "./draft.js";

/** A step that declares `held`, of which `typeof` can be said, and what is made of it. */
const held = (statement: (held: string, name: string) => string, to?: (name: string) => string): Step =>
  declaring((from, name) => `const ${name}h = ${from}; ${statement(`${name}h`, name)}`, to);

/** Other names for a value, whatever it is. */
export const aliases: readonly Step[] = [
  wrapping((from) => from),
  wrapping((from) => `(${from})`),
  wrapping((from) => `${from}!`),
  wrapping((from) => `(${from} satisfies object)`),
  wrapping((from) => `(0, ${from})`),
  declaring((from, name) => `const ${name} = await Promise.resolve(${from});`),
  wrapping((from) => `({ inner: ${from} })?.inner!`),
  wrapping((from) => `[${from}].at(0)!`),
  declaring((from, name) => `const ${name} = ${from};`),
  declaring((from, name) => `let ${name} = ${from};`),
  declaring(
    (from, name) => `const ${name} = { inner: ${from} };`,
    (name) => `${name}.inner`,
  ),
  declaring(
    (from, name) => `const ${name} = { outer: { inner: ${from} } };`,
    (name) => `${name}?.outer!.inner`,
  ),
  declaring((from, name) => `const { inner: ${name} } = { inner: ${from} };`),
  declaring((from, name) => `const { outer: { inner: ${name} } } = { outer: { inner: ${from} } };`),
  declaring((from, name) => `const [${name}] = [${from}] as const;`),
  declaring((from, name) => `const [, ...[${name}]] = [1, ${from}] as const;`),
  declaring(
    (from, name) => `const ${name} = () => ${from};`,
    (name) => `${name}()`,
  ),
  declaring((from, name) => `const ${name} = Math.random() < 2 ? ${from} : undefined!;`),
  declaring(
    (from, name) => `class ${name} { static readonly held = ${from}; }`,
    (name) => `${name}.held`,
  ),
  declaring((from, name) => `const ${name} = ((handed = ${from}) => handed)();`),
  declaring(
    (from, name) => `const ${name} = { get held() { return ${from}; } };`,
    (name) => `${name}.held`,
  ),
  declaring(
    (from, name) => `const ${name} = Object.assign({ other: 1 }, { held: ${from} });`,
    (name) => `${name}.held`,
  ),
  declaring(
    (from, name) => `const ${name} = { ...{ held: ${from} } };`,
    (name) => `${name}.held`,
  ),
  declaring(
    (from, name) => `const ${name}: unique symbol = Symbol(); const ${name}o = { [${name}]: ${from} };`,
    (name) => `${name}o[${name}]`,
  ),
  declaring(
    (from, name) => `const ${name} = function* () { yield ${from}; };`,
    (name) => `[...${name}()][0]!`,
  ),
  declaring(
    (from, name) =>
      `const ${name}g = async function* () { yield ${from}; }; const ${name} = (await ${name}g().next()).value!;`,
  ),
  declaring(
    (from, name) =>
      `using ${name}u = { held: ${from}, [Symbol.dispose]() {} }; const ${name} = ${name}u.held;`,
  ),
  held((held, name) => `const ${name} = (<T = typeof ${held}>(value: T): T => value)(${held});`),
  held((held, name) => `const ${name} = ((...[first]: [typeof ${held}]) => first)(${held});`),
  held((held, name) => `const [${name}]: [held: typeof ${held}, count: number] = [${held}, 1];`),
  held(
    (held, name) =>
      `const ${name} = ((_: TemplateStringsArray, value: typeof ${held}) => value)\`\${${held}}\`;`,
  ),
  held(
    (held, name) =>
      `type ${name}t<T> = T extends { held: infer H } ? H : never; const ${name}: ${name}t<{ held: typeof ${held} }> = ${held};`,
  ),
  held(
    (held, name) =>
      `function ${name}(kind: 1): typeof ${held}; function ${name}(kind: 2): string; function ${name}(_: number): unknown { return ${held}; }`,
    (name) => `${name}(1)`,
  ),
  held(
    (held, name) => `class ${name} { static held: typeof ${held}; static { this.held = ${held}; } }`,
    (name) => `${name}.held`,
  ),
  held(
    (held, name) =>
      `class ${name} { readonly #held = ${held}; static of(one: ${name}) { return one.#held; } }`,
    (name) => `${name}.of(new ${name}())`,
  ),
  held(
    (held, name) =>
      `const ${name}d = <T>(value: T, _: unknown): T => value; class ${name} { @${name}d held() { return ${held}; } }`,
    (name) => `new ${name}().held()`,
  ),
  held(
    (held, name) =>
      `interface ${name}i<T = typeof ${held}> { readonly held: T } const ${name}: ${name}i = { held: ${held} };`,
    (name) => `${name}.held`,
  ),
  held((held, name) => `let ${name}: typeof ${held} | undefined; ${name} ??= ${held};`),
  held((held, name) => `let ${name}!: typeof ${held}; [${held}].forEach((each) => { ${name} = each; });`),
  held((held, name) => `let ${name}!: typeof ${held}; for (const each of [${held}]) ${name} = each;`),
  held(
    (held, name) => `const ${name}k = {}; const ${name} = new WeakMap([[${name}k, ${held}]]);`,
    (name) => `${name}.get(${name}k)!`,
  ),
  held(
    (held, name) => `function ${name}(this: typeof ${held}) { return this; }`,
    (name) => `${name}.call(${name}h)`,
  ),
  held(
    (held, name) =>
      `let ${name}!: typeof ${held}; try { throw ${held}; } catch (thrown) { ${name} = thrown as typeof ${held}; }`,
  ),
  held((held, name) => `let ${name}!: typeof ${held}; switch (1 as number) { case 1: ${name} = ${held}; }`),
];
