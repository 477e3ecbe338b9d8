// The codes of the room 'pdf', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const pdfCodes = {
  'pdf-not-pdf': {
    vi: 'Tệp này không phải là PDF. Tệp vẫn nguyên; hãy chọn đúng tệp hoặc chuyển văn bản sang PDF trước.',
    en: 'This file is not a PDF. It was left as it is; choose the right file or convert it to PDF first.',
  },
  'pdf-truncated': {
    vi: 'Tệp PDF bị cắt cụt, thiếu phần cuối. Tệp vẫn nguyên; hãy lấy lại bản đầy đủ từ nơi gửi.',
    en: 'The PDF is cut off: its end is missing. It was left as it is; get the whole file again.',
  },
  'pdf-xref-damaged': {
    vi: 'Bảng chỉ mục của tệp PDF bị hỏng nên không thể đọc chắc chắn. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'The cross-reference of the PDF is damaged, so it cannot be read with certainty. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-start-corrected': {
    vi: 'Tệp PDF gốc ghi sai chỗ bắt đầu bảng chỉ mục; mọi đối tượng đã được đối chiếu đúng với bảng và bản đã ký ghi lại chỗ đúng. Nội dung không đổi.',
    en: 'The PDF names a wrong start of its cross-reference; every object was checked against the table, and the signed copy names the right one. The content is unchanged.',
  },
  'pdf-table-rebuilt': {
    vi: 'Bảng chỉ mục của tệp PDF gốc bị hỏng; bản đã ký có bảng mới lập từ chính các đối tượng trong tệp, mọi byte cũ giữ nguyên. Hãy xem lại từng trang của bản đã ký.',
    en: 'The cross-reference of the PDF is damaged; the signed copy has a new one made from the objects of the file, and every earlier byte is kept. Look at each page of the signed copy.',
  },
  'pdf-object-damaged': {
    vi: 'Một phần bên trong tệp PDF bị hỏng. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'A part inside the PDF is damaged. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-stream-damaged': {
    vi: 'Dữ liệu nén bên trong tệp PDF bị hỏng. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'Compressed data inside the PDF is damaged. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-stream-unsupported': {
    vi: 'Tệp PDF nén cấu trúc bằng cách mà ứng dụng không hỗ trợ. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc.',
    en: 'The PDF packs its structure in a way this application does not support. It was left as it is; export it again.',
  },
  'pdf-password-needed': {
    vi: 'Tệp PDF được đặt mật khẩu. Tệp vẫn nguyên; hãy nhập mật khẩu mở tệp rồi làm lại.',
    en: 'The PDF is protected by a password. It was left as it is; enter its password and try again.',
  },
  'pdf-password-wrong': {
    vi: 'Mật khẩu không mở được tệp PDF này. Tệp vẫn nguyên; hãy kiểm tra lại mật khẩu (chữ hoa, bộ gõ tiếng Việt) rồi làm lại.',
    en: 'The password does not open this PDF. It was left as it is; check the password and try again.',
  },
  'pdf-encryption-unsupported': {
    vi: 'Tệp PDF được mã hóa bằng cách mà ứng dụng không mở được (ví dụ mã hóa cho chứng thư số của người nhận). Tệp vẫn nguyên; hãy xin bản không mã hóa.',
    en: 'The PDF is encrypted in a way this application cannot open (for example for the certificates of its recipients). It was left as it is; ask for one without encryption.',
  },
  'pdf-encryption-damaged': {
    vi: 'Phần mã hóa của tệp PDF bị hỏng nên không thể ghi thêm một cách an toàn. Tệp vẫn nguyên; hãy lấy lại tệp từ nơi gửi hoặc xin bản không mã hóa.',
    en: 'The encryption of the PDF is damaged, so nothing can be added to it safely. It was left as it is; get the file again or ask for one without encryption.',
  },
  'pdf-mac-protected': {
    vi: 'Tệp PDF mã hóa có thêm mã bảo vệ toàn vẹn (ISO/TS 32004) mà ứng dụng chưa tạo lại được khi ký. Tệp vẫn nguyên; hãy xin bản không mã hóa.',
    en: 'The encrypted PDF carries an integrity code (ISO/TS 32004) that this application cannot renew. It was left as it is; ask for one without encryption.',
  },
  'pdf-changes-restricted': {
    vi: 'Người tạo tệp PDF này không cho phép thay đổi hay ký khi không có mật khẩu chủ. Nội dung vẫn nguyên; hãy nhập mật khẩu chủ, hoặc hỏi lại người tạo tệp nếu chưa được phép.',
    en: 'The author of this PDF does not allow changes or signatures without the owner password. Its content is untouched; enter the owner password, or ask the author if you have no leave to sign.',
  },
  'pdf-too-deep': {
    vi: 'Cấu trúc tệp PDF lồng nhau quá sâu, không an toàn để đọc. Tệp vẫn nguyên; hãy kiểm tra lại với nơi gửi.',
    en: 'The PDF is nested too deeply to be read safely. It was left as it is; check with the sender.',
  },
  'pdf-too-many-objects': {
    vi: 'Tệp PDF khai báo quá nhiều đối tượng, không an toàn để đọc. Tệp vẫn nguyên; hãy kiểm tra lại với nơi gửi.',
    en: 'The PDF declares too many objects to be read safely. It was left as it is; check with the sender.',
  },
  'pdf-no-catalog': {
    vi: 'Tệp PDF không có phần gốc của văn bản. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'The PDF has no document catalog. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-page-tree-damaged': {
    vi: 'Danh sách trang của tệp PDF bị hỏng. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'The page tree of the PDF is damaged. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-header-missing': {
    vi: 'Tệp PDF gốc thiếu dòng mở đầu %PDF; bản đã ký giữ nguyên mọi byte cũ nên cũng thiếu, vài chương trình có thể không mở được. Nên xuất lại PDF từ văn bản gốc rồi ký.',
    en: 'The PDF lacks its first line %PDF; the signed copy keeps every earlier byte and lacks it too, so some programs may not open it. Better export it again and sign that.',
  },
  'pdf-pages-damaged': {
    vi: 'Đã ký, nhưng danh sách trang của tệp PDF có chỗ không đọc được; trang ở đó có thể hiện trống. Hãy xem lại từng trang của bản đã ký.',
    en: 'Signed, but the page tree of the PDF has places that cannot be read; a page there may show empty. Look at each page of the signed copy.',
  },
  'pdf-no-pages': {
    vi: 'Tệp PDF không có trang nào nên không ký số được. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc.',
    en: 'The PDF has no page, so there is no place for a signature. It was left as it is; export it again.',
  },
  'pdf-page-missing': {
    vi: 'Văn bản không có trang được yêu cầu. Không có gì bị thay đổi; hãy chọn lại số trang.',
    en: 'The document has no such page. Nothing was changed; choose another page.',
  },
  'pdf-form-damaged': {
    vi: 'Biểu mẫu trong tệp PDF bị hỏng. Tệp vẫn nguyên; hãy xuất lại PDF từ văn bản gốc hoặc lấy lại từ nơi gửi.',
    en: 'The form inside the PDF is damaged. It was left as it is; export it again or get it again from the sender.',
  },
  'pdf-repair-nothing': {
    vi: 'Không đọc được trang nào trong tệp PDF hỏng này nên không lập lại được. Tệp vẫn nguyên; hãy lấy lại tệp từ nơi gửi hoặc xuất lại PDF từ văn bản gốc.',
    en: 'No page of this damaged PDF can be read, so no new file can be made of it. It was left as it is; get it again from the sender or export it again.',
  },
  'pdf-repair-too-large': {
    vi: 'Tệp PDF hỏng này quá lớn để lập lại (trên 32 MB). Tệp vẫn nguyên; hãy lấy lại tệp từ nơi gửi hoặc xuất lại PDF từ văn bản gốc.',
    en: 'This damaged PDF is too large to be made anew (over 32 MB). It was left as it is; get it again from the sender or export it again.',
  },
  'pdf-repair-not-needed': {
    vi: 'Tệp PDF này đọc được bình thường nên không cần lập lại. Tệp vẫn nguyên; hãy dùng chính tệp này.',
    en: 'This PDF can be read as it is, so nothing needs repair. It was left as it is; use it.',
  },
  'pdf-repair-signatures-lost': {
    vi: 'CHÚ Ý: tệp hỏng có chữ ký số; bản lập lại KHÔNG còn các chữ ký số này và không thay được văn bản đã ký. Hãy xin lại tệp đã ký từ nơi gửi; chỉ dùng bản lập lại để xem nội dung.',
    en: 'WARNING: the damaged file has digital signatures; the new file has NONE of them and cannot stand for the signed document. Get the signed file again from its sender; use the new one to see the content only.',
  },
  'pdf-repair-pages-lost': {
    vi: 'Bản lập lại thiếu trang so với tệp gốc ghi. Hãy đối chiếu từng trang với văn bản gốc trước khi dùng.',
    en: 'The new file has fewer pages than the damaged one says it has. Compare each page with the original document before using it.',
  },
  'pdf-repair-content-lost': {
    vi: 'Một phần nội dung của tệp hỏng không đọc được nên bản lập lại có thể thiếu chữ hoặc hình. Hãy đối chiếu từng trang với văn bản gốc trước khi dùng.',
    en: 'A part of the damaged file could not be read, so text or pictures may be missing in the new one. Compare each page with the original document before using it.',
  },
} as const satisfies Record<string, Sentence>;
