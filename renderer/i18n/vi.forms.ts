// Vietnamese words of number and date on the page: which way they are written, and the copy that is made ready for signing.

export const viForms = {
  'step.number-on-page-blanks':
    'Số và ngày được ghi vào ô đã chuẩn bị từ trước khi người có thẩm quyền ký số, như khung nét đứt: chữ ký số vẫn hợp lệ.',
  'step.number-on-page-fields':
    'Văn bản được chuẩn bị ở nơi khác nên không có ô sẵn: số và ngày được ghi vào chỗ trống trên trang 1, như khung nét đứt, bằng ô ký của cơ quan; chữ ký số của người có thẩm quyền vẫn hợp lệ.',
  'act.save-for-signing': 'Lưu bản trình ký…',
  'done.saved-for-signing':
    'Đã lưu bản trình ký, có {count} ô để ghi số và ngày sau khi người có thẩm quyền ký số.',
  'done.saved-for-signing-plain':
    'Đã lưu bản trình ký. Trang 1 không có chỗ trống sau “Số:”, “ngày”, “tháng” nên bản này giữ nguyên như dự thảo.',
} as const;
