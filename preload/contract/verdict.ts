// The verdict on a PDF's signatures as it crosses rooms, the command line and the window, and the one sentence it means
// to the clerk. Pure: it decides nothing about bytes and knows no Node, no file and no network.
import { z } from 'zod';
import { type Code, sentences } from './codes';

/** How one signature, or the whole file, stands. The worst signature decides for the file. */
export const verdictKinds = ['valid', 'indeterminate', 'invalid', 'unsigned', 'unreadable'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

const code = z.custom<Code>((value) => typeof value === 'string' && Object.hasOwn(sentences, value));

/** One signature field that holds a value, oldest first in the file's list. */
export const signatureVerdict = z.object({
  /** Fully qualified field name. */
  field: z.string(),
  kind: z.enum(['signature', 'timestamp']),
  /** Common name of the signer's certificate; empty when there is none to read. */
  signer: z.string(),
  /** Common name of the certificate's issuer. */
  issuer: z.string(),
  /** What else TT 15/2025 Art. 6 wants shown of the certificate; absent where it could not be read. */
  certificate: z
    .object({
      /** The signer's organisation. */
      organization: z.string(),
      /** The organisation that issued the certificate and manages it. */
      manager: z.string(),
      /** ISO 8601 in UTC. */
      validFrom: z.string(),
      validTo: z.string(),
    })
    .optional(),
  /**
   * PAdES baseline level that is present and holds (EN 319 142-1), `CMS` for the older adbe.* signatures,
   * `none` for document time stamps and for signatures that reach no level.
   */
  level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'CMS', 'none']),
  integrity: z.enum(['intact', 'broken']),
  coverage: z.enum(['whole-file', 'whole-revision', 'partial']),
  /** `untrusted`: a path was found and refused, or ends elsewhere; `unknown`: an issuer or the anchors are missing. */
  chain: z.enum(['trusted', 'untrusted', 'unknown']),
  /** At the time of signing where a trusted time stamp proves it, else at the time of the check. */
  revocation: z.enum(['good', 'revoked', 'unknown']),
  time: z.object({
    /** Only `timestamp` is proven; `signingTime` (CMS attribute) and `M` (dictionary) are the signer's claim. */
    source: z.enum(['timestamp', 'signingTime', 'M', 'none']),
    /** ISO 8601 in UTC, null when the source is none. */
    value: z.string().nullable(),
  }),
  /** The gravest kind of change made after this signature. */
  changes: z.enum(['none', 'lta', 'form', 'signature', 'annotation', 'other']),
  permitted: z.boolean(),
  codes: z.array(code),
});
export type SignatureVerdict = z.infer<typeof signatureVerdict>;

/** The verdict on a file; the command line adds `file`. */
export const fileVerdict = z.object({
  verdict: z.enum(verdictKinds),
  signatures: z.array(signatureVerdict),
  codes: z.array(code),
});
export type FileVerdict = z.infer<typeof fileVerdict>;

/**
 * What one signature means by itself (the definitions of the command line's `verify`): invalid = broken, revoked or
 * changes not permitted; valid = intact, whole, trusted, good and permitted; else indeterminate. A partial cover is
 * invalid: what is not covered was never signed. Two codes keep a signature from valid: a weak algorithm (SHA-1, RSA
 * below 2048) shows that nothing changed by accident, not by intent; and a picture put later into an empty signature
 * field (a number before the seal) is nobody's word until somebody signs it.
 */
export function verdictOfSignature(signature: SignatureVerdict): 'valid' | 'indeterminate' | 'invalid' {
  const { integrity, coverage, chain, revocation, permitted, codes } = signature;
  if (integrity === 'broken' || coverage === 'partial' || revocation === 'revoked' || !permitted)
    return 'invalid';
  if (chain !== 'trusted' || revocation !== 'good') return 'indeterminate';
  return codes.some((one) => neverValid.has(one)) ? 'indeterminate' : 'valid';
}

/** What keeps an otherwise perfect signature from `valid`, since a clerk would rely on what nobody vouches for. */
const neverValid: ReadonlySet<Code> = new Set<Code>(['algorithm-weak', 'changes-unsigned-picture']);

/** The file's verdict: the worst of its signatures, `unsigned` when there is none. */
export function verdictOfFile(signatures: readonly SignatureVerdict[]): VerdictKind {
  if (signatures.length === 0) return 'unsigned';
  const each = signatures.map(verdictOfSignature);
  return each.includes('invalid') ? 'invalid' : each.includes('indeterminate') ? 'indeterminate' : 'valid';
}

/** What the clerk may do, in one sentence that begins with it. */
export interface ClerkSentence {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly may: 'accept' | 'ask' | 'refuse';
  readonly vi: string;
  readonly en: string;
}

const refusals: readonly (readonly [Code, string, string])[] = [
  ['signature-content-changed', 'nội dung đã bị sửa sau khi ký', 'the content was changed after signing'],
  ['changes-active-content', 'có mã lệnh được thêm vào sau khi ký', 'active content was added after signing'],
  ['changes-trailing-data', 'có dữ liệu lạ nối thêm sau khi ký', 'foreign data was appended after signing'],
  [
    'changes-unreadable',
    'phần thêm vào sau khi ký không đọc được',
    'what was added after signing cannot be read',
  ],
  [
    'changes-two-readings',
    'phần thêm sau khi ký đọc được theo hai cách',
    'what was added after signing reads two ways',
  ],
  [
    'changes-locked-field',
    'ô biểu mẫu đã khóa bị sửa sau khi ký',
    'a locked form field was changed after signing',
  ],
  [
    'changes-appearance-differs',
    'có ô biểu mẫu hiện chữ khác với giá trị được điền',
    'a form field shows other words than were filled in',
  ],
  ['changes-other', 'nội dung đã bị sửa sau khi ký', 'the content was changed after signing'],
  [
    'changes-annotation',
    'có ghi chú được thêm sau khi ký mà người ký không cho phép',
    'notes were added after signing against the signer’s terms',
  ],
  [
    'changes-forbidden',
    'có thay đổi sau khi ký mà người ký không cho phép',
    'a change was made after signing that the signer did not permit',
  ],
  ['revocation-revoked', 'chứng thư số của người ký đã bị thu hồi', 'the signer’s certificate was revoked'],
  [
    'revocation-issuer-revoked',
    'chứng thư số của nơi cấp đã bị thu hồi',
    'the issuer’s certificate was revoked',
  ],
  [
    'signature-partial',
    'chữ ký số chỉ bao phủ một phần văn bản',
    'the signature covers only a part of the document',
  ],
  ['signature-gap', 'có dữ liệu lạ nằm ngoài phần được ký', 'there is foreign data outside the signed part'],
  ['signature-orphaned', 'chữ ký số đã bị gỡ khỏi văn bản', 'a signature was removed from the document'],
  ['signature-unreadable', 'chữ ký số bị hỏng, không đọc được', 'the signature is damaged'],
  [
    'signature-value-wrong',
    'chữ ký số không khớp với chứng thư số',
    'the signature does not match its certificate',
  ],
];

const doubts: readonly (readonly [Code, string, string])[] = [
  [
    'algorithm-unsupported',
    'Chưa kiểm tra được chữ ký số: thuật toán không được hỗ trợ. Hãy hỏi nơi gửi.',
    'The signature could not be checked: its algorithm is not supported. Ask the sender.',
  ],
  [
    'signature-kind-unsupported',
    'Chưa kiểm tra được chữ ký số: loại chữ ký số không được hỗ trợ. Hãy hỏi nơi gửi.',
    'The signature could not be checked: its kind is not supported. Ask the sender.',
  ],
  [
    'changes-unsigned-picture',
    'Cần hỏi nơi gửi: sau khi ký có chữ hoặc hình được thêm mà chưa có chữ ký số nào bảo đảm.',
    'Ask the sender: text or a picture was added after signing and no signature vouches for it.',
  ],
  [
    'algorithm-weak',
    'Cần hỏi nơi gửi: chữ ký số dùng thuật toán không còn an toàn.',
    'Ask the sender: the signature uses an algorithm that is no longer safe.',
  ],
  [
    'chain-expired',
    'Cần hỏi nơi gửi: chứng thư số đã hết hạn và không có dấu thời gian tin cậy.',
    'Ask the sender: the certificate has expired and no trusted time stamp is there.',
  ],
  [
    'chain-not-yet-valid',
    'Cần hỏi nơi gửi: chứng thư số chưa có hiệu lực.',
    'Ask the sender: the certificate is not yet valid.',
  ],
  [
    'chain-no-anchors',
    'Chưa xác nhận được người ký: máy này chưa có chứng thư số gốc tin cậy. Hãy liên hệ bộ phận kỹ thuật.',
    'The signer could not be confirmed: this machine has no trusted root. Contact support.',
  ],
  [
    'chain-issuer-missing',
    'Chưa xác nhận được người ký: thiếu chứng thư số của nơi cấp. Chờ có mạng hoặc hỏi nơi gửi.',
    'The signer could not be confirmed: the issuer’s certificate is missing. Wait for the network or ask the sender.',
  ],
  [
    'chain-untrusted',
    'Cần hỏi nơi gửi: chứng thư số không do tổ chức được tin cậy cấp.',
    'Ask the sender: the certificate was not issued by a trusted authority.',
  ],
  [
    'revocation-unknown',
    'Chưa kiểm tra được tình trạng chứng thư số: chờ có mạng hoặc hỏi nơi gửi.',
    'The status of the certificate could not be checked: wait for the network or ask the sender.',
  ],
];

/** The one sentence above the page. It begins with what the clerk may do. */
export function clerkSentence(verdict: FileVerdict): ClerkSentence {
  const codes = new Set<Code>([...verdict.codes, ...verdict.signatures.flatMap((one) => one.codes)]);
  switch (verdict.verdict) {
    case 'valid':
      return validSentence(verdict, codes);
    case 'unsigned':
      return {
        tone: 'warning',
        may: 'ask',
        vi: 'Cần hỏi nơi gửi: văn bản chưa có chữ ký số.',
        en: 'Ask the sender: the document has no digital signature.',
      };
    case 'unreadable': {
      const first = verdict.codes[0];
      return {
        tone: 'bad',
        may: 'ask',
        vi: `Chưa kiểm tra được chữ ký số. ${first === undefined ? 'Tệp không đọc được.' : sentences[first].vi}`,
        en: `The signatures could not be checked. ${first === undefined ? 'The file cannot be read.' : sentences[first].en}`,
      };
    }
    case 'invalid': {
      const doubt = doubts.find(([one]) => one.endsWith('-unsupported') && codes.has(one));
      const refusal = refusals.find(([one]) => codes.has(one));
      if (doubt !== undefined && refusal === undefined) {
        return { tone: 'warning', may: 'ask', vi: doubt[1], en: doubt[2] };
      }
      return {
        tone: 'bad',
        may: 'refuse',
        vi: `Không được tiếp nhận: ${refusal?.[1] ?? 'chữ ký số không có giá trị'}.`,
        en: `Must not be accepted: ${refusal?.[2] ?? 'the signature has no value'}.`,
      };
    }
    case 'indeterminate': {
      const doubt = doubts.find(([one]) => codes.has(one));
      return {
        tone: 'warning',
        may: 'ask',
        vi: doubt?.[1] ?? 'Chưa xác nhận được chữ ký số: hãy hỏi nơi gửi.',
        en: doubt?.[2] ?? 'The signature could not be confirmed: ask the sender.',
      };
    }
  }
}

function validSentence(verdict: FileVerdict, codes: ReadonlySet<Code>): ClerkSentence {
  if (codes.has('changes-overlap') || codes.has('changes-form')) {
    const [vi, en] = codes.has('changes-overlap')
      ? [
          'hình của chữ ký số thêm sau che nhiều phần trang',
          'the picture of a later signature covers much of a page',
        ]
      : ['sau khi ký có ô biểu mẫu được điền thêm', 'form fields were filled in after signing'];
    return {
      tone: 'warning',
      may: 'ask',
      vi: `Cần xem lại bản đã ký trước khi tiếp nhận: ${vi}.`,
      en: `Look at the signed version before accepting: ${en}.`,
    };
  }
  const signers = verdict.signatures.filter((one) => one.kind === 'signature').map((one) => one.signer);
  const names = [...new Set(signers.filter((name) => name !== ''))].join(', ');
  return {
    tone: 'good',
    may: 'accept',
    vi: `Có thể tiếp nhận. Chữ ký số hợp lệ${names === '' ? '' : ` của ${names}`}.`,
    en: `May be accepted. Valid digital signature${names === '' ? '' : ` of ${names}`}.`,
  };
}
