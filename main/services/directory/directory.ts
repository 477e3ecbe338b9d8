// The directory of agencies of this desk: fetched from the hub, merged, sealed in the profile, searched here in main, so that a
// window never holds 125 000 entries. Favourites and groups of receivers are the clerk's and lie beside it.
import { join } from 'node:path';
import { z } from 'zod';
import type { HubAnswer } from '../../../preload/contract/calls';
import {
  type AgencyCard,
  type CheckedCode,
  type DirectoryState,
  type ReceiverGroup,
  receiverGroup,
} from '../../../preload/contract/directory';
import type { Hub, Listing } from '../../exchange/hub';
import type { Vault } from '../../vault';
import { deskAnswer } from '../hub-answers';
import { type AgencyIndex, createAgencyIndex } from './agency-index';
import { type Entry, keptEntries, mergeEntries } from './entries';
import { sealedFile } from './sealed-file';

const own = z.strictObject({
  favourites: z.array(z.string().max(40)).max(1000),
  groups: z.array(receiverGroup).max(500),
});
type Own = z.infer<typeof own>;

export interface DirectoryParts {
  readonly profile: string;
  readonly vault: Pick<Vault, 'sealSecret' | 'openSecret'>;
  /** null while no hub is configured. */
  readonly hub: Pick<Hub, 'agencies' | 'units'> | null;
}

export interface Refreshed {
  readonly answer: HubAnswer;
  readonly state: DirectoryState;
}

const normal = (code: string): string => code.trim().toUpperCase();

export function createDirectory(parts: DirectoryParts) {
  const file = sealedFile(parts.vault, join(parts.profile, 'agencies.sealed'), 'agencies', keptEntries);
  const ownFile = sealedFile(parts.vault, join(parts.profile, 'receivers.sealed'), 'receivers', own);
  let loaded: Promise<{ entries: readonly Entry[]; index: AgencyIndex }> | null = null;
  let mine: Promise<Own> | null = null;
  // One change after another: two windows may name favourites at once.
  let tail: Promise<unknown> = Promise.resolve();

  function load() {
    loaded ??= file.read().then(async (entries) => ({
      entries: entries ?? [],
      index: await createAgencyIndex(entries ?? []),
    }));
    return loaded;
  }
  function loadOwn(): Promise<Own> {
    mine ??= ownFile.read().then((found) => found ?? { favourites: [], groups: [] });
    return mine;
  }

  function changeOwn(change: (now: Own) => Own): Promise<Own> {
    const work = tail.then(async () => {
      const next = own.parse(change(await loadOwn()));
      await ownFile.write(next);
      mine = Promise.resolve(next);
      return next;
    });
    tail = work.catch(() => undefined);
    return work;
  }

  async function fetchAll(hub: Pick<Hub, 'agencies' | 'units'>) {
    const agencies = await hub.agencies();
    if (agencies.kind !== 'ok') return { answer: deskAnswer(agencies), items: null, hasUnits: false };
    // Versions and removed agencies stand in the list of units alone; a hub without it is no worse off.
    const units = await hub.units();
    const items: Listing<Parameters<typeof mergeEntries>[1][number]>['items'] =
      units.kind === 'ok' ? [...agencies.value.items, ...units.value.items] : agencies.value.items;
    // One that refuses the list has none; one whose answer did not come may have it as before.
    const hasUnits = units.kind === 'ok' || units.kind === 'refused';
    return { answer: deskAnswer(agencies), items, hasUnits };
  }

  return {
    async refresh(): Promise<Refreshed> {
      const before = await load();
      const still = { agencies: before.index.size, added: 0, changed: 0, removed: 0 };
      if (parts.hub === null) {
        return { answer: { kind: 'not-sent', code: 'hub-offline', retryAfterSeconds: null }, state: still };
      }
      const { answer, items, hasUnits } = await fetchAll(parts.hub);
      if (items === null || items.length === 0) return { answer, state: still };
      const { entries, added, changed, removed } = mergeEntries(before.entries, items, hasUnits);
      if (added + changed + removed === 0) return { answer, state: still };
      await file.write([...entries]);
      const index = await createAgencyIndex(entries);
      loaded = Promise.resolve({ entries, index });
      return { answer, state: { agencies: index.size, added, changed, removed } };
    },

    async find(text: string, limit: number): Promise<AgencyCard[]> {
      const favourites = new Set((await loadOwn()).favourites);
      const found = (await load()).index.find(text, limit, favourites);
      return found.map(({ code, name, oldCode }) => ({
        code,
        name,
        oldCode,
        favourite: favourites.has(code),
      }));
    },

    async check(codes: readonly string[]): Promise<CheckedCode[]> {
      const { index } = await load();
      return codes.map((code) => index.check(code));
    },

    async favour(code: string, on: boolean): Promise<void> {
      await changeOwn((now) => {
        const others = now.favourites.filter((one) => one !== normal(code));
        return { ...now, favourites: on ? [...others, normal(code)] : others };
      });
    },

    groups: async (): Promise<ReceiverGroup[]> => (await loadOwn()).groups,

    /** A group of the same id is replaced; without members it is gone. */
    async putGroup(id: string, group: ReceiverGroup | null): Promise<ReceiverGroup[]> {
      const next = await changeOwn((now) => {
        const others = now.groups.filter((one) => one.id !== id);
        const groups = group === null ? others : [...others, group];
        return { ...now, groups: groups.sort((left, right) => left.name.localeCompare(right.name, 'vi')) };
      });
      return next.groups;
    },
  };
}

export type Directory = ReturnType<typeof createDirectory>;
