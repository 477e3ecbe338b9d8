// The codes of signers' pictures, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const pictureCodes = {
  'picture-no-png': {
    vi: 'Tệp đã chọn không phải là ảnh PNG. Chưa lưu gì; hãy lưu ảnh dạng PNG nền trong suốt rồi chọn lại.',
    en: 'The chosen file is no PNG. Nothing was saved; save the picture as a PNG with a transparent ground and choose it again.',
  },
  'picture-moves': {
    vi: 'Ảnh đã chọn là ảnh động. Chưa lưu gì; hãy chọn ảnh PNG tĩnh.',
    en: 'The chosen picture moves. Nothing was saved; choose a still PNG.',
  },
  'picture-too-large': {
    vi: 'Ảnh đã chọn quá lớn: nhiều nhất 4 MB và 16 triệu điểm ảnh. Chưa lưu gì; hãy thu nhỏ ảnh rồi chọn lại.',
    en: 'The chosen picture is too large: 4 MB and 16 million pixels at most. Nothing was saved; make it smaller and choose it again.',
  },
  'picture-opaque': {
    vi: 'Ảnh đã chọn không có nền trong suốt nên sẽ che chữ trên trang. Chưa lưu gì; hãy xóa nền của ảnh rồi chọn lại.',
    en: 'The chosen picture has no transparent ground and would hide the text. Nothing was saved; remove its ground and choose it again.',
  },
  'picture-empty': {
    vi: 'Ảnh đã chọn gần như không có nét nào. Chưa lưu gì; hãy chọn ảnh khác.',
    en: 'The chosen picture shows almost nothing. Nothing was saved; choose another one.',
  },
  'picture-size': {
    vi: 'Kích thước ảnh trên trang phải từ 10 đến 80 mm. Chưa lưu gì; hãy nhập lại kích thước thật.',
    en: 'The picture is to be 10 to 80 mm wide on the page. Nothing was saved; enter its real size again.',
  },
  'picture-coarse': {
    vi: 'Ảnh quá thô so với kích thước trên trang: cần từ 150 điểm ảnh mỗi inch. Chưa lưu gì; hãy quét lại ảnh nét hơn.',
    en: 'The picture is too coarse for its size on the page: 150 dots an inch are needed. Nothing was saved; scan it finer.',
  },
  'picture-too-many': {
    vi: 'Đã có 40 ảnh tem ghi chú. Chưa lưu gì; hãy bỏ bớt ảnh không dùng rồi thêm lại.',
    en: 'There are 40 stamp pictures already. Nothing was saved; remove those you do not use and add it again.',
  },
  'picture-missing': {
    vi: 'Ảnh này không còn trong kho. Không có gì bị thay đổi; hãy đóng và mở lại danh sách ảnh.',
    en: 'This picture is no longer kept. Nothing was changed; close the list of pictures and open it again.',
  },
} as const satisfies Record<string, Sentence>;
