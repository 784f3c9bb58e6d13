/**
 * Numbers for different texts, in the order of their first use. It has its own hash table: with a million parsed texts, a
 * `Map` in Chromium takes some 8 µs for each.
 */
export class TextNumbers {
  readonly texts: string[] = [];
  #slots = new Int32Array(1 << 12).fill(-1);
  #hashes: number[] = [];

  numberOf(text: string): number {
    const hash = hashOf(text);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] ?? -1;
      if (number < 0) return this.#add(text, hash, slot);
      if (this.#hashes[number] === hash && this.texts[number] === text) return number;
    }
  }

  #add(text: string, hash: number, slot: number): number {
    const number = this.texts.length;
    this.texts.push(text);
    this.#hashes.push(hash);
    this.#slots[slot] = number;
    if (this.texts.length * 2 > this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    this.#hashes.forEach((hash, number) => {
      let slot = hash & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    });
    this.#slots = slots;
  }
}

/** FNV-1a, mixed at the end so that similar hashes spread. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
}
