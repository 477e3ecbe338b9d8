// Every word of the PIN window in Vietnamese (the source) and English. It decides nothing.
import type { Code } from '../../preload/contract/codes';
import { commonCodes } from '../../preload/contract/codes/common';
import { tokenCodes } from '../../preload/contract/codes/token';
import type { PinRequest, PinTries } from '../../preload/contract/pin';

type Language = PinRequest['language'];
type Both = Readonly<Record<Language, string>>;

const roles: Readonly<Record<PinRequest['role'], Both>> = {
  leader: { vi: 'của người có thẩm quyền', en: 'of the authorized signatory' },
  seal: { vi: 'của cơ quan', en: 'of the agency' },
  attachment: { vi: 'của cơ quan', en: 'of the agency' },
  copy: { vi: 'của cơ quan', en: 'of the agency' },
  number: { vi: 'của văn thư', en: 'of the records clerk' },
};

/** "Nhập mã PIN thiết bị ký số của cơ quan". */
export function title(request: PinRequest): string {
  const whose = roles[request.role][request.language];
  if (request.pinPad) {
    return request.language === 'vi'
      ? `Nhập mã PIN trên đầu đọc của thiết bị ký số ${whose}`
      : `Enter the PIN on the reader of the signing device ${whose}`;
  }
  return request.language === 'vi'
    ? `Nhập mã PIN thiết bị ký số ${whose}`
    : `Enter the PIN of the signing device ${whose}`;
}

/** Whose device it is: holder, token label, maker, without saying the same word twice. */
export function device(request: PinRequest): string {
  return [request.holder, request.tokenLabel, request.tokenMaker]
    .map((part) => part.trim())
    .filter((part, index, all) => part !== '' && all.indexOf(part) === index)
    .join(' · ');
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}

/** "Ký 1 văn bản: 318/UBND-VX, 1 trang, gửi 3 cơ quan" or "Ký 3 tệp, bằng một lần nhập mã PIN". */
export function summary(request: PinRequest): string {
  const vi = request.language === 'vi';
  const [only] = request.documents;
  if (request.documents.length === 1 && only !== undefined) {
    const facts = [
      only.number === '' ? (vi ? 'chưa có số' : 'no number yet') : only.number,
      ...(only.pages > 0 ? [vi ? `${only.pages} trang` : count(only.pages, 'page', 'pages')] : []),
      ...(only.receivers > 0
        ? [vi ? `gửi ${only.receivers} cơ quan` : `to ${count(only.receivers, 'agency', 'agencies')}`]
        : []),
    ];
    return `${vi ? 'Ký 1 văn bản' : 'Sign 1 document'}: ${facts.join(', ')}`;
  }
  const total = request.documents.length;
  // A total over files whose pages are not known would be a wrong one.
  const pages = request.documents.every((one) => one.pages > 0)
    ? request.documents.reduce((sum, one) => sum + one.pages, 0)
    : 0;
  const how = vi
    ? [`Ký ${total} tệp`, ...(pages > 0 ? [`tổng cộng ${pages} trang`] : [])]
    : [`Sign ${total} files`, ...(pages > 0 ? [`${pages} pages in all`] : [])];
  return `${how.join(', ')}, ${vi ? 'bằng một lần nhập mã PIN' : 'with one PIN'}`;
}

/** One line of the list of documents. */
export function documentLine(request: PinRequest, index: number): string {
  const document = request.documents[index];
  if (document === undefined) return '';
  const pages =
    request.language === 'vi' ? `${document.pages} trang` : count(document.pages, 'page', 'pages');
  return [document.number, document.subject, ...(document.pages > 0 ? [pages] : [])]
    .filter((part) => part !== '')
    .join(' · ');
}

/** How a sentence about the tries looks: what always holds is plain. */
export interface TriesWords {
  readonly text: string;
  readonly look: 'plain' | 'warning' | 'grave';
}

/** What the device says of the tries before typing, and what a mistake costs. */
export function triesWords(tries: PinTries, language: Language): TriesWords | undefined {
  switch (tries) {
    case 'ready':
      return {
        look: 'plain',
        text:
          language === 'vi'
            ? 'Mỗi lần nhập sai mất một lần thử. Hết số lần thử, thiết bị bị khóa và phải đề nghị cơ quan quản lý chứng thư số mở khóa.'
            : 'Each wrong PIN costs a try. With no try left the device is locked, and the certificate authority must unlock it.',
      };
    case 'low':
      return {
        look: 'warning',
        text:
          language === 'vi'
            ? 'Mã PIN đã bị nhập sai trước đó, số lần thử còn ít. Nhập sai nữa có thể làm khóa thiết bị. Hãy nhập thật chậm và kiểm tra bộ gõ.'
            : 'A wrong PIN was entered before and few tries are left. Another wrong one may lock the device. Type slowly and check the keyboard layout.',
      };
    case 'final':
      return {
        look: 'grave',
        text:
          language === 'vi'
            ? 'Đây là lần nhập cuối cùng. Nhập sai, thiết bị sẽ bị khóa và phải đề nghị cơ quan quản lý chứng thư số mở khóa.'
            : 'This is the last try. A wrong PIN locks the device, and the certificate authority must unlock it.',
      };
    case 'not-set':
      return {
        look: 'warning',
        text:
          language === 'vi'
            ? 'Thiết bị cho biết chưa đặt mã PIN. Nếu chưa từng đặt, hãy đặt bằng công cụ của nhà cung cấp trước.'
            : 'The device says that no PIN is set. If none was ever set, set one with the vendor’s tool first.',
      };
    default:
      return undefined;
  }
}

/** What is said of the key's own PIN before it is typed, with how often it will be used. */
export function ownWords(count: number, language: Language): string {
  if (count < 2) return fixed.ownAbout[language];
  return language === 'vi'
    ? `${fixed.ownAbout.vi} Mã này chỉ nhập một lần ở đây và được gửi tới thiết bị ${count} lần, mỗi tệp một lần.`
    : `${fixed.ownAbout.en} It is entered here once and sent to the device ${count} times, once for each file.`;
}

/** What is said before a list that the reader's own keys must be used for, one signature after another. */
export function eachWords(count: number, language: Language): string {
  return language === 'vi'
    ? `Khóa ký này đòi mã PIN cho từng lần ký: đầu đọc sẽ hỏi ${count} lần, mỗi tệp một lần. Hãy nhập trên đầu đọc mỗi khi đầu đọc hỏi. Tệp nào chưa nhập thì chưa ký.`
    : `This key wants the PIN for each signature: the reader will ask ${count} times, once for each file. Enter it on the reader whenever the reader asks. A file without it is not signed.`;
}

/** The sentence of a code, in the window's language. */
export function codeWords(code: Code, language: Language): string {
  const all: Partial<Record<string, Both>> = { ...commonCodes, ...tokenCodes };
  return (all[code] ?? commonCodes.internal)[language];
}

export const fixed = {
  sign: { vi: 'Ký', en: 'Sign' },
  start: { vi: 'Bắt đầu', en: 'Start' },
  refuse: { vi: 'Không ký', en: 'Do not sign' },
  close: { vi: 'Đóng', en: 'Close' },
  pin: { vi: 'Mã PIN', en: 'PIN' },
  understand: { vi: 'Tôi hiểu thiết bị có thể bị khóa', en: 'I understand that the device may be locked' },
  ownTitle: { vi: 'Nhập mã PIN ký số của khóa', en: 'Enter the key’s signature PIN' },
  ownPin: { vi: 'Mã PIN ký số', en: 'Signature PIN' },
  ownAbout: {
    vi: 'Mã PIN thiết bị đúng. Khóa ký này còn đòi mã PIN cho từng lần ký. Nếu thiết bị có hai mã PIN, hãy nhập mã PIN ký số; thiết bị không cho biết mã này còn mấy lần thử.',
    en: 'The device PIN is right. This key also wants a PIN for each signature. If the device has two PINs, enter the signature PIN; the device does not tell how many tries of it are left.',
  },
  same: {
    vi: 'Thiết bị chỉ có một mã PIN: dùng mã vừa nhập',
    en: 'The device has one PIN only: use the one just entered',
  },
  trying: { vi: 'Đang gửi mã PIN tới thiết bị…', en: 'Sending the PIN to the device…' },
  padTrying: {
    vi: 'Hãy nhập mã PIN bằng các phím trên đầu đọc…',
    en: 'Enter the PIN with the keys of the reader…',
  },
  signing: {
    vi: 'Mã PIN đúng. Đang ký, xin đừng rút thiết bị.',
    en: 'The PIN is right. Signing; do not unplug the device.',
  },
  capsLock: { vi: 'Đang bật Caps Lock.', en: 'Caps Lock is on.' },
  marks: {
    vi: 'Mã vừa nhập có chữ mang dấu, có thể do bộ gõ tiếng Việt. Mã PIN chưa được gửi. Hãy tắt bộ gõ và nhập lại, hoặc bấm Ký lần nữa nếu đúng như vậy.',
    en: 'What was typed has letters with marks, perhaps from a Vietnamese typing method. The PIN was not sent. Turn it off and type again, or press Sign once more if this is right.',
  },
} as const satisfies Record<string, Both>;
