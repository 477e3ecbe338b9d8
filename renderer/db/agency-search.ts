// Agencies by name or code, folded: opened once and again only after the directory was fetched anew. It asks no hub.
import type { Organ } from '../../preload/contract/records';
import { fold } from '../i18n/folding';
import { readCursor } from './cursor';
import { readAgencies } from './directory';
import type { LedgerDatabase } from './schema';
import type { Sealer } from './sealing';

export interface AgencySearch {
  /** A code that begins so comes first; technical agencies (W00) are never offered. */
  find(text: string, limit: number): Promise<readonly Organ[]>;
}

interface Entry {
  readonly organ: Organ;
  readonly code: string;
  readonly folded: string;
}

export function createAgencySearch(database: LedgerDatabase, sealer: Sealer): AgencySearch {
  let stamp: string | null = null;
  let entries: Promise<readonly Entry[]> | null = null;

  async function load(): Promise<readonly Entry[]> {
    const agencies = await readAgencies(database, sealer);
    return agencies
      .filter((organ) => !/(^|\.)W00(\.|$)/i.test(organ.code))
      .map((organ) => ({
        organ,
        code: organ.code.toLowerCase(),
        folded: fold(`${organ.code} ${organ.name}`),
      }));
  }

  return {
    async find(text, limit) {
      const fetched = (await readCursor(database, 'last-agencies')) ?? '';
      if (entries === null || fetched !== stamp) {
        stamp = fetched;
        entries = load();
      }
      const words = fold(text).split(' ').filter(Boolean);
      const wanted = text.trim().toLowerCase();
      const found = (await entries).filter((entry) => words.every((word) => entry.folded.includes(word)));
      const first = found.filter((entry) => wanted !== '' && entry.code.startsWith(wanted));
      const rest = found.filter((entry) => wanted === '' || !entry.code.startsWith(wanted));
      return [...first, ...rest].slice(0, limit).map((entry) => entry.organ);
    },
  };
}
