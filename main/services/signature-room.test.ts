import { describe, expect, it } from 'vitest';
import { decodedText, encodingOf } from './legacy-text';
import { signatureRoom } from './signature-room';
import { linesOf, type TextPiece } from './text-segments';

const page1 = { page: 1, width: 595, height: 842 };
const letterWidth = 6.5;

/** A line of text whose middle stands at `centre`. */
function centred(text: string, centre: number, y: number, page = 1): TextPiece {
  const width = text.length * letterWidth;
  return { page, text, x: centre - width / 2, y, width, height: 13 };
}

function left(text: string, y: number, page = 1): TextPiece {
  return { page, text, x: 85, y, width: text.length * letterWidth, height: 11 };
}

const room = (pieces: readonly TextPiece[], sizes = [page1]) => signatureRoom(linesOf(pieces), sizes);

const receivers = [left('Nơi nhận:', 300), left('- Như trên;', 286), left('- Lưu: VT.', 272)];

describe('the room of the signature', () => {
  it.each([
    ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
    ['TL. BỘ TRƯỞNG', 'KT. VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ', 'PHÓ VỤ TRƯỞNG'],
    ['TUQ. GIÁM ĐỐC', 'TRƯỞNG PHÒNG HÀNH CHÍNH'],
    ['Q. CỤC TRƯỞNG'],
    ['GIÁM ĐỐC'],
    ['TM. BAN CHẤP HÀNH', 'Phó Bí thư thường trực'],
  ])('stands under the last line of %s and above the name', (...position) => {
    const lines = position.map((text, index) => centred(text, 430, 300 - index * 15));
    const found = room([...receivers, ...lines, centred('Trần Thị Bình', 428, 180)]);
    expect(found?.page).toBe(1);
    expect(found?.centre).toBeCloseTo(429, 0);
    expect(found?.top).toBeCloseTo(300 - (position.length - 1) * 15 - 3.9, 1);
    expect(found?.bottom).toBeCloseTo(193, 1);
  });

  it.each([
    'PGS.TS. Nguyễn Văn Ân',
    'Đại tá Lê Quý Đôn',
    'Thượng tướng, TS. Trần Đại Nghĩa',
    'NGUYỄN VĂN AN',
  ])('ends above the name %s', (name) => {
    const found = room([...receivers, centred('CHỦ TỊCH', 430, 300), centred(name, 430, 190)]);
    expect(found?.bottom).toBeCloseTo(203, 1);
  });

  it('ends above the first of two lines of a name', () => {
    const found = room([
      ...receivers,
      centred('GIÁM ĐỐC', 430, 300),
      centred('Công Tằng Tôn Nữ Nguyễn', 430, 200),
      centred('Thị Minh Khai', 430, 185),
    ]);
    expect(found?.bottom).toBeCloseTo(213, 1);
  });

  it('does not count a remark in the room as text of it', () => {
    const found = room([
      ...receivers,
      centred('GIÁM ĐỐC', 430, 300),
      centred('(Ký, ghi rõ họ tên)', 430, 284),
      centred('Trần Thị Bình', 430, 180),
    ]);
    expect(found?.top).toBeCloseTo(296.1, 1);
  });

  it('is the one beside "Nơi nhận", not that of a form in the annex behind it', () => {
    const sizes = [1, 2, 3].map((page) => ({ ...page1, page }));
    const annex = [
      centred('PHỤ LỤC', 300, 780, 2),
      centred('NGƯỜI KHAI', 440, 300, 3),
      centred('Nguyễn Văn Mẫu', 440, 200, 3),
    ];
    const own = [...receivers, centred('TM. ỦY BAN NHÂN DÂN', 430, 300), centred('Trần Thị Bình', 430, 190)];
    expect(room([...own, ...annex], sizes)?.page).toBe(1);
  });

  it('is the last one where no page has "Nơi nhận"', () => {
    const sizes = [1, 2].map((page) => ({ ...page1, page }));
    const blocks = [1, 2].flatMap((page) => [
      centred('GIÁM ĐỐC', 430, 300, page),
      centred('Trần Thị Bình', 430, 190, page),
    ]);
    expect(room(blocks, sizes)?.page).toBe(2);
  });

  it('is the right one of two signers beside each other', () => {
    const found = room([
      centred('NGƯỜI LẬP BIỂU', 160, 300),
      centred('Lê Văn Lập', 160, 200),
      centred('THỦ TRƯỞNG ĐƠN VỊ', 440, 300),
      centred('Trần Thị Bình', 440, 200),
    ]);
    expect(found?.centre).toBeCloseTo(440, 0);
  });

  it('is found where one run of text holds both columns, parted by blanks', () => {
    const both = (one: string, other: string, y: number): TextPiece => {
      const text = one.padEnd(50) + other;
      return { page: 1, text, x: 85, y, width: text.length * letterWidth, height: 13 };
    };
    const found = room([
      both('Nơi nhận:', 'GIÁM ĐỐC', 300),
      left('- Như trên;', 284),
      both('- Lưu: VT.', 'Trần Bình', 190),
    ]);
    expect(found?.centre).toBeGreaterThan(400);
    expect(found?.bottom).toBeCloseTo(203, 1);
  });

  it('is found where every letter is a piece of its own', () => {
    const letters = (text: string, centre: number, y: number): TextPiece[] => {
      const from = centre - (text.length * letterWidth) / 2;
      return [...text].map((text, index) => ({
        page: 1,
        text,
        x: from + index * letterWidth,
        y,
        width: letterWidth,
        height: 13,
      }));
    };
    const found = room([
      ...receivers,
      ...letters('KT. GIÁM ĐỐC', 430, 300),
      ...letters('Trần Thị Bình', 430, 190),
    ]);
    expect(found?.centre).toBeCloseTo(430, 0);
  });

  it('begins under the position where the name is not typed, beside "Nơi nhận"', () => {
    const found = room([...receivers, centred('KT. CHỦ TỊCH', 430, 300)]);
    expect(found?.centre).toBeCloseTo(430, 0);
    expect(found?.top).toBeCloseTo(296.1, 1);
  });

  it('is not made up: a scan, a heading with a name far below, a table', () => {
    expect(room([])).toBeNull();
    expect(room([centred('BÁO CÁO KẾT QUẢ', 300, 700), left('Kính gửi: Bộ Tài chính', 650)])).toBeNull();
    expect(room([centred('Độc Lập Tự Do', 430, 700), centred('Trần Thị Bình', 430, 690)])).toBeNull();
  });
});

describe('text of the time before Unicode', () => {
  const tcvn3 = ['CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM', 'Gi¸m ®èc', 'TrÇn ThÞ B×nh', 'N¬i nhËn:'];
  const vni = ['COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM', 'Giaùm ñoác', 'Traàn Thò Bình', 'Nôi nhaän:'];

  it('is told apart and read', () => {
    expect(encodingOf(tcvn3)).toBe('tcvn3');
    expect(tcvn3.slice(1).map((one) => decodedText(one, 'tcvn3'))).toEqual([
      'Giám đốc',
      'Trần Thị Bình',
      'Nơi nhận:',
    ]);
    expect(encodingOf(vni)).toBe('vni');
    expect(vni.slice(1).map((one) => decodedText(one, 'vni'))).toEqual([
      'Giám đốc',
      'Trần Thị Bình',
      'Nơi nhận:',
    ]);
    expect(decodedText(vni[0] ?? '', 'vni')).toBe('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(encodingOf(['Cộng hòa xã hội', 'Año de paz'])).toBe('unicode');
    expect(encodingOf(['plain text', 'sin tildes'])).toBe('unicode');
  });

  it('leads to the room as Unicode does', () => {
    const found = room([
      left('N¬i nhËn:', 300),
      centred('Gi¸m ®èc', 430, 300),
      centred('TrÇn ThÞ B×nh', 430, 190),
    ]);
    expect(found?.bottom).toBeCloseTo(203, 1);
  });
});
