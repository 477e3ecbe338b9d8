// The sandbox's directory of agencies: ministries and the 34 provinces with their departments (QĐ 20/2020, QĐ 09/2025),
// and the merged provinces as deleted units. It is a plain table; nothing here is fetched or changed.

export interface DirectoryEntry {
  readonly id: string;
  readonly pid: string;
  readonly code: string;
  readonly oldCode: string;
  readonly name: string;
  readonly mail: string;
  /** Merged away since 01/07/2025: known to the synchronised units alone. */
  readonly deleted: boolean;
}

const ministries = `G01 Bộ Công an|G02 Bộ Công Thương|G03 Bộ Giáo dục và Đào tạo|G06 Bộ Khoa học và Công nghệ
G08 Bộ Ngoại giao|G09 Bộ Nội vụ|G10 Bộ Nông nghiệp và Môi trường|G11 Bộ Quốc phòng|G12 Bộ Tài chính|G15 Bộ Tư pháp
G16 Bộ Văn hóa, Thể thao và Du lịch|G17 Bộ Xây dựng|G18 Bộ Y tế|G19 Ngân hàng Nhà nước Việt Nam|G20 Thanh tra Chính phủ
G21 Bộ Dân tộc và Tôn giáo|G22 Văn phòng Chính phủ|G27 Đài Tiếng nói Việt Nam|G28 Đài Truyền hình Việt Nam
G30 Thông tấn xã Việt Nam|G31 Viện Hàn lâm Khoa học và Công nghệ Việt Nam|G32 Viện Hàn lâm Khoa học xã hội Việt Nam
G35 Ủy ban An toàn giao thông Quốc gia`;

const provinces = `H01 tỉnh An Giang|H05 tỉnh Bắc Ninh|H12 tỉnh Cà Mau|H13 thành phố Cần Thơ|H14 tỉnh Cao Bằng|H15 tỉnh Đắk Lắk
H17 thành phố Đà Nẵng|H18 tỉnh Điện Biên|H19 tỉnh Đồng Nai|H20 tỉnh Đồng Tháp|H21 tỉnh Gia Lai|H24 thành phố Hải Phòng
H26 thành phố Hà Nội|H27 tỉnh Hà Tĩnh|H29 Thành phố Hồ Chí Minh|H31 tỉnh Hưng Yên|H32 tỉnh Khánh Hòa|H35 tỉnh Lai Châu
H36 tỉnh Lâm Đồng|H37 tỉnh Lạng Sơn|H38 tỉnh Lào Cai|H41 tỉnh Nghệ An|H42 tỉnh Ninh Bình|H44 tỉnh Phú Thọ
H48 tỉnh Quảng Ngãi|H49 tỉnh Quảng Ninh|H50 tỉnh Quảng Trị|H52 tỉnh Sơn La|H53 tỉnh Tây Ninh|H55 tỉnh Thái Nguyên
H56 tỉnh Thanh Hóa|H57 thành phố Huế|H60 tỉnh Tuyên Quang|H61 tỉnh Vĩnh Long`;

const mergedProvinces = `H02 tỉnh Bắc Giang|H03 tỉnh Bắc Kạn|H04 tỉnh Bạc Liêu|H06 tỉnh Bà Rịa - Vũng Tàu|H07 tỉnh Bến Tre
H08 tỉnh Bình Định|H09 tỉnh Bình Dương|H10 tỉnh Bình Phước|H11 tỉnh Bình Thuận|H16 tỉnh Đắk Nông|H22 tỉnh Hà Giang
H23 tỉnh Hải Dương|H25 tỉnh Hà Nam|H28 tỉnh Hòa Bình|H30 tỉnh Hậu Giang|H33 tỉnh Kiên Giang|H34 tỉnh Kon Tum
H39 tỉnh Long An|H40 tỉnh Nam Định|H43 tỉnh Ninh Thuận|H45 tỉnh Phú Yên|H46 tỉnh Quảng Bình|H47 tỉnh Quảng Nam
H51 tỉnh Sóc Trăng|H54 tỉnh Thái Bình|H58 tỉnh Tiền Giang|H59 tỉnh Trà Vinh|H62 tỉnh Vĩnh Phúc|H63 tỉnh Yên Bái`;

/** Second level of the Ministry of Finance. */
const financeUnits = `01 Văn phòng Bộ Tài chính|18 Cục Thuế|19 Cục Hải quan|20 Kho bạc Nhà nước|21 Cục Thống kê
22 Ủy ban Chứng khoán Nhà nước|32 Cục Dự trữ Nhà nước|33 Cục Quản lý nợ và Kinh tế đối ngoại|34 Bảo hiểm xã hội Việt Nam`;

/** Second level of each province. */
const departments = `01 Văn phòng Ủy ban nhân dân|02 Sở Nội vụ|03 Sở Tài chính|04 Sở Tư pháp|05 Sở Công Thương
06 Sở Xây dựng|07 Sở Nông nghiệp và Môi trường|08 Sở Khoa học và Công nghệ|09 Sở Giáo dục và Đào tạo|10 Sở Y tế
11 Sở Văn hóa, Thể thao và Du lịch|12 Sở Dân tộc và Tôn giáo|13 Thanh tra`;

function rows(table: string): (readonly [key: string, name: string])[] {
  return table.split(/[|\n]/).map((row) => {
    const space = row.indexOf(' ');
    return [row.slice(0, space), row.slice(space + 1)] as const;
  });
}

function level1(code: string, name: string, deleted = false): DirectoryEntry {
  return {
    id: code.toLowerCase(),
    pid: '0',
    code,
    oldCode: `000.00.00.${code}`,
    name,
    mail: `vanthu@${code.toLowerCase()}.example.vn`,
    deleted,
  };
}

function level2(parent: DirectoryEntry, number: string, name: string): DirectoryEntry {
  return {
    id: `${parent.id}-${number}`,
    pid: parent.id,
    code: `${parent.code}.${number}`,
    oldCode: `000.00.${number}.${parent.code}`,
    name,
    mail: `vanthu.${number}@${parent.id}.example.vn`,
    deleted: parent.deleted,
  };
}

/** Every agency of the sandbox, top level first. */
export function agencyDirectory(): DirectoryEntry[] {
  const tops = [
    ...rows(ministries).map(([code, name]) => level1(code, name)),
    ...rows(provinces).map(([code, name]) => level1(code, `Ủy ban nhân dân ${name}`)),
    ...rows(mergedProvinces).map(([code, name]) => level1(code, `Ủy ban nhân dân ${name}`, true)),
  ];
  const second = tops.flatMap((top) => {
    if (top.code === 'G12') return rows(financeUnits).map(([number, name]) => level2(top, number, name));
    if (!top.code.startsWith('H') || top.deleted) return [];
    const place = top.name.replace('Ủy ban nhân dân ', '');
    return rows(departments).map(([number, name]) => level2(top, number, `${name} ${place}`));
  });
  return [...tops, ...second];
}
