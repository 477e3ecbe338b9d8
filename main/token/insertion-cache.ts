// What a token showed without a login, kept from its insertion to its removal: a slow card is not read whole at every look. A
// session that signs reads anew; nothing here is ever signed with.
import type { Cryptoki, Handle, TokenInfo } from './cryptoki';

/** A vendor's tool may change a certificate under our eyes: it is seen after this time at the latest, milliseconds. */
const oldest = 30_000;

interface Kept<T> {
  readonly module: string;
  readonly slot: Handle;
  readonly token: string;
  /** Certificate objects on the token: another count is another content. */
  readonly count: number;
  readonly at: number;
  readonly value: T;
}

function nameOf(info: TokenInfo): string {
  return [info.serial, info.label, info.manufacturer, info.model].join('\n');
}

/** One for each host; drivers' handles mean nothing in another. */
export class InsertionCache<T> {
  private kept: readonly Kept<T>[] = [];

  private others(module: Cryptoki, slot: Handle): Kept<T>[] {
    return this.kept.filter((one) => one.module !== module.path || !one.slot.equals(slot));
  }

  /** The value of the token in a slot, read now where it is not known, is too old, or another token is there. */
  value(module: Cryptoki, slot: Handle, info: TokenInfo, count: number, now: number, read: () => T): T {
    const token = nameOf(info);
    const known = this.kept.find((one) => one.module === module.path && one.slot.equals(slot));
    const age = known === undefined ? oldest : now - known.at;
    const fresh = age >= 0 && age < oldest && known?.token === token && known.count === count;
    if (known !== undefined && fresh) return known.value;
    this.forget(module, slot);
    const value = read();
    this.kept = [
      ...this.kept,
      { module: module.path, slot: Buffer.from(slot), token, count, at: now, value },
    ];
    return value;
  }

  /** The token in this slot was taken out, or could not be read. */
  forget(module: Cryptoki, slot: Handle): void {
    this.kept = this.others(module, slot);
  }

  /** Forgets what stands in no slot of a driver any more. */
  keepOnly(module: Cryptoki, slots: readonly Handle[]): void {
    this.kept = this.kept.filter(
      (one) => one.module !== module.path || slots.some((slot) => slot.equals(one.slot)),
    );
  }
}
