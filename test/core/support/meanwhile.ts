/** Another program, at the moment that suits it best: between two calls of the file system. */
import promises from 'node:fs/promises';

/**
 * Does `work`, and `act` once: at the first call of that name, `before` it or `after` it. Fails where there is none. The
 * call is one of `of`: of the file system, or of all open files.
 */
export async function meanwhile<Result>(
  when: 'before' | 'after',
  call: 'lstat' | 'readFile' | 'rename' | 'sync',
  act: () => void,
  work: () => Promise<Result>,
  of: object = promises,
): Promise<Result> {
  const original: unknown = Reflect.get(of, call);
  if (typeof original !== 'function') throw new TypeError(`there is no ${call}`);
  let called = false;
  const once = () => {
    if (!called) act();
    called = true;
  };
  const wrapped = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    if (when === 'before') once();
    const result: unknown = await Reflect.apply(original, this, args);
    if (when === 'after') once();
    return result;
  };
  Object.assign(of, { [call]: wrapped });
  try {
    return await work();
  } finally {
    Object.assign(of, { [call]: original });
    if (!called) throw new Error(`${call} was not called`);
  }
}
