// What a person is told of a link in a foreign file, and what the first button then does. It shows and opens nothing.
import { type AskedAddress, askedAddress } from '../security/external-links';

export interface LinkQuestion {
  readonly message: string;
  readonly detail: string;
  /** null: there is nothing to do but to close. */
  readonly act: { readonly kind: 'open' | 'copy'; readonly label: string; readonly address: string } | null;
  /** What closes it without doing anything. */
  readonly close: string;
}

const unchecked = 'Liên kết do người soạn tệp đặt vào; Văn Thư không kiểm tra nơi đến.';
/** So much of an address that is none still fits in a dialog. */
const longest = 300;

/** In ASCII, so that no letter looks like another and none turns the line around. */
function plain(address: string): string {
  const shown = address.replace(/[^\x20-\x7e]/gu, '?');
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

function messageOf({ kind, where }: AskedAddress): string {
  switch (kind) {
    case 'listed':
      return `Tệp này dẫn đến ${where}. Có mở bằng trình duyệt không?`;
    case 'insecure':
      return `Tệp này dẫn đến ${where} qua kết nối không mã hóa (http). Văn Thư chỉ mở trang qua kết nối mã hóa (https).`;
    case 'mail':
      return where === ''
        ? 'Liên kết này để gửi thư điện tử, không dẫn đến trang nào. Văn Thư không mở ứng dụng thư điện tử.'
        : `Liên kết này để gửi thư điện tử đến ${where}, không dẫn đến trang nào. Văn Thư không mở ứng dụng thư điện tử.`;
    case 'unlisted':
      return `Tệp này dẫn đến ${where}. Văn Thư không mở trang ngoài danh sách của Nhà nước.`;
  }
}

/** For any address that a file names, also one that is never opened: no press on a link is without an answer. */
export function linkQuestion(address: string): LinkQuestion {
  const asked = askedAddress(address);
  if (asked === null) {
    return {
      message:
        'Văn Thư không mở và không sao chép địa chỉ của liên kết này: địa chỉ viết sai, hoặc có tên người dùng che nơi đến thật.',
      detail: `${plain(address)}\n\n${unchecked}`,
      act: null,
      close: 'Đóng',
    };
  }
  const open = asked.kind === 'listed';
  return {
    message: messageOf(asked),
    detail: `${asked.address}\n\n${unchecked}`,
    act: {
      kind: open ? 'open' : 'copy',
      label: open ? 'Mở liên kết' : 'Sao chép địa chỉ',
      address: asked.address,
    },
    close: open ? 'Không mở' : 'Đóng',
  };
}
