/**
 * Numbers for different pairs of whole numbers, in the order of their first use. It has its own hash table in typed arrays:
 * a `Map` of a million keys takes ten times as long.
 */
export class PairNumbers {
  /** How many different pairs there are. */
  size = 0;
  #first = new Int32Array(1 << 10);
  #second = new Int32Array(1 << 10);
  #slots = new Int32Array(1 << 11).fill(-1);

  numberOf(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const found = this.#slots[slot] ?? -1;
    if (found >= 0) return found;
    const number = this.size++;
    if (number >= this.#first.length) this.#lengthen();
    this.#first[number] = first;
    this.#second[number] = second;
    this.#slots[slot] = number;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return number;
  }

  /** Returns -1 where there is no such pair. */
  find(first: number, second: number): number {
    return this.#slots[this.#slotOf(first, second)] ?? -1;
  }

  firstOf(number: number): number {
    return this.#first[number] ?? -1;
  }

  secondOf(number: number): number {
    return this.#second[number] ?? -1;
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(first, second) & mask;
    for (;;) {
      const number = this.#slots[slot] ?? -1;
      if (number < 0 || (this.#first[number] === first && this.#second[number] === second)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #lengthen(): void {
    const longer = (before: Int32Array) => {
      const after = new Int32Array(before.length * 2);
      after.set(before);
      return after;
    };
    this.#first = longer(this.#first);
    this.#second = longer(this.#second);
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = hashOf(this.firstOf(number), this.secondOf(number)) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

function hashOf(first: number, second: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
