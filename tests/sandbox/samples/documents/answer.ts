// The desk's own draft: the answer to the first sample, before it has a number. Words only.
import type { Block } from '../letter';

/** What the answer says; `about` names the document that is answered. */
export function answerBody(about: string, year: number): readonly Block[] {
  return [
    `Phúc đáp Công văn số ${about} của Bộ Tài chính về việc đẩy nhanh tiến độ giải ngân vốn đầu tư công những tháng cuối năm, Ủy ban nhân dân tỉnh Lạng Sơn báo cáo như sau:`,
    '# 1. Tình hình thực hiện',
    `Kế hoạch vốn đầu tư công năm ${year} của tỉnh đã được phân bổ chi tiết cho từng dự án ngay từ đầu năm. Một số dự án chậm do vướng mắc về bồi thường, giải phóng mặt bằng. Kết quả tổng hợp theo nguồn vốn:`,
    {
      rows: [
        ['Nguồn vốn', 'Kế hoạch (tỷ đồng)', 'Giải ngân (tỷ đồng)', 'Tỷ lệ'],
        ['Ngân sách trung ương', '1.860', '1.302', '70,0%'],
        ['Ngân sách địa phương', '1.245', '934', '75,0%'],
        ['Vốn nước ngoài', '310', '177', '57,1%'],
        ['Tổng cộng', '3.415', '2.413', '70,7%'],
      ],
      shares: [2.4, 1.7, 1.8, 1],
    },
    '# 2. Giải pháp trong thời gian tới',
    'a) Chủ tịch Ủy ban nhân dân tỉnh phân công các Phó Chủ tịch trực tiếp phụ trách từng nhóm dự án; họp kiểm điểm tiến độ vào thứ Hai hằng tuần.',
    'b) Điều chuyển vốn từ các dự án không có khả năng giải ngân sang các dự án có khối lượng hoàn thành; gửi hồ sơ thanh toán ngay khi có khối lượng nghiệm thu.',
    '# 3. Kiến nghị',
    'Đề nghị Bộ Tài chính sớm có ý kiến về việc kéo dài thời gian thực hiện và giải ngân đối với các dự án sử dụng vốn nước ngoài do thủ tục rút vốn của nhà tài trợ.',
    'Ủy ban nhân dân tỉnh Lạng Sơn kính báo cáo Bộ Tài chính tổng hợp./.',
  ];
}

export const answerSubject = 'V/v tình hình giải ngân vốn đầu tư công những tháng cuối năm';
export const answerNotation = 'UBND-KT';
export const answerReceivers = [
  'Như trên',
  'Thường trực Tỉnh ủy (để báo cáo)',
  'Chủ tịch, các PCT UBND tỉnh',
  'Sở Tài chính',
  'Lưu: VT, KT',
];
