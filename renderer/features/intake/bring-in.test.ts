// What becomes of files that are chosen or dropped: which is the main one, what is asked, and that one bad file keeps out no other.
import { describe, expect, it } from 'vitest';
import type { DeskApi } from '../../../preload/contract/desk-api';
import type { FileLook } from '../../../preload/contract/intake';
import type { Attachment } from '../../../preload/contract/records';
import { bringIn, type Question, type Talk } from './bring-in';
import type { FileLike } from './upload';

const file = (name: string, size = 3): FileLike => ({
  name,
  size,
  slice: () => ({ arrayBuffer: async () => new ArrayBuffer(size) }),
});

const ok = async <T>(value: T) => ({ ok: true as const, value });

function lookOf(name: string, opened: boolean): FileLook {
  if (name.startsWith('hong')) {
    return { step: 'repair', fileKind: 'pdf', code: 'pdf-xref-damaged', notes: [] };
  }
  const restricted = name.startsWith('cam') ? ['pdf-changes-restricted'] : [];
  if (name.endsWith('khoa.pdf') && !opened) return { step: 'unlock', fileKind: 'pdf', notes: [] };
  if (restricted.length > 0) return { step: 'none', fileKind: 'pdf', notes: restricted };
  if (name.endsWith('.pdf')) return { step: 'none', fileKind: 'pdf', notes: [] };
  if (name.endsWith('.png')) return { step: 'convert', fileKind: 'png', by: 'pictures', notes: [] };
  if (name.endsWith('.docx')) return { step: 'convert', fileKind: 'docx', by: 'office', notes: [] };
  return { step: 'refused', fileKind: 'other', code: 'convert-unknown-kind', notes: [] };
}

function desk() {
  const made: string[][] = [];
  /** What was looked at twice was opened in between. */
  const looked = new Set<string>();
  const attachment = (name: string) => ({ name, sha256: name, verdict: {}, contentType: '' });
  const api = {
    files: {
      begin: async ({ name, size }: { name: string; size: number }) => {
        if (size === 0) return { ok: false, code: 'file-empty', ref: 'r' };
        return ok({ upload: name });
      },
      append: () => ok({}),
      verify: () => ok({ verdict: { verdict: 'unsigned' }, at: 'now', pages: 1 }),
      finish: ({ upload }: { upload: string }) => ok(attachment(upload)),
    },
    intake: {
      look: ({ name }: { name: string }) => {
        const seen = looked.has(name);
        looked.add(name);
        return ok(lookOf(name, seen));
      },
      repair: () => ok({ file: attachment('lap-lai.pdf'), report: { pages: 1 } }),
      convert: ({ files }: { files: { name: string }[] }) => {
        made.push(files.map((one) => one.name));
        return ok({ file: attachment('made.pdf') });
      },
    },
  } as unknown as DeskApi;
  return { api, made };
}

function talkOf(yes: boolean) {
  const asked: Question[] = [];
  const talk: Talk = {
    progress: () => undefined,
    ask: async (question) => {
      asked.push(question);
      return yes;
    },
    working: () => undefined,
  };
  return { talk, asked };
}

async function bring(names: readonly FileLike[], yes = true) {
  const { api, made } = desk();
  const { talk, asked } = talkOf(yes);
  const { main, others } = await bringIn(api, names, talk);
  const nameOf = (one: Attachment) => one.name;
  return {
    main: main?.name ?? null,
    others: others.map(nameOf),
    made,
    asked: asked.map((one) => (one.kind === 'password' && one.owner ? 'owner' : one.kind)),
  };
}

describe('files that are dropped as a document', () => {
  it('of one PDF are that PDF, without a question', async () => {
    expect(await bring([file('a.pdf')])).toEqual({ main: 'a.pdf', others: [], made: [], asked: [] });
  });

  it('of one Word file are asked for and made a PDF', async () => {
    expect(await bring([file('a.docx')])).toEqual({
      main: 'made.pdf',
      others: [],
      made: [['a.docx']],
      asked: ['convert'],
    });
  });

  it('are not made anything where the clerk says no', async () => {
    expect(await bring([file('a.docx')], false)).toMatchObject({ main: null, made: [] });
  });

  it('of pictures alone become one PDF together', async () => {
    expect(await bring([file('1.png'), file('2.png')])).toMatchObject({
      main: 'made.pdf',
      others: [],
      made: [['1.png', '2.png']],
    });
  });

  it('of several kinds have the first usable one as the main file and the rest beside it', async () => {
    expect(await bring([file('bang.bin'), file('a.pdf'), file('b.docx'), file('c.png')])).toEqual({
      main: 'a.pdf',
      others: ['bang.bin', 'b.docx', 'c.png'],
      made: [],
      asked: [],
    });
  });

  it('say which ones were refused and why, and bring in the others', async () => {
    expect(await bring([file('rong.pdf', 0), file('a.pdf')])).toMatchObject({
      main: 'a.pdf',
      asked: ['refused'],
    });
    expect(await bring([file('rong.pdf', 0)])).toMatchObject({ main: null, asked: ['refused'] });
  });

  it('that nothing can be made of are said to be so', async () => {
    expect(await bring([file('a.bin')])).toEqual({ main: null, others: [], made: [], asked: ['no-pdf'] });
  });

  it('of an encrypted PDF wait for its password, and are given up without it', async () => {
    expect(await bring([file('khoa.pdf')])).toMatchObject({ main: 'khoa.pdf', asked: ['password'] });
    expect(await bring([file('khoa.pdf')], false)).toMatchObject({ main: null, asked: ['password'] });
  });

  it('whose owner forbids changes are asked for the owner’s password, and come in without it too', async () => {
    expect(await bring([file('cam.pdf')])).toMatchObject({ main: 'cam.pdf', asked: ['owner'] });
    expect(await bring([file('cam.pdf')], false)).toMatchObject({ main: 'cam.pdf', asked: ['owner'] });
    expect(await bring([file('cam-khoa.pdf')])).toMatchObject({
      main: 'cam-khoa.pdf',
      asked: ['password', 'owner'],
    });
  });

  it('of a damaged PDF are made anew and used only when the clerk says so, twice', async () => {
    expect(await bring([file('hong.pdf')])).toMatchObject({
      main: 'lap-lai.pdf',
      asked: ['damaged', 'repaired'],
    });
    expect(await bring([file('hong.pdf')], false)).toMatchObject({ main: null, asked: ['damaged'] });
  });
});
