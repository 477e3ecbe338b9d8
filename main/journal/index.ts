// The public surface of the journal.
export { type Entry, type EntryOf, entry, type RegisterName, registerName } from './entry';
export { type Journal, type JournalOptions, openJournal, type Page } from './journal';
export type { JournalReport } from './load';
export type { Attempt, Raise, Sequenced, Ticket } from './memory';
