// Letterheads, places and addresses of the agencies that send, and what stands on their seals. Words only.

export interface Sender {
  readonly name: string;
  /** Lines of the letterhead. */
  readonly head: readonly string[];
  readonly place: string;
  readonly address: string;
  readonly seal: readonly [upper: string, lower: string];
}

const province = (kind: string, name: string, address: string): Sender => ({
  name: `Ủy ban nhân dân ${kind} ${name}`,
  head: ['ỦY BAN NHÂN DÂN', `${kind} ${name}`.toUpperCase()],
  place: name,
  address,
  seal: ['ỦY BAN NHÂN DÂN', `${kind} ${name}`.toUpperCase()],
});

const ministry = (name: string, address: string): Sender => ({
  name,
  head: [name.toUpperCase()],
  place: 'Hà Nội',
  address,
  seal: [name.toUpperCase(), 'DẤU THỬ NGHIỆM'],
});

export const senders: Readonly<Record<string, Sender>> = {
  G09: ministry('Bộ Nội vụ', 'Số 8 Tôn Thất Thuyết, Hà Nội'),
  G12: ministry('Bộ Tài chính', '28 Trần Hưng Đạo, Hà Nội'),
  G22: ministry('Văn phòng Chính phủ', 'Số 1 Hoàng Hoa Thám, Hà Nội'),
  H14: province('tỉnh', 'Cao Bằng', 'Phường Thục Phán, tỉnh Cao Bằng'),
  H26: province('thành phố', 'Hà Nội', 'Phường Hoàn Kiếm, thành phố Hà Nội'),
  H37: province('tỉnh', 'Lạng Sơn', 'Phường Lương Văn Tri, tỉnh Lạng Sơn'),
  H49: province('tỉnh', 'Quảng Ninh', 'Phường Hạ Long, tỉnh Quảng Ninh'),
  H57: province('thành phố', 'Huế', '14 Lê Lợi, thành phố Huế'),
};

/** The sender of a code. Throws when there is none. */
export function senderOf(code: string): Sender {
  const found = senders[code];
  if (found === undefined) throw new Error(`no sender ${code}`);
  return found;
}
