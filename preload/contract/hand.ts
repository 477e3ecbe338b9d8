// Packages that come and go by hand (a stick, a mail, another program): what was found in a file, as values. No behaviour.
import { z } from 'zod';
import { hubDocId, sha256 } from './ids';
import { documentFacts, documentStatus } from './records';
import { fileVerdict } from './verdict';

/** What a clerk must know of a package beside its facts; the window has the sentence of each. */
export const handFindingCodes = [
  /** An element, attribute or manifest entry that the standard does not name: kept in the package. */
  'unknown-element',
  'unknown-type',
  'unknown-business',
  'unknown-urgency',
  'unknown-status',
  'date-unreadable',
  'sender-missing',
  'receiver-missing',
  'agency-code-odd',
  /** This agency is not among the receivers. */
  'not-for-us',
  /** This agency is the sender. */
  'our-own',
  'document-id-missing',
  /** Named in the manifest or the appendixes, and not in the package. */
  'attachment-missing',
  'attachment-empty',
  /** The wrapping zip is not what it promises; `detail` is the file. */
  'attachment-broken',
  /** A digest of the header's Signature does not fit the file. */
  'digest-wrong',
  'digest-right',
  /** A Signature element whose digests cover what this reader cannot compute. */
  'digest-not-checked',
  'signature-invalid',
  'name-folder',
  'name-hidden-characters',
  'name-two-extensions',
  'name-program',
  'name-not-its-content',
  'name-taken-twice',
] as const;
export const handFindingCode = z.enum(handFindingCodes);
export type HandFindingCode = z.infer<typeof handFindingCode>;

export const handFinding = z.strictObject({ code: handFindingCode, detail: z.string().max(600) });
export type HandFinding = z.infer<typeof handFinding>;

/** How grave a finding is: `stop` asks for the clerk's eyes before anything else, `kept` loses nothing. */
export type HandWeight = 'stop' | 'look' | 'kept';

/** The weight of each finding. */
export function weightOf(code: HandFindingCode): HandWeight {
  switch (code) {
    case 'digest-wrong':
    case 'signature-invalid':
    case 'attachment-missing':
    case 'attachment-broken':
    case 'name-program':
    case 'name-not-its-content':
    case 'name-hidden-characters':
      return 'stop';
    case 'unknown-element':
    case 'digest-right':
      return 'kept';
    default:
      return 'look';
  }
}

export const handFile = z.strictObject({
  name: z.string().max(600),
  size: z.number().int().min(0),
  verdict: fileVerdict.shape.verdict.nullable(),
});

const common = {
  /** The file itself, by content; null once a secret one was destroyed. */
  sha256: sha256.nullable(),
  name: z.string().max(300),
  docId: hubDocId,
};

/** What was understood of one file, and what was kept aside. */
export const handReport = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('document'),
    facts: documentFacts,
    files: z.array(handFile).max(500),
    findings: z.array(handFinding).max(500),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: documentStatus,
    findings: z.array(handFinding).max(500),
  }),
  z.strictObject({ ...common, kind: z.literal('unreadable'), code: z.string().max(100) }),
  z.strictObject({ ...common, kind: z.literal('secret') }),
]);
export type HandReport = z.infer<typeof handReport>;

/** Names of packages that came by hand begin so: no hub knows them, none is ever told `done` of them. */
const prefix = 'tay-';

/** The name by which a package that came by hand is known here: the same bytes have the same name. */
export function handDocId(sha: string): z.infer<typeof hubDocId> {
  return hubDocId.parse(`${prefix}${sha}`);
}

/** True for a name that `handDocId` made. */
export function cameByHand(docId: string): boolean {
  return docId.startsWith(prefix) && /^[0-9a-f]{64}$/.test(docId.slice(prefix.length));
}
