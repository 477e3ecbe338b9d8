// Text of the fonts used before Unicode (TCVN3: .VnTime and the like; VNI) as Unicode, so that words of the page can be
// found. Pure. It changes no document: what the page shows stays as it is.

const tcvn3 = new Map<string, string>(
  Object.entries({
    '\u00b5': 'à',
    '\u00b8': 'á',
    '\u00b6': 'ả',
    '\u00b7': 'ã',
    '\u00b9': 'ạ',
    '\u00a8': 'ă',
    '\u00bb': 'ằ',
    '\u00be': 'ắ',
    '\u00bc': 'ẳ',
    '\u00bd': 'ẵ',
    '\u00c6': 'ặ',
    '\u00a9': 'â',
    '\u00c7': 'ầ',
    '\u00ca': 'ấ',
    '\u00c8': 'ẩ',
    '\u00c9': 'ẫ',
    '\u00cb': 'ậ',
    '\u00cc': 'è',
    '\u00d0': 'é',
    '\u00ce': 'ẻ',
    '\u00cf': 'ẽ',
    '\u00d1': 'ẹ',
    '\u00aa': 'ê',
    '\u00d2': 'ề',
    '\u00d5': 'ế',
    '\u00d3': 'ể',
    '\u00d4': 'ễ',
    '\u00d6': 'ệ',
    '\u00d7': 'ì',
    '\u00dd': 'í',
    '\u00d8': 'ỉ',
    '\u00dc': 'ĩ',
    '\u00de': 'ị',
    '\u00df': 'ò',
    '\u00e3': 'ó',
    '\u00e1': 'ỏ',
    '\u00e2': 'õ',
    '\u00e4': 'ọ',
    '\u00ab': 'ô',
    '\u00e5': 'ồ',
    '\u00e8': 'ố',
    '\u00e6': 'ổ',
    '\u00e7': 'ỗ',
    '\u00e9': 'ộ',
    '\u00ac': 'ơ',
    '\u00ea': 'ờ',
    '\u00ed': 'ớ',
    '\u00eb': 'ở',
    '\u00ec': 'ỡ',
    '\u00ee': 'ợ',
    '\u00ef': 'ù',
    '\u00f3': 'ú',
    '\u00f1': 'ủ',
    '\u00f2': 'ũ',
    '\u00f4': 'ụ',
    '\u00ad': 'ư',
    '\u00f5': 'ừ',
    '\u00f8': 'ứ',
    '\u00f6': 'ử',
    '\u00f7': 'ữ',
    '\u00f9': 'ự',
    '\u00fa': 'ỳ',
    '\u00fd': 'ý',
    '\u00fb': 'ỷ',
    '\u00fc': 'ỹ',
    '\u00fe': 'ỵ',
    '\u00ae': 'đ',
    '\u00a1': 'Ă',
    '\u00a2': 'Â',
    '\u00a3': 'Ê',
    '\u00a4': 'Ô',
    '\u00a5': 'Ơ',
    '\u00a6': 'Ư',
    '\u00a7': 'Đ',
  }),
);

/** The combining forms of VNI: what a vowel and the letter after it are together. */
const tones: Readonly<Record<string, string>> = {
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
};
const hats: Readonly<Record<string, string>> = {
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};
const vniAlone: Readonly<Record<string, string>> = {
  ñ: 'đ',
  ô: 'ơ',
  ö: 'ư',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
};

const vniPair = /([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])/g;

function vniText(text: string): string {
  const marked = text.replace(vniPair, (pair, vowel: string, mark: string) => {
    const combining = tones[mark.toLowerCase()] ?? hats[mark.toLowerCase()];
    return combining === undefined ? pair : `${vowel}${combining}`;
  });
  // Marks are combining letters now, so what is left of these letters stands for itself.
  const single = marked.replace(/[ñôöæóòîÑÔÖÆÓÒÎ]/g, (letter) => {
    const plain = vniAlone[letter.toLowerCase()] ?? letter;
    return letter === letter.toLowerCase() ? plain : plain.toLocaleUpperCase('vi');
  });
  return single.normalize('NFC');
}

const tcvn3Text = (text: string): string => [...text].map((char) => tcvn3.get(char) ?? char).join('');

/** How the text of a document is to be read, judged by all of it. */
export type TextEncoding = 'unicode' | 'tcvn3' | 'vni';

/** Letters that only Unicode text has; then letters only TCVN3 has inside words; then the pairs of VNI. */
export function encodingOf(texts: Iterable<string>): TextEncoding {
  let abc = 0;
  let pairs = 0;
  for (const text of texts) {
    if (/[\u1ea0-\u1ef9đĐơƠưƯ]/.test(text.normalize('NFC'))) return 'unicode';
    abc +=
      text.match(
        /\p{L}[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00be]|[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00be]\p{L}/gu,
      )?.length ?? 0;
    pairs += text.match(vniPair)?.length ?? 0;
  }
  if (abc >= 3) return 'tcvn3';
  return pairs >= 5 ? 'vni' : 'unicode';
}

/** The text in Unicode, composed. */
export function decodedText(text: string, encoding: TextEncoding): string {
  switch (encoding) {
    case 'unicode':
      return text.normalize('NFC');
    case 'tcvn3':
      return tcvn3Text(text);
    case 'vni':
      return vniText(text);
  }
}
