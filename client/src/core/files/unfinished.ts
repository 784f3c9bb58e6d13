/** What must not outlive this process: temporary files and locks. For a program that ends before it can clean up. */

/** Removes itself at once, without waiting. */
interface Unfinished {
  removeSync(): void;
}

const all = new Set<Unfinished>();

export const remember = (one: Unfinished): void => void all.add(one);
export const forget = (one: Unfinished): void => void all.delete(one);

const creations = new Set<Promise<unknown>>();

/** Marks work that creates such a file: it may be there before the program knows. */
export async function creating<Result>(work: Promise<Result>): Promise<Result> {
  creations.add(work);
  try {
    return await work;
  } finally {
    creations.delete(work);
  }
}

/** For an orderly end: waits until no file is being created, as it may be there before the program knows. */
export async function removeAllUnfinished(): Promise<void> {
  while (creations.size > 0) {
    await Promise.allSettled(creations);
    await new Promise((resolve) => setImmediate(resolve));
  }
  removeUnfinished();
}

/** Call it last: what is written afterwards is lost. Never throws. */
export function removeUnfinished(): void {
  for (const one of all) {
    try {
      one.removeSync();
    } catch {
      // The next run of the same output sweeps it.
    }
  }
  all.clear();
}
