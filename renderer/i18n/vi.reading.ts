// Vietnamese words of reading files of other kinds than PDF.

export const viReading = {
  'kinds.making': 'Đang lập bản xem dạng PDF. Tệp gốc vẫn nguyên.',
  'kinds.text-utf-8': 'Nội dung chữ của tệp.',
  'kinds.text-utf-16': 'Nội dung chữ của tệp.',
  'kinds.text-legacy': 'Nội dung chữ của tệp, chuyển từ bảng mã cũ sang Unicode để xem; tệp gốc vẫn nguyên.',
  'kinds.text-office': 'Chỉ hiện phần chữ, không có trình bày và hình ảnh. Muốn xem đủ, hãy lưu ra máy.',
  'kinds.cut': 'Tệp còn dài hơn; phần còn lại xem trong tệp lưu ra máy.',
  'kinds.list-about': 'Tệp nén chứa {count} mục, {size} khi giải nén. Chưa mục nào được mở.',
  'kinds.entry-name': 'Tên',
  'kinds.entry-size': 'Cỡ khi giải nén',
  'kinds.entry-locked': '(có mật khẩu)',
  'kinds.entries-more': 'và {count} mục khác',
} as const;
