// Vietnamese words of leaving with packages unsent.

export const viQuitting = {
  'quit.title': 'Còn văn bản chưa gửi',
  'quit.unsent': 'Còn {count} gói tin trong hàng chờ gửi (văn bản, trạng thái).',
  'quit.safe': 'Các gói tin đã được lưu trên máy này; nếu thoát ngay, ứng dụng gửi tiếp ở lần mở sau.',
  'quit.sending': 'Đang gửi, còn {count} gói tin. Sau một phút, phần chưa gửi được giữ lại cho lần mở sau.',
  'quit.send': 'Gửi rồi thoát',
  'quit.now': 'Thoát ngay',
  'quit.stay': 'Ở lại',
} as const;
