// The hub's memory on one folder, without a server: its log, its state, its packages. Fronts of every kind open it; only one
// of them at a time.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventLog } from './event-log';
import type { HubEvent } from './events';
import type { Hub, OperationSettings } from './operation';
import { PackageStore } from './package-store';
import { readFacts } from './packages';
import { HubState } from './state';

export interface HubMemory {
  readonly hub: Hub;
  readonly log: EventLog<HubEvent>;
}

export function openMemory(dir: string, settings: OperationSettings): HubMemory {
  mkdirSync(dir, { recursive: true });
  const log = EventLog.open<HubEvent>(join(dir, 'events.jsonl'));
  const packages = new PackageStore(dir);
  const hub: Hub = {
    state: new HubState(log),
    packages,
    settings,
    readFacts: (docId) => readFacts(packages.path(docId)),
  };
  return { hub, log };
}
