// Faults on order: the next answers of an operation go wrong in a chosen way. It only counts and chooses; the server acts.

export const faultModes = [
  /** HTML in place of an answer. */
  'garbage',
  'http-500',
  /** The head and half of the answer, then the connection ends. */
  'half-answer',
  /** The request is read and never answered. */
  'hang',
  /** The operation is done, then the connection ends without an answer. */
  'drop-after-accept',
  /** The connection ends before anything is done. */
  'close',
  /** A list has one entry more, whose name is missing. */
  'nameless-entry',
] as const;
export type FaultMode = (typeof faultModes)[number];

export interface Fault {
  readonly mode: FaultMode;
  /** Whether the operation is done before its answer goes wrong. */
  readonly accept: boolean;
}

interface Order extends Fault {
  readonly operation: string;
  left: number;
}

const acceptsFirst: readonly FaultMode[] = ['half-answer', 'drop-after-accept', 'nameless-entry'];

export class Faults {
  private orders: Order[] = [];

  /** `operation` may be `*`. Throws when the order is not understood. */
  order(request: Readonly<Record<string, unknown>>): void {
    const mode = faultModes.find((one) => one === request.mode);
    const operation = request.operation ?? '*';
    const count = request.count ?? 1;
    if (mode === undefined) throw new Error(`mode is one of ${faultModes.join(', ')}`);
    if (typeof operation !== 'string') throw new Error('operation is a name or *');
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
      throw new Error('count is a number from 1');
    const accept = typeof request.accept === 'boolean' ? request.accept : acceptsFirst.includes(mode);
    this.orders.push({ mode, operation, accept, left: count });
  }

  clear(): void {
    this.orders = [];
  }

  /** The fault for this call, used up by one. */
  take(operation: string): Fault | undefined {
    const order = this.orders.find((one) => one.operation === '*' || one.operation === operation);
    if (order === undefined) return undefined;
    order.left--;
    if (order.left === 0) this.orders = this.orders.filter((one) => one !== order);
    return order;
  }

  pending(): readonly Readonly<Order>[] {
    return this.orders;
  }
}
