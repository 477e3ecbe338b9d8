// SHA-3 (FIPS 202), because not every runtime's crypto has it and one corpus must read the same on all of them.
// Lanes are pairs of 32-bit halves: low at even, high at odd indices. It keeps no secret, so it need not run in constant time.

/** Rotation of the lane that step `index` of the pi permutation moves, and where it moves to (FIPS 202, 3.2.2 and 3.2.3). */
const rotations = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const targets = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/** Round constants by the shift register of FIPS 202, 3.2.5. */
const constants = makeConstants();

function makeConstants(): Int32Array {
  const list = new Int32Array(48);
  let register = 1;
  for (let round = 0; round < 24; round++) {
    for (let bit = 0; bit < 7; bit++) {
      const place = (1 << bit) - 1;
      if ((register & 1) !== 0) {
        const half = 2 * round + (place >> 5);
        list[half] = (list[half] ?? 0) ^ (1 << (place & 31));
      }
      register = (register << 1) ^ ((register >> 7) * 0x171);
    }
  }
  return list;
}

function permute(state: Int32Array): void {
  const parity = new Int32Array(10);
  const row = new Int32Array(10);
  const at = (list: Int32Array, index: number): number => list[index] ?? 0;
  for (let round = 0; round < 24; round++) {
    for (let x = 0; x < 10; x++) {
      parity[x] =
        at(state, x) ^ at(state, x + 10) ^ at(state, x + 20) ^ at(state, x + 30) ^ at(state, x + 40);
    }
    for (let x = 0; x < 10; x += 2) {
      const low = at(parity, (x + 2) % 10);
      const high = at(parity, (x + 3) % 10);
      const one = at(parity, (x + 8) % 10) ^ ((low << 1) | (high >>> 31));
      const other = at(parity, (x + 9) % 10) ^ ((high << 1) | (low >>> 31));
      for (let y = x; y < 50; y += 10) {
        state[y] = at(state, y) ^ one;
        state[y + 1] = at(state, y + 1) ^ other;
      }
    }
    let low = at(state, 2);
    let high = at(state, 3);
    for (let step = 0; step < 24; step++) {
      const rotation = rotations[step] ?? 0;
      const place = 2 * (targets[step] ?? 0);
      const [a, b] = rotation < 32 ? [low, high] : [high, low];
      const by = rotation & 31;
      const rotatedLow = by === 0 ? a : (a << by) | (b >>> (32 - by));
      const rotatedHigh = by === 0 ? b : (b << by) | (a >>> (32 - by));
      low = at(state, place);
      high = at(state, place + 1);
      state[place] = rotatedLow;
      state[place + 1] = rotatedHigh;
    }
    for (let y = 0; y < 50; y += 10) {
      for (let x = 0; x < 10; x++) row[x] = at(state, y + x);
      for (let x = 0; x < 10; x++)
        state[y + x] = at(row, x) ^ (~at(row, (x + 2) % 10) & at(row, (x + 4) % 10));
    }
    state[0] = at(state, 0) ^ at(constants, 2 * round);
    state[1] = at(state, 1) ^ at(constants, 2 * round + 1);
  }
}

/** A running SHA-3 digest of `length` bytes (32, 48 or 64). */
export class Sha3 {
  readonly #state = new Int32Array(50);
  readonly #rate: number;
  #place = 0;

  constructor(readonly length: number) {
    this.#rate = 200 - 2 * length;
  }

  #mix(place: number, byte: number): void {
    const lane = place >> 2;
    this.#state[lane] = (this.#state[lane] ?? 0) ^ (byte << (8 * (place & 3)));
  }

  update(bytes: Uint8Array): this {
    for (const byte of bytes) {
      this.#mix(this.#place, byte);
      this.#place += 1;
      if (this.#place === this.#rate) {
        permute(this.#state);
        this.#place = 0;
      }
    }
    return this;
  }

  digest(): Uint8Array {
    this.#mix(this.#place, 0x06);
    this.#mix(this.#rate - 1, 0x80);
    permute(this.#state);
    return Uint8Array.from(
      { length: this.length },
      (_, index) => ((this.#state[index >> 2] ?? 0) >>> (8 * (index & 3))) & 0xff,
    );
  }
}
