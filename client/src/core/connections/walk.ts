/** Going through questions, forwards and back. */

/**
 * Asks question after question, beginning with the last of `trail`; those before it can be gone back to. `ask` gets a
 * step, and whether there is one to go back to; it returns the next step, which may be an earlier one. Returns false
 * when the user gives up.
 */
export async function walk<Step extends string>(
  trail: readonly [Step, ...Step[]],
  ask: (step: Step, back: boolean) => Promise<Step | 'back' | 'closed' | 'done'>,
): Promise<boolean> {
  const [first, ...more] = trail;
  const passed = [...more];
  for (;;) {
    const next = await ask(passed.at(-1) ?? first, passed.length > 0);
    if (next === 'done' || next === 'closed') return next === 'done';
    if (next === 'back') passed.pop();
    else if (next === first) passed.length = 0;
    else if (passed.includes(next)) passed.length = passed.indexOf(next) + 1;
    else passed.push(next);
  }
}
