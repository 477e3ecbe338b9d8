// The RC4 stream cipher that PDF files of V 1, 2 and 4 use (ISO 32000-1, 7.6.2). Own code: a current OpenSSL or BoringSSL
// no longer offers it. It protects nothing that is made here; it only keeps such files readable.

/** Encrypts or decrypts: both are the same. `key` has at least one byte. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = new Uint8Array(256);
  for (let index = 0; index < 256; index += 1) state[index] = index;
  let other = 0;
  for (let index = 0; index < 256; index += 1) {
    const own = state[index] ?? 0;
    other = (other + own + (key[index % key.length] ?? 0)) & 255;
    state[index] = state[other] ?? 0;
    state[other] = own;
  }
  const out = new Uint8Array(data.length);
  let first = 0;
  let second = 0;
  for (let at = 0; at < data.length; at += 1) {
    first = (first + 1) & 255;
    const own = state[first] ?? 0;
    second = (second + own) & 255;
    const swapped = state[second] ?? 0;
    state[first] = swapped;
    state[second] = own;
    out[at] = (data[at] ?? 0) ^ (state[(own + swapped) & 255] ?? 0);
  }
  return out;
}
