// Vietnamese words of signers' pictures.

export const viPictures = {
  'command.pictures': 'Ảnh nét ký và ảnh dấu',
  'devices.pictures': 'Ảnh nét ký và ảnh dấu…',
  'pictures.title': 'Ảnh nét ký và ảnh dấu',
  'pictures.about':
    'Mỗi ảnh gắn với người hoặc cơ quan trong chứng thư số và được mã hóa trên máy này. Ảnh PNG nền trong suốt: nét ký tay màu xanh, dấu của cơ quan màu đỏ đúng kích thước thật (NĐ 30/2020).',
  'pictures.none':
    'Chưa có ảnh nào và chưa có thiết bị ký số nào đang cắm. Hãy cắm thiết bị ký số rồi chọn ảnh.',
  'pictures.no-picture': 'Chưa có ảnh',
  'pictures.seal': 'Dấu của cơ quan',
  'pictures.signature': 'Nét ký tay',
  'pictures.facts': '{width} × {height} điểm ảnh, rộng {mm} mm trên trang',
  'pictures.colour-seal': 'Dấu của cơ quan phải màu đỏ: hãy xem lại ảnh.',
  'pictures.colour-signature': 'Nét ký tay phải màu xanh: hãy xem lại ảnh.',
  'pictures.add': 'Chọn ảnh PNG cho {holder}…',
  'pictures.replace': 'Thay ảnh của {holder}…',
  'pictures.remove': 'Bỏ ảnh của {holder}',
  'pictures.width': 'Rộng trên trang (mm)',
  'pictures.resize': 'Đổi kích thước',
  'pictures.alt-seal': 'Ảnh dấu của {holder}, kích thước thật',
  'pictures.alt-signature': 'Ảnh nét ký tay của {holder}, kích thước thật',
  'pictures.added': 'Đã lưu ảnh của {holder}, có mã hóa trên máy này.',
  'pictures.resized': 'Ảnh của {holder} rộng {mm} mm trên trang.',
  'pictures.removed': 'Đã bỏ ảnh của {holder}. Văn bản đã ký không thay đổi.',
} as const;
