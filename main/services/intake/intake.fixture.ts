// The intake over a real store, with the jobs of the reading host run in this process. For tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sha256 } from '../../../preload/contract/ids';
import type { OriginalFile } from '../../../preload/contract/made-from';
import { openBlobStore } from '../../blobs';
import { createIntakeReader, type ReadingClient } from '../../reading';
import type { AskMain } from '../../reading/host-core';
import { jobs } from '../../reading/jobs';
import { openPasswords } from './passwords';

/** A client whose host is this process. */
export function clientHere(): ReadingClient {
  const run: ReadingClient['run'] = async (order) => {
    const help = order.help ?? {};
    const ask: AskMain = async (question) => {
      switch (question.what) {
        case 'ticket':
          return help.ticket?.();
        case 'discard':
          return help.discard?.(question.ticket);
        case 'go-on':
          return help.goOn?.(question.done);
        case 'fetch':
          return help.fetch?.(question);
      }
    };
    return jobs[order.name](order.input, ask);
  };
  return { run } as ReadingClient;
}

/** A folder with a store in it; `close` removes both. */
export async function intakeWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'intake-'));
  const blobs = await openBlobStore({
    folder: join(folder, 'blobs'),
    roomKey: new Uint8Array(32).fill(1),
    floor: 0,
  });
  const told: (number | null)[] = [];
  return {
    folder,
    blobs,
    told,
    parts: {
      reading: createIntakeReader(clientHere(), blobs),
      verdicts: {
        verdict: async () => ({ verdict: 'unsigned' as const, signatures: [], codes: [] }),
      },
      blobs,
      office: join(folder, 'soffice'),
      env: {},
      fonts: 'resources/fonts',
      passwords: await openPasswords(folder, {
        sealSecret: (_name, secret) => secret,
        openSecret: (_name, sealed) => sealed,
      }),
      unlocked: () => undefined,
      tell: (_name: 'progress', { done }: { work: string; done: number | null }) => void told.push(done),
      now: () => new Date('2026-11-20T03:00:00Z'),
    },
    /** A program in LibreOffice's place; `$out` is the folder for the PDF. */
    installOffice(body: string): void {
      const head = '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out="$2"; shift; done\n';
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'soffice'), `${head}${body}\n`, { mode: 0o755 });
    },
    async put(name: string, contentType: string, bytes: Uint8Array): Promise<OriginalFile> {
      const { sha256, size } = await blobs.put({ kind: 'own-file', docId: '', name }, bytes);
      return { sha256, name, contentType, size };
    },
    async bytesOf(sha256: Sha256): Promise<Buffer> {
      const size = (await blobs.size(sha256)) ?? 0;
      return Buffer.from(await blobs.readRange(sha256, 0, size));
    },
    close() {
      blobs.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
