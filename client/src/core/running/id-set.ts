/** Prints of what has arrived, in bounded memory: 64 bits for each, in a table outside the heap. */

/** A hash of 64 bits in two whole halves, which are never both zero. */
export type Print = readonly [high: number, low: number];

const MAX_IDS = 4_000_000;

/**
 * Two texts with the same print are taken for one: among four million the chance is below one in a million. It takes
 * `most` prints until it is `full`, which are 64 MB at four million.
 */
export class IdSet {
  /** Pairs of hash halves; both are zero where a place is free. */
  #table = new Uint32Array(2 * 1024);
  #size = 0;

  constructor(private readonly most = MAX_IDS) {}

  get size(): number {
    return this.#size;
  }

  /** True when it takes no more, and so can't tell new ones from known ones. */
  get full(): boolean {
    return this.#size >= this.most;
  }

  /** True when the print was added. */
  has([high, low]: Print): boolean {
    return this.#find(high, low).found;
  }

  /** Adds a print. Returns false when it was known; true when it was new, or the set is full. */
  add([high, low]: Print): boolean {
    if (this.full) return true;
    if (!this.#put(high, low)) return false;
    this.#size++;
    // Kept at most half full, so that a free place is a few steps away.
    if (this.#size * 4 > this.#table.length) this.#grow();
    return true;
  }

  #put(high: number, low: number): boolean {
    const { found, place } = this.#find(high, low);
    if (found) return false;
    this.#table[2 * place] = high;
    this.#table[2 * place + 1] = low;
    return true;
  }

  /** Returns where a print is, or the free place where it belongs. */
  #find(high: number, low: number): { readonly found: boolean; readonly place: number } {
    const mask = this.#table.length / 2 - 1;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const [a = 0, b = 0] = [this.#table[2 * place], this.#table[2 * place + 1]];
      if (a === high && b === low) return { found: true, place };
      if (a === 0 && b === 0) return { found: false, place };
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]];
      if (high !== 0 || low !== 0) this.#put(high, low);
    }
  }
}

/** cyrb53 of a text, with both halves whole. */
export function printOf(text: string): Print {
  let [a, b] = SEEDS;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return mixed(a, b);
}

/** The print of several prints in their order. */
export function printOfAll(prints: readonly Print[]): Print {
  let [a, b] = SEEDS;
  for (const [high, low] of prints) {
    a = Math.imul(Math.imul(a ^ low, 2654435761) ^ high, 2654435761);
    b = Math.imul(Math.imul(b ^ high, 1597334677) ^ low, 1597334677);
  }
  return mixed(a, b);
}

const SEEDS: Print = [0xdeadbeef, 0x41c6ce57];

function mixed(a: number, b: number): Print {
  const low = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const high = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return [high >>> 0, low >>> 0 || 1];
}
