// A file that brings its judge down gives a code in place of a verdict, and its package is read all the same.
import { expect, it, vi } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { packageOf, pdfOf } from './arrival.fixture';
import { arrivalJobs } from './arrival-job';
import { jobAnswers } from './protocol';

const judge = vi.hoisted(() => ({ verify: (): unknown => null }));
vi.mock('../verifying', () => ({ verifyPdf: () => judge.verify() }));

it.each([
  [new Failure('pdf-object-damaged'), 'pdf-object-damaged'],
  [new RangeError('read 9+1 of 9'), 'internal'],
])('%s is the code of that file alone', async (error, code) => {
  judge.verify = () => {
    throw error;
  };
  const content = packageOf([
    ['a.pdf', 'application/pdf', pdfOf('So 12')],
    ['b.txt', 'text/plain', Buffer.from('b')],
  ]);
  const trust = { anchors: [], intermediates: [], crls: [], now: new Date(0) };
  const answer = await arrivalJobs['read-arrival']({ ...trust, content }, () => Promise.reject(error));
  expect(jobAnswers['read-arrival'].parse(answer)).toMatchObject({
    attachments: [
      { bytes: { look: { kind: 'pdf', verdict: code, firstPage: [{ text: 'So 12' }] } } },
      { bytes: { look: { kind: 'other', secret: false } } },
    ],
  });
});

it('what the network would have to be asked for is left open, and nobody is asked', async () => {
  const verdict = { verdict: 'valid', signatures: [], codes: [] };
  const trust = { anchors: [], intermediates: [], crls: [], now: new Date(0) };
  const content = packageOf([['a.pdf', 'application/pdf', pdfOf('So 12')]]);
  const asked: unknown[] = [];
  const lookOf = async (needs: readonly unknown[]) => {
    judge.verify = () => ({ verdict, needs });
    const answer = await arrivalJobs['read-arrival']({ ...trust, content }, async (one) => asked.push(one));
    return answer.attachments[0]?.bytes.look;
  };
  expect(await lookOf([])).toMatchObject({ verdict });
  expect(await lookOf([{ ocspUrls: ['http://ocsp.example.invalid/'] }])).toMatchObject({ verdict: null });
  expect(asked).toEqual([]);
});
