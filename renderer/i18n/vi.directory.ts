// Vietnamese words of the directory of agencies: codes that ask for eyes, favourites, groups of receivers.

export const viDirectory = {
  'receivers.found': 'Cơ quan trong danh bạ',
  'receivers.old': '(mã cũ {code})',
  'receivers.favourite': 'Hay dùng: {name}',
  'receivers.favourite-mark': '★',
  'receivers.favourite-none': '☆',
  'receivers.use-instead': 'Dùng {agency}',
  'receivers.standing-old-code': 'Đây là mã cũ.',
  'receivers.standing-merged': 'Tỉnh này đã sáp nhập từ ngày 01/07/2025.',
  'receivers.standing-removed': 'Cơ quan này không còn trong danh bạ.',
  'receivers.standing-technical': 'Đây là mã kỹ thuật, không phải nơi nhận văn bản.',
  'receivers.standing-unknown': 'Chưa có mã này trong danh bạ. Hãy kiểm tra lại trước khi gửi.',
  'groups.title': 'Nhóm nơi nhận ({count})',
  'groups.choose': 'Nhóm',
  'groups.add': 'Thêm cả nhóm',
  'groups.remove': 'Bỏ nhóm',
  'groups.name': 'Tên nhóm mới',
  'groups.save': 'Lưu thành nhóm',
  'groups.no-members': 'Hãy chọn nơi nhận trước.',
  'groups.no-name': 'Hãy đặt tên cho nhóm.',
} as const;
