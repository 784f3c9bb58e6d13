/** IDs that have come, in bounded memory: 64 bits of hash for each, in a table outside the heap. */

const MOST = 4_000_000;

/**
 * Two IDs with the same hash are taken for one: among four million the chance is below one in a million. Beyond
 * `most` IDs it takes no more (`full`), 64 MB at four million.
 */
export class IdSet {
  /** Pairs of halves; both zero: free. */
  #table = new Uint32Array(2 * 1024);
  #size = 0;

  constructor(private readonly most = MOST) {}

  get size(): number {
    return this.#size;
  }

  /** From now on it can't tell. */
  get full(): boolean {
    return this.#size >= this.most;
  }

  /** False when it was there; true also when it is full. */
  add(id: string): boolean {
    if (this.full) return true;
    const [high, low] = hash(id);
    if (!this.#put(high, low)) return false;
    this.#size++;
    // At most half full: few steps to a free place.
    if (this.#size * 4 > this.#table.length) this.#grow();
    return true;
  }

  #put(high: number, low: number): boolean {
    const mask = this.#table.length / 2 - 1;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const [a = 0, b = 0] = [this.#table[2 * place], this.#table[2 * place + 1]];
      if (a === high && b === low) return false;
      if (a !== 0 || b !== 0) continue;
      this.#table[2 * place] = high;
      this.#table[2 * place + 1] = low;
      return true;
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

/** cyrb53's two halves, each whole; never both zero. */
function hash(text: string): readonly [high: number, low: number] {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [b >>> 0, a >>> 0 || 1];
}
