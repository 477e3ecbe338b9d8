// The bare loop as a program of its own, so that it runs in the very runtime the desk runs in: the same V8, the same ciphers and
// hashes. It prints one JSON line of how many there were and the milliseconds it took.
import { bareHub, bareLoop } from './offer';

/** What the bench hands over as its only argument. */
export interface BareWish {
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  readonly folder: string;
}

export interface BareFigures {
  readonly done: number;
  readonly milliseconds: number;
}

async function run({ endpoint, systemId, secret, folder }: BareWish): Promise<BareFigures> {
  const hub = bareHub(endpoint, systemId, secret);
  const began = performance.now();
  const done = await bareLoop(hub, systemId, folder);
  return { done, milliseconds: performance.now() - began };
}

run(JSON.parse(process.argv[2] ?? '') as BareWish).then(
  (figures) => process.stdout.write(`${JSON.stringify(figures)}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
