// The codes of the room 'convert' (other files into PDF), each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const convertCodes = {
  'convert-unknown-kind': {
    vi: 'Tệp này không phải loại chuyển được thành PDF (Word, Excel, OpenDocument, RTF, ảnh JPEG, PNG, TIFF). Tệp vẫn nguyên; hãy xuất PDF từ phần mềm đã tạo ra tệp.',
    en: 'This is no kind of file that can be made a PDF here (Word, Excel, OpenDocument, RTF, JPEG, PNG, TIFF). It was left as it is; export a PDF from the program that made it.',
  },
  'convert-not-together': {
    vi: 'Chỉ ảnh mới ghép được thành một tệp PDF. Các tệp vẫn nguyên; hãy chọn một tệp văn bản, hoặc chỉ chọn ảnh.',
    en: 'Only pictures can be put together into one PDF. The files were left as they are; choose one document, or pictures alone.',
  },
  'convert-first': {
    vi: 'Tệp này chưa phải PDF nên chưa ký số được. Tệp vẫn nguyên; hãy chuyển thành PDF (lệnh convert), xem lại bản PDF, rồi ký số bản PDF đó.',
    en: 'This file is no PDF yet, so it cannot be signed. It was left as it is; make it a PDF first (command convert), look at that PDF, then sign it.',
  },
  'convert-office-missing': {
    vi: 'Máy này chưa có LibreOffice nên chưa chuyển được tệp Word, Excel, OpenDocument thành PDF. Tệp vẫn nguyên. Hãy cài LibreOffice 7 trở lên rồi làm lại: Debian, Ubuntu cài gói libreoffice-writer và libreoffice-calc; Windows cài bản .msi tải tại trang của cơ quan hoặc libreoffice.org. Hoặc xuất PDF từ phần mềm đã tạo ra tệp.',
    en: 'This machine has no LibreOffice, so Word, Excel and OpenDocument files cannot be made PDF. The file was left as it is. Install LibreOffice 7 or later and try again: on Debian and Ubuntu the packages libreoffice-writer and libreoffice-calc; on Windows the .msi from your agency or libreoffice.org. Or export a PDF from the program that made it.',
  },
  'convert-office-failed': {
    vi: 'LibreOffice không chuyển được tệp này thành PDF. Tệp vẫn nguyên; hãy mở tệp bằng phần mềm đã tạo ra nó và xuất PDF từ đó.',
    en: 'LibreOffice could not make this file a PDF. It was left as it is; open it in the program that made it and export a PDF there.',
  },
  'convert-office-hung': {
    vi: 'LibreOffice chạy quá lâu nên đã bị dừng. Tệp vẫn nguyên; hãy làm lại một lần, nếu vẫn vậy thì xuất PDF từ phần mềm đã tạo ra tệp.',
    en: 'LibreOffice took too long and was stopped. The file was left as it is; try once more, else export a PDF from the program that made it.',
  },
  'convert-office-heavy': {
    vi: 'LibreOffice dùng quá nhiều bộ nhớ nên đã bị dừng. Tệp vẫn nguyên; hãy chia nhỏ tệp hoặc xuất PDF từ phần mềm đã tạo ra tệp.',
    en: 'LibreOffice used too much memory and was stopped. The file was left as it is; split it or export a PDF from the program that made it.',
  },
  'convert-output-bad': {
    vi: 'Bản PDF do LibreOffice tạo ra rỗng hoặc không đọc được nên không được dùng. Tệp gốc vẫn nguyên; hãy xuất PDF từ phần mềm đã tạo ra tệp.',
    en: 'The PDF that LibreOffice made is empty or unreadable and was not used. The original was left as it is; export a PDF from the program that made it.',
  },
  'convert-locked': {
    vi: 'Tệp được đặt mật khẩu nên không chuyển được thành PDF. Tệp vẫn nguyên; hãy mở tệp bằng phần mềm đã tạo ra nó, bỏ mật khẩu hoặc xuất PDF từ đó.',
    en: 'The file is protected by a password, so it cannot be made a PDF. It was left as it is; open it in its own program and remove the password or export a PDF there.',
  },
  'convert-macros': {
    vi: 'Tệp gốc có macro. Macro không được chạy và không có trong bản PDF; hãy đọc kỹ bản PDF vì phần do macro tạo ra có thể thiếu.',
    en: 'The original has macros. They were not run and are not in the PDF; read the PDF with care, parts that a macro makes may be missing.',
  },
  'convert-fonts-replaced': {
    vi: 'Máy này thiếu phông chữ của tệp gốc nên bản PDF dùng phông khác: chỗ xuống dòng, sang trang có thể khác. Hãy đọc lại cả bản PDF; muốn đúng như gốc, hãy cài phông còn thiếu hoặc xuất PDF trên máy đã tạo ra tệp.',
    en: 'This machine lacks fonts of the original, so the PDF uses others: lines and pages may break elsewhere. Read the whole PDF; for the original look install the fonts or export on the machine that made it.',
  },
  'convert-font-alike': {
    vi: 'Máy này không có phông Times New Roman nên bản PDF dùng phông Tinos, cùng độ rộng từng chữ: chỗ xuống dòng vẫn như bản gốc. Hãy xem lại bản PDF trước khi ký số.',
    en: 'This machine has no Times New Roman, so the PDF uses Tinos, whose letters have the same widths: lines break as in the original. Look at the PDF before it is signed.',
  },
  'convert-image-damaged': {
    vi: 'Tệp ảnh bị hỏng hoặc bị cắt cụt. Tệp vẫn nguyên; hãy quét, chụp lại hoặc lấy lại tệp ảnh.',
    en: 'The picture is damaged or cut off. It was left as it is; scan or photograph again, or get the file again.',
  },
  'convert-image-kind': {
    vi: 'Ảnh được nén bằng cách mà ứng dụng không hỗ trợ. Tệp vẫn nguyên; hãy lưu lại ảnh dạng JPEG hoặc PNG rồi làm lại.',
    en: 'The picture is packed in a way this application does not support. It was left as it is; save it as JPEG or PNG and try again.',
  },
  'convert-image-too-large': {
    vi: 'Ảnh có quá nhiều điểm ảnh hoặc quá nhiều trang. Tệp vẫn nguyên; hãy quét lại ở 200 đến 300 dpi hoặc chia nhỏ tệp.',
    en: 'The picture has too many pixels or too many pages. It was left as it is; scan again at 200 to 300 dpi or split the file.',
  },
  'convert-image-small': {
    vi: 'Ảnh không đủ nét cho cả trang A4 ở 200 dpi nên được đặt nhỏ lại. Nếu cần đúng cỡ, hãy quét lại ở 200 dpi trở lên.',
    en: 'The picture has too few pixels for an A4 page at 200 dpi and was placed smaller. For its real size scan again at 200 dpi or more.',
  },
  'convert-image-scaled': {
    vi: 'Ảnh lớn hơn khổ A4 nên được thu nhỏ cho vừa trang: không còn tỷ lệ 100 %.',
    en: 'The picture is larger than A4 and was made to fit: its scale is no longer 100 %.',
  },
  'convert-image-grey': {
    vi: 'Ảnh không có màu. Nếu đây là bản quét để sao y từ giấy sang điện tử, hãy quét lại bằng chế độ màu.',
    en: 'The picture has no colour. If it is a scan for a certified electronic copy of a paper document, scan again in colour.',
  },
} as const satisfies Record<string, Sentence>;
