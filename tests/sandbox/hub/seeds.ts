// Offers prepared packages of a folder to the agencies that they name in To, each once even over restarts. It makes none.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hub } from './operation';
import { deliveriesTo } from './send-operation';

/** Puts every new *.edxml of the folder into the lists of its receivers; returns how many there were. */
export async function offerSeeds(hub: Hub, folder: string, now: Date): Promise<number> {
  if (!existsSync(folder)) return 0;
  const known = new Set(
    hub.state
      .allSent()
      .filter((sent) => sent.origin === 'seed')
      .map((sent) => sent.sha256),
  );
  let offered = 0;
  const names = readdirSync(folder).filter((name) => name.endsWith('.edxml'));
  for (const name of names.sort()) {
    const docId = randomUUID();
    const { sha256, size } = await hub.packages.put(docId, readFileSync(join(folder, name)));
    if (known.has(sha256)) {
      hub.packages.remove(docId);
      continue;
    }
    known.add(sha256);
    const facts = await hub.readFacts(docId);
    if (facts === undefined || facts.to.length === 0) {
      process.stderr.write(`${name}: not a package with receivers, left out\n`);
      hub.packages.remove(docId);
      continue;
    }
    if (facts.from !== '' && hub.state.agency(facts.from) === undefined) {
      const entry = { id: facts.from.toLowerCase(), pid: '0', code: facts.from, name: facts.from, mail: '' };
      hub.state.record({ type: 'agency', at: now.toISOString(), entry });
    }
    hub.state.record({
      type: 'sent',
      docId,
      at: now.toISOString(),
      origin: 'seed',
      sender: hub.state.keyOf(facts.from),
      fromCode: facts.from,
      messageType: facts.kind,
      sha256,
      size,
      facts,
      deliveries: deliveriesTo(hub.state, facts.to),
    });
    // Prepared packages are for people: nobody plays the agencies that they are for.
    for (const code of facts.to) hub.state.attend(hub.state.keyOf(code), now.toISOString());
    offered++;
  }
  return offered;
}
