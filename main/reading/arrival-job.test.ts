// A file that brings its judge down gives a code in place of a verdict, and its package is read all the same.
import { expect, it, vi } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { packageOf, pdfOf } from './arrival.fixture';
import { arrivalJobs } from './arrival-job';
import { jobAnswers } from './protocol';

const judge = vi.hoisted(() => ({ error: new Error() }));
vi.mock('../verifying', () => ({ verifyWithFetcher: () => Promise.reject(judge.error) }));

it.each([
  [new Failure('pdf-object-damaged'), 'pdf-object-damaged'],
  [new RangeError('read 9+1 of 9'), 'internal'],
])('%s is the code of that file alone', async (error, code) => {
  judge.error = error;
  const content = packageOf([
    ['a.pdf', 'application/pdf', pdfOf('So 12')],
    ['b.txt', 'text/plain', Buffer.from('b')],
  ]);
  const trust = { anchors: [], intermediates: [], crls: [], now: new Date(0), fetchMilliseconds: 0 };
  const answer = await arrivalJobs['read-arrival']({ ...trust, content }, () => Promise.reject(error));
  expect(jobAnswers['read-arrival'].parse(answer)).toMatchObject({
    attachments: [
      { bytes: { look: { kind: 'pdf', verdict: code, firstPage: [{ text: 'So 12' }] } } },
      { bytes: { look: { kind: 'other', secret: false } } },
    ],
  });
});
