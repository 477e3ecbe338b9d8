// What a server's no is called. It stands apart so that code without a network can know it.

/** A server answered, and with no 200: it was reached, and says no. */
export class HttpRefused extends Error {
  override readonly name = 'HttpRefused';
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}
