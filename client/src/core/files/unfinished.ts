/** What must not outlive this process: temporary files and locks. For a program that ends before it can clean up. */

/** Removes itself at once, without waiting. */
interface Unfinished {
  removeSync(): void;
}

const all = new Set<Unfinished>();

export const remember = (one: Unfinished): void => void all.add(one);
export const forget = (one: Unfinished): void => void all.delete(one);

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
