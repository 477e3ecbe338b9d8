// Secrecy marks in words (Mật, Tối mật, Tuyệt mật). It looks at the words of one field, name or line alone, never into a
// file, and errs on the side of stopping: a document with a mark has no road to the network (QĐ 28/2018 Art. 1).

export type SecrecyLevel = 'mat' | 'toi-mat' | 'tuyet-mat';

const opening = String.raw`(\[{<（［｛【〔〖`;
const closing = String.raw`)\]}>）］｝】〕〗`;
const level = '(tuyệt mật|tối mật|mật)';
const scale = '(?:(?:mức )?độ|mức) mật';

/** Frames, ticks, stars, quotes: what is drawn around a stamp is no word. */
const edge = String.raw`[^\p{L}\p{N}]*`;
/** The other stamp, which often stands in one field with the mark. */
const urgency = '(?:thượng khẩn|khẩn|(?:hỏa|hoả) tốc(?: hẹn giờ)?)';

/** A field that holds a mark and nothing else: "MẬT", "[Tối mật]", "Độ mật: Tuyệt mật", "TÀI LIỆU MẬT", "Hỏa tốc, mật". */
const bareMark = new RegExp(
  `^${edge}(?:${urgency}${edge})*(?:${scale}${edge})?(?:tài liệu )?${level}(?:${edge}${urgency})*${edge}$`,
  'u',
);
/** A mark put before or after other words, set off by brackets. */
const bracketedMark = new RegExp(
  `[${opening}]\\s*(?:${urgency}[\\s,;/–-]+)*${level}(?:[\\s,;/–-]+${urgency})*\\s*[${closing}]`,
  'u',
);
/** "Độ mật: Mật" inside other words. */
const namedMark = new RegExp(`(?:${scale}|mức độ)\\s*[:：=]\\s*["“]?${level}(?!\\p{L})`, 'giu');
/** A field that opens with a level of two words and sets it off: "Tối mật - Phương án". "Mật" alone may be honey. */
const headingMark = new RegExp(`^[\\s${opening}*"“]*(?:tài liệu )?(tuyệt mật|tối mật)\\s*[-–—:：]`, 'u');
/** A field that opens with the mark in capitals, the way a stamp stands. */
const leadingMark = new RegExp(
  `^[\\s${opening}*"“]*(?:TÀI LIỆU )?(TUYỆT MẬT|TỐI MẬT|MẬT)(?![\\p{L}\\p{N}])`,
  'u',
);
/** What a stamp is set off by; behind one that lists too, another level is a list of levels and no stamp. */
const setOff = new RegExp(`^\\s*(?:[-–—:：.*${closing}]|[,;|](?!\\s*${level})|$)`, 'iu');
/**
 * "Kế hoạch - TỐI MẬT", "Kế hoạch_MẬT"; neither "BÍ-MẬT" of an older spelling nor a list of levels, and no "VĂN_BẢN_MẬT" whose
 * lines below stand for blanks.
 */
const trailingMark = new RegExp(
  `(?<!(?:^|\\P{L})(?:bí|bảo|cơ|thân|ong) ?|(?:tuyệt|tối|độ) mật ?)(?:[-–—]|(?<!giải|độ|dấu|bản|liệu|sơ|mục|tin)_)\\s*(?:tài liệu )?${level}[\\s${closing}*"”.!]*$`,
  'iu',
);

/** Words that "mật" makes another word of; "độ khẩn", "mã số" are names of other fields behind a mark. */
const secondPart = /^\s+(?:độ(?!\s+(?:khẩn|mật))|mã(?!\s+(?:số|định))|khẩu|ong|mía)(?!\p{L})/iu;
/** What goes on about levels in a heading ("…ĐỘ / TUYỆT MẬT VÀ TỐI MẬT TRONG NGÀNH…") and never opens a subject. */
const goesOn = /^\s+(?:và|hoặc|hay|của|trong|thuộc|đối|được|cho|tại|theo|do|có|ngành|lĩnh|nhà|là)(?!\p{L})/iu;

const lineEnds = /[\n\r\v\f\u0085\u2028\u2029]+/;
/** Characters nobody sees, which pages of the web leave between letters, and a letter and its marks. */
const unseen = /\p{Cf}|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]|\u034f|[\ufe00-\ufe0f]/gu;
/** A stamp with blanks between its letters; none of them but "m" and "t" is ever alone so. */
const spacedOut = /(?<!\p{L})(?:m[\s.]+ậ[\s.]+t|t[\s.]+ố[\s.]+i|t[\s.]+u[\s.]+y[\s.]+ệ[\s.]+t)(?!\p{L})/giu;

const levels: Readonly<Record<string, SecrecyLevel>> = {
  mật: 'mat',
  'tối mật': 'toi-mat',
  'tuyệt mật': 'tuyet-mat',
};

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();
const isCapital = (text: string): boolean => text === text.toUpperCase();

/** True for words as a stamp has them. Fonts of before Unicode have no capitals with marks: what is made of theirs is "TốI MậT". */
export function standsInCapitals(text: string): boolean {
  return isCapital(text) || !/[a-zđ]/.test(text.normalize('NFKC'));
}

/** True for a line whose last word goes on with "mật" on the next: "TĂNG CƯỜNG BẢO / MẬT". */
export function endsBeforeMat(line: string): boolean {
  return /(?:^|\P{L})(?:bí|bảo|cơ|thân)\s*$/iu.test(line.normalize('NFC'));
}

/** True where "mật" and what follows are one word: "Mật độ", "MẬT Ong", but not "Mật" and a next label "Mã định danh". */
function isOneWord(mark: string, rest: string): boolean {
  return secondPart.test(rest) && (isCapital(mark) || /^\s+\p{Ll}/u.test(rest));
}

function leading(text: string): string | undefined {
  const found = leadingMark.exec(text);
  const mark = found?.[1];
  if (found === null || mark === undefined) return undefined;
  const rest = text.slice(found[0].length);
  if (setOff.test(rest)) return mark;
  // Without anything between, words that are not in capitals show where the stamp ends; those of two words need none.
  if (mark === 'MẬT') {
    return /^\s+\p{Lu}\S*\p{Ll}/u.test(rest) && !isOneWord(mark, rest) ? mark : undefined;
  }
  return /^\s+[\p{L}\p{N}"“]/u.test(rest) && !goesOn.test(rest) ? mark : undefined;
}

function named(text: string): string | undefined {
  for (const found of text.matchAll(namedMark)) {
    const mark = found[1] ?? '';
    if (!isOneWord(mark, text.slice(found.index + found[0].length))) return mark;
  }
  return undefined;
}

function trailing(text: string): string | undefined {
  const mark = trailingMark.exec(text)?.[1];
  return mark?.toLowerCase() === 'mật' && !isCapital(mark) ? undefined : mark;
}

/** A line of its own: the first one, or one in capitals below lines that are not. */
function ownLine(text: string): string | undefined {
  const lines = text
    .split(lineEnds)
    .map(collapsed)
    .filter((line) => line !== '');
  if (lines.length < 2) return undefined;
  let isAmongSmall = true;
  for (const line of lines) {
    const mark = isAmongSmall ? bareMark.exec(line.toLowerCase())?.[1] : undefined;
    if (mark !== undefined && (line === lines[0] || isCapital(line))) return mark;
    isAmongSmall = !isCapital(line);
  }
  return undefined;
}

/**
 * The level that one field's text marks, undefined when it marks none. Accents count: "mặt" and "mất" are not "mật".
 * Pure; linear in the length of the text.
 */
export function secrecyLevelOf(text: string): SecrecyLevel | undefined {
  const plain = text
    .replace(unseen, '')
    .normalize('NFKC')
    .replace(spacedOut, (stamp) => stamp.replace(/[\s.]+/g, ''));
  const whole = collapsed(plain);
  const small = whole.toLowerCase();
  const mark =
    bareMark.exec(small)?.[1] ??
    bracketedMark.exec(small)?.[1] ??
    headingMark.exec(small)?.[1] ??
    named(whole) ??
    leading(whole) ??
    trailing(whole) ??
    ownLine(plain);
  return mark === undefined ? undefined : levels[mark.toLowerCase()];
}

/** The level that a file's name marks: its ending is none of it, and a line below stands for a blank or sets a mark off. */
export function secrecyLevelOfName(name: string): SecrecyLevel | undefined {
  const stem = name.replace(/\.[^.]*$/, '');
  return secrecyLevelOf(stem.replace(/_+/g, ' ')) ?? secrecyLevelOf(stem);
}
