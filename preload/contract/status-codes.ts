// Status codes of edXML, business types and urgency, with their Vietnamese words. A code that is not listed is shown as it came.

/** Status codes of QCVN 102 in use; 07 to 12 and 14 are not. */
export const statusNames: Readonly<Record<string, string>> = {
  '01': 'Đã đến',
  '02': 'Từ chối tiếp nhận',
  '03': 'Đã tiếp nhận',
  '04': 'Phân công',
  '05': 'Đang xử lý',
  '06': 'Hoàn thành',
  '13': 'Lấy lại',
  '15': 'Đồng ý lấy lại hoặc cập nhật',
  '16': 'Từ chối lấy lại hoặc cập nhật',
};

/** A status code with the two digits of the standard: `3` gives `03`. Whatever is no single digit stays as it came, trimmed. */
export function statusCode(text: string): string {
  const plain = text.trim();
  return /^\d$/.test(plain) ? `0${plain}` : plain;
}

/** The words of a status code: the hub's own where it has some, else the usual ones; an unknown code verbatim. */
export function statusName(code: string, ownWords: Readonly<Record<string, string>> = {}): string {
  const plain = code.trim();
  return ownWords[plain] ?? statusNames[plain] ?? plain;
}

/** 02, 13 and 16 must say why (QĐ 28/2018 Art. 5.4, 8.2). */
export function statusNeedsReason(code: string): boolean {
  return ['02', '13', '16'].includes(code.trim());
}

/** BussinessDocType, §2.2.1. */
export const businessTypeNames: Readonly<Record<string, string>> = {
  '0': 'Văn bản mới',
  '1': 'Thu hồi',
  '2': 'Cập nhật',
  '3': 'Thay thế',
};

/** The Vietnamese words of a business type; an unknown one verbatim. */
export function businessTypeName(type: string): string {
  return businessTypeNames[type.trim()] ?? type.trim();
}

/** OtherInfo/Priority. */
export const priorityNames: Readonly<Record<string, string>> = {
  '0': 'Thường',
  '1': 'Khẩn',
  '2': 'Thượng khẩn',
  '3': 'Hỏa tốc',
  '4': 'Hỏa tốc hẹn giờ',
};

/** The Vietnamese words of an urgency; an unknown one verbatim. */
export function priorityName(priority: string): string {
  return priorityNames[priority.trim()] ?? priority.trim();
}
