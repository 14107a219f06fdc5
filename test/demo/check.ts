const failures: string[] = [];

/** Says whether what was counted is what a SOCKSified program owes; a no makes the demo's exit code 1. */
export function check(claim: string, holds: boolean): void {
  console.log(`  ${holds ? "✔" : "✖"} ${claim}`);
  if (!holds) failures.push(claim);
}

/** The claims that did not hold. */
export function failed(): readonly string[] {
  return failures;
}
