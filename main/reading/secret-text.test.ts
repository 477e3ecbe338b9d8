// Marks as they stand on pages, and prose that only speaks of secrecy.
import { expect, it } from 'vitest';
import { saysSecret } from './secret-text';

it.each([
  'UBND TỈNH LẠNG SƠN\nMẬT\nSố: 1/BC',
  'TỐI MẬT',
  '\n  TUYỆT MẬT  \n',
  'Độ mật: Mật',
  'MẬT'.normalize('NFD'),
  'UBND TỈNH\nMẬT Hà Nội, ngày 20 tháng 11 năm 2026',
  'TỐI MẬT   Số: 12/UBND',
  'UBND TØNH L¹NG S¬N\nTèI MËT',
  'UBND TÆNH LAÏNG SÔN\nTUYEÄT  MAÄT',
])('finds a mark in %j', (text) => expect(saysSecret(text)).toBe(true));

it.each([
  '',
  'quy định về bảo\nmật.\nĐiều 2',
  'MẶT TRẬN TỔ QUỐC',
  'BẢO MẬT THÔNG TIN',
  'MẬT Ong rừng U Minh',
  'Mật Hà Nội',
  'VỀ TĂNG CƯỜNG BẢO\nMẬT',
  'DANH MỤC BÍ\nMẬT Nhà nước',
  'Luật Bảo vệ bí mật nhà nước',
])('finds none in %j', (text) => expect(saysSecret(text)).toBe(false));
