// English words of giving the history away.
import type { viHistory } from './vi.history';

export const enHistory: Record<keyof typeof viHistory, string> = {
  'history-export.table': 'Save the history (CSV)…',
  'history-export.chain': 'Save the history with hashes (JSON)…',
  'history-export.done': '{rows} rows of history were saved. Last hash: {hash}…',
};
