// Marks as people set them in subjects, names and fields, and the ordinary words that hold "mật" and are none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secrecyLevelOf, secrecyLevelOfName, standsInCapitals } from './secrecy';

const levelOf = (text: string) => {
  const level = secrecyLevelOf(text);
  expect(secrecyLevelOf(text.normalize('NFD'))).toBe(level);
  return level;
};

describe('a mark', () => {
  it.each([
    ['TUYỆT MẬT\nV/v abc', 'tuyet-mat'],
    ['MẬT\r\nBáo cáo tình hình', 'mat'],
    ['Tối mật\nPhương án', 'toi-mat'],
    ['Kế hoạch phòng thủ\n  TỐI MẬT', 'toi-mat'],
  ])('ends with its line: %j', (text, level) => expect(levelOf(text)).toBe(level));

  it.each([
    ['TỐI MẬT Phương án', 'toi-mat'],
    ['TUYỆT MẬT V/v abc', 'tuyet-mat'],
    ['TỐI MẬT PHƯƠNG ÁN TÁC CHIẾN', 'toi-mat'],
    ['TỐI MẬT 01-KH', 'toi-mat'],
    ['MẬT Phương án bảo vệ', 'mat'],
    ['MẬT Danh sách kèm theo', 'mat'],
    ['TÀI LIỆU MẬT - Phương án', 'mat'],
    ['Tối mật - Phương án', 'toi-mat'],
    ['tuyệt mật – kế hoạch', 'tuyet-mat'],
    ['Tuyệt mật: Kế hoạch', 'tuyet-mat'],
  ])('opens a subject in capitals, or set off: %j', (text, level) => expect(levelOf(text)).toBe(level));

  it.each([
    ['Kế hoạch – MẬT', 'mat'],
    ['Kế hoạch bảo mật - MẬT', 'mat'],
    ['Kế hoạch - Tối mật', 'toi-mat'],
    ['Kế hoạch — TUYỆT MẬT.', 'tuyet-mat'],
    ['KH-01-MẬT', 'mat'],
  ])('closes a subject behind a dash: %j', (text, level) => expect(levelOf(text)).toBe(level));

  it.each([
    ['TÀI LIỆU MẬT', 'mat'],
    ['Tài liệu tối mật', 'toi-mat'],
    ['【MẬT】', 'mat'],
    ['{MẬT}', 'mat'],
    ['（Tối mật）Phương án', 'toi-mat'],
    ['Phương án {mật}', 'mat'],
    ['«MẬT»', 'mat'],
    ['M\u00adẬT\u200b', 'mat'],
  ])('stands alone or in brackets of any kind: %j', (text, level) => expect(levelOf(text)).toBe(level));

  it.each([
    ['Độ mật：Mật', 'mat'],
    ['Gửi kèm. Độ mật：Tối mật. Độ khẩn: Khẩn', 'toi-mat'],
    ['Độ mật: Mật Độ khẩn: Hỏa tốc', 'mat'],
    ['ĐỘ MẬT: MẬT ĐỘ KHẨN: KHẨN', 'mat'],
    ['Số 12, độ mật: Mật Mã định danh: H26', 'mat'],
    ['Mức độ: Tuyệt mật, gửi kèm', 'tuyet-mat'],
    ['Độ mật: Mật độ dân số. Độ mật: Mật', 'mat'],
  ])('is named by a label: %j', (text, level) => expect(levelOf(text)).toBe(level));
});

describe('a mark', () => {
  it.each([
    ['M Ậ T', 'mat'],
    ['T Ố I   M Ậ T', 'toi-mat'],
    ['T.U.Y.Ệ.T M.Ậ.T', 'tuyet-mat'],
    ['ＭẬＴ', 'mat'],
    ['M\u200bA\u0302\u034f\u0323T', 'mat'],
    ['\u202eMẬT\u0000', 'mat'],
  ])('is found however its letters are set: %j', (text, level) => expect(secrecyLevelOf(text)).toBe(level));

  it.each([
    ['| MẬT |', 'mat'],
    ['☑ Mật', 'mat'],
    ['★ TUYỆT MẬT ★', 'tuyet-mat'],
    ['‘MẬT’', 'mat'],
    ['_MẬT_', 'mat'],
    ['Độ mật: "Tối mật"', 'toi-mat'],
    ['Kèm phụ lục. Độ mật = Mật, gửi 3 bản', 'mat'],
  ])('is found whatever is drawn around it: %j', (text, level) => expect(levelOf(text)).toBe(level));

  it.each([
    ['MẬT, KHẨN', 'mat'],
    ['HỎA TỐC, MẬT', 'mat'],
    ['Hoả tốc - Tối mật', 'toi-mat'],
    ['TỐI MẬT / HỎA TỐC HẸN GIỜ', 'toi-mat'],
    ['HỎA TỐC\nMẬT', 'mat'],
    ['Kế hoạch (Mật, Khẩn)', 'mat'],
    ['MẬT; Phương án bảo vệ', 'mat'],
    ['TỐI MẬT, phương án bảo vệ', 'toi-mat'],
  ])('is found beside the stamp of urgency, or set off by a comma: %j', (text, level) =>
    expect(levelOf(text)).toBe(level),
  );

  it.each(['Kế hoạch_MẬT.pdf', '01_KH_UBND_TUYỆT_MẬT.docx', 'MẬT_Kế hoạch.pdf', 'Tối_mật.zip'])(
    'is found in the name of a file, whose lines below stand for blanks or set it off: %j',
    (name) => expect(secrecyLevelOfName(name)).toBeDefined(),
  );

  it.each([
    'BẢO_MẬT.pdf',
    'QUẢN_LÝ_VĂN_BẢN_MẬT.pdf',
    'Hồ sơ_GIẢI_MẬT.pdf',
    'mật_khẩu.txt',
    'MẬT_ĐỘ.xlsx',
    'Bùi_Văn_Mật.docx',
  ])('is not seen in an ordinary name: %j', (name) => expect(secrecyLevelOfName(name)).toBeUndefined());

  it('stands in capitals also where a font of before Unicode had none for its letters with marks', () => {
    expect(['MẬT', 'TốI MậT', 'ĐỘ MẬT'].every(standsInCapitals)).toBe(true);
    expect(['Mật', 'Tối mật', 'mật'].some(standsInCapitals)).toBe(false);
  });
});

const ordinary = [
  'Báo cáo công tác bảo mật năm 2026',
  'Kế hoạch tăng cường bảo mật',
  'Kế hoạch - bảo mật thông tin',
  'AN TOÀN, BẢO MẬT',
  'Giấy chứng nhận BÍ-MẬT',
  'Mật độ dân số các xã',
  'MẬT ĐỘ DÂN SỐ',
  'MẬT Độ dân số',
  'Độ mật: Mật độ dân số',
  'Độ mật: không',
  'Quy hoạch - Mật độ xây dựng',
  'V/v giới thiệu sản phẩm mật ong',
  'MẬT ONG: xây dựng thương hiệu',
  'MẬT Ong rừng U Minh',
  'Hợp tác xã nuôi ong - mật',
  'HỢP TÁC XÃ NUÔI ONG - MẬT',
  'Xâm phạm bí mật đời tư',
  'Luật Bảo vệ bí mật nhà nước',
  'LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC',
  'Quy chế bảo vệ bí mật nhà nước',
  'Danh mục bí mật nhà nước độ Tuyệt mật, Tối mật',
  'Danh mục bí mật nhà nước độ tuyệt mật - tối mật',
  'DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT VÀ TỐI MẬT',
  'TUYỆT MẬT VÀ TỐI MẬT THUỘC LĨNH VỰC Y TẾ',
  'TUYỆT MẬT, TỐI MẬT VÀ MẬT TRONG NGÀNH',
  'Đổi mật khẩu hộp thư công vụ',
  'MẬT KHẨU: đổi ba tháng một lần',
  'Cấp chứng thư mật mã',
  'Ban Cơ yếu và MẬT MÃ',
  'MẬT MÃ DÂN SỰ',
  'Giấy đi đường của đoàn làm phim MẬT THÁM',
  'MẬT THÁM',
  'Giải mật hồ sơ lưu trữ',
  'Quản lý văn bản mật',
  'Sổ đăng ký tài liệu mật',
  'Sử dụng dấu “MẬT” và dấu “TỐI MẬT”',
  'Hội nghị thân mật đầu xuân',
  'Đơn của ông Nguyễn Văn Mật',
  'Cần mật thiết phối hợp',
  'Bỏ phiếu kín, giữ bí\nmật lá phiếu',
  'BẢO VỆ BÍ\nMẬT',
  'V/v mật độ\nxây dựng',
  'Vắng mặt',
  'MẤT - thông báo',
  'Thông báo - MẶT TRẬN TỔ QUỐC',
];

describe('ordinary words', () => {
  it.each(ordinary)('are no mark: %j', (text) => expect(levelOf(text)).toBeUndefined());
});

it('a mark set in brackets is found whatever words stand around it', () => {
  const words = fc.constantFrom(...ordinary, 'Phương án', 'V/v', '');
  const mark = fc.constantFrom('MẬT', 'Tối mật', 'tuyệt mật');
  fc.assert(
    fc.property(words, mark, words, (before, text, after) => {
      expect(secrecyLevelOf(`${before} [${text}] ${after}`)).toBeDefined();
    }),
  );
});

it('a stamp in capitals before a line end is found whatever the subject is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('MẬT', 'TỐI MẬT', 'TUYỆT MẬT'),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      fc.constantFrom(...ordinary),
      (mark, end, subject) => {
        expect(secrecyLevelOf(`${mark}${end}${subject}`)).toBeDefined();
      },
    ),
  );
});
