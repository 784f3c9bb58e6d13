/** Another program, at the moment that suits it best: between two calls of the file system. */
import promises from 'node:fs/promises';

type Call = 'lstat' | 'open' | 'readFile' | 'rename';

/** Does `work`, and `act` once: at the first call of that name, `before` it or `after` it. Fails where there is none. */
export async function meanwhile<Result>(
  when: 'before' | 'after',
  call: Call,
  act: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const original = promises[call];
  let called = false;
  const once = () => {
    if (!called) act();
    called = true;
  };
  const wrapped = async (...args: unknown[]): Promise<unknown> => {
    if (when === 'before') once();
    const result: unknown = await Reflect.apply(original, promises, args);
    if (when === 'after') once();
    return result;
  };
  Object.assign(promises, { [call]: wrapped });
  try {
    return await work();
  } finally {
    Object.assign(promises, { [call]: original });
    if (!called) throw new Error(`${call} was not called`);
  }
}
