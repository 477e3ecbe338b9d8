// Kinds of documents: the administrative and the legal list of QCVN 102 (amended 2022) and the abbreviations of
// NĐ 30/2020 Phụ lục III. Tables and look-ups; it decides nothing about a document.
import { foldSpelling } from './folding';

/** QCVN 102, administrative documents, by item number. */
export const administrativeTypes: Readonly<Record<string, string>> = {
  '1': 'Nghị quyết',
  '2': 'Quyết định',
  '3': 'Chỉ thị',
  '4': 'Quy chế',
  '5': 'Quy định',
  '6': 'Thông cáo',
  '7': 'Thông báo',
  '8': 'Hướng dẫn',
  '9': 'Chương trình',
  '10': 'Kế hoạch',
  '11': 'Phương án',
  '12': 'Đề án',
  '13': 'Dự án',
  '14': 'Báo cáo',
  '15': 'Biên bản',
  '16': 'Tờ trình',
  '17': 'Hợp đồng',
  '18': 'Công văn',
  '19': 'Công điện',
  '20': 'Bản ghi nhớ',
  '21': 'Bản cam kết',
  '22': 'Bản thỏa thuận',
  '23': 'Giấy chứng nhận',
  '24': 'Giấy ủy quyền',
  '25': 'Giấy mời',
  '26': 'Giấy giới thiệu',
  '27': 'Giấy nghỉ phép',
  '28': 'Giấy đi đường',
  '29': 'Giấy biên nhận hồ sơ',
  '30': 'Phiếu gửi',
  '31': 'Phiếu chuyển',
  '32': 'Thư công',
};

/** QCVN 102, legal documents (VBQPPL), by item number. */
export const legalTypes: Readonly<Record<string, string>> = {
  '1': 'Hiến pháp',
  '2': 'Luật',
  '3': 'Pháp lệnh',
  '4': 'Lệnh',
  '5': 'Nghị quyết',
  '6': 'Nghị quyết liên tịch',
  '7': 'Nghị định',
  '8': 'Quyết định',
  '9': 'Thông tư',
  '10': 'Thông tư liên tịch',
  '11': 'Chỉ thị',
  '12': 'Bộ luật',
  '13': 'Văn bản quy phạm pháp luật của đơn vị hành chính - kinh tế đặc biệt',
};

/** NĐ 30/2020, Phụ lục III: name of the type and its abbreviation; công văn and thư công have none. */
export const typeAbbreviations: Readonly<Record<string, string>> = {
  'Nghị quyết': 'NQ',
  'Quyết định': 'QĐ',
  'Chỉ thị': 'CT',
  'Quy chế': 'QC',
  'Quy định': 'QyĐ',
  'Thông cáo': 'TC',
  'Thông báo': 'TB',
  'Hướng dẫn': 'HD',
  'Chương trình': 'CTr',
  'Kế hoạch': 'KH',
  'Phương án': 'PA',
  'Đề án': 'ĐA',
  'Dự án': 'DA',
  'Báo cáo': 'BC',
  'Biên bản': 'BB',
  'Tờ trình': 'TTr',
  'Hợp đồng': 'HĐ',
  'Công văn': '',
  'Công điện': 'CĐ',
  'Bản ghi nhớ': 'BGN',
  'Bản thỏa thuận': 'BTT',
  'Giấy ủy quyền': 'GUQ',
  'Giấy mời': 'GM',
  'Giấy giới thiệu': 'GGT',
  'Giấy nghỉ phép': 'GNP',
  'Phiếu gửi': 'PG',
  'Phiếu chuyển': 'PC',
  'Phiếu báo': 'PB',
  'Thư công': '',
};

/** Abbreviations of copies: sao y, trích sao, sao lục. */
export const copyAbbreviations = { 'Sao y': 'SY', 'Trích sao': 'TrS', 'Sao lục': 'SL' } as const;

const known = new Map(
  [
    ...Object.values(administrativeTypes),
    ...Object.values(legalTypes),
    ...Object.keys(typeAbbreviations),
  ].map((name) => [foldSpelling(name), name]),
);

/** DocumentType as it stands in a header; every field may be missing. */
export interface WireDocumentType {
  readonly Type?: string | undefined;
  readonly TypeName?: string | undefined;
  readonly TypeDetail?: string | undefined;
}

type TypeList = Readonly<Record<string, string>>;

/** The name behind an item number; a foreign word such as `constructor` is none. */
function nameIn(list: TypeList, item: string): string | undefined {
  return Object.hasOwn(list, item) ? list[item] : undefined;
}

function numberIn(list: TypeList, name: string): string | undefined {
  const folded = foldSpelling(name);
  return Object.entries(list).find(([, one]) => foldSpelling(one) === folded)?.[0];
}

const withoutZeros = (number: string | undefined) => (number ?? '').trim().replace(/^0+(?=\d)/, '');

/**
 * The name of a document's type. Two encodings are in use: the group with its item (1 legal, 2 administrative), and
 * the item alone. So the name on the wire wins, then group and item, then the item; numbers may begin with zeros. Undefined
 * when nothing fits.
 */
export function documentTypeName(type: WireDocumentType): string | undefined {
  const name = type.TypeName?.trim().normalize('NFC');
  if (name !== undefined && name !== '') return known.get(foldSpelling(name)) ?? name;
  const [group, item] = [withoutZeros(type.Type), withoutZeros(type.TypeDetail)];
  if (item !== '' && item !== '0') {
    if (group === '1') return nameIn(legalTypes, item);
    if (group === '2') return nameIn(administrativeTypes, item);
  }
  return nameIn(administrativeTypes, group);
}

/** The administrative item number of a type's name (`Công văn` gives `18`), undefined when it has none. */
export function documentTypeNumber(name: string): string | undefined {
  return numberIn(administrativeTypes, name);
}

/** How hubs want DocumentType: the item alone (`18`), or its group with the item as TypeDetail (`2`, `18`). */
export type TypeEncoding = 'item' | 'group';

/**
 * DocumentType for a name, in the encoding of the hub; the name always stands beside it. A name of both lists is written as the
 * administrative one. Items alone are administrative, so a legal type has no Type there: its number would name another.
 */
export function wireDocumentType(name: string, encoding: TypeEncoding): WireDocumentType {
  const TypeName = name === '' ? undefined : name;
  const item = documentTypeNumber(name);
  if (encoding === 'item') return { Type: item, TypeName };
  if (item !== undefined) return { Type: '2', TypeName, TypeDetail: item };
  const legal = numberIn(legalTypes, name);
  return legal === undefined ? { Type: undefined, TypeName } : { Type: '1', TypeName, TypeDetail: legal };
}

/** The abbreviation in a notation (`Quyết định` gives `QĐ`), empty for công văn, undefined when the name is unknown. */
export function typeAbbreviation(name: string): string | undefined {
  const folded = foldSpelling(name);
  return Object.entries(typeAbbreviations).find(([one]) => foldSpelling(one) === folded)?.[1];
}
