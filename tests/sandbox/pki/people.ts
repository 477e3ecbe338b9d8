// Who holds a certificate in the sandbox: real kinds of agencies and invented persons. It makes no files.

export interface Identity {
  /** File name of the key and the certificate. */
  readonly id: string;
  readonly role: 'leader' | 'agency';
  readonly organId: string;
  readonly algorithm: 'rsa' | 'ec';
  readonly issuer: 'sub' | 'foreign';
  readonly state: 'good' | 'revoked' | 'expired';
  readonly subject: Subject;
}

/** Distinguished name in the order Vietnamese government certificates have it. */
export interface Subject {
  readonly UID?: string;
  readonly CN: string;
  readonly title?: string;
  readonly O: string;
  readonly L?: string;
}

interface Agency {
  readonly organId: string;
  readonly name: string;
  readonly place: string;
  readonly taxCode: string;
  readonly leader: string;
  readonly title: string;
  readonly citizen: string;
}

/** The agencies that send; the first is the desk's own. */
export const agencies: readonly Agency[] = [
  {
    organId: 'H37',
    name: 'Ủy ban nhân dân tỉnh Lạng Sơn',
    place: 'Lạng Sơn',
    taxCode: '4900223871',
    leader: 'Trần Thị Bình',
    title: 'Chủ tịch',
    citizen: '020178001234',
  },
  {
    organId: 'G12',
    name: 'Bộ Tài chính',
    place: 'Hà Nội',
    taxCode: '0100282230',
    leader: 'Phạm Quốc Cường',
    title: 'Thứ trưởng',
    citizen: '001172004411',
  },
  {
    organId: 'G22',
    name: 'Văn phòng Chính phủ',
    place: 'Hà Nội',
    taxCode: '0100283435',
    leader: 'Lê Thị Thu Hà',
    title: 'Phó Chủ nhiệm',
    citizen: '001175009027',
  },
  {
    organId: 'H26',
    name: 'Ủy ban nhân dân thành phố Hà Nội',
    place: 'Hà Nội',
    taxCode: '0100104281',
    leader: 'Nguyễn Đức Khánh',
    title: 'Phó Chủ tịch',
    citizen: '001169003310',
  },
  {
    organId: 'H14',
    name: 'Ủy ban nhân dân tỉnh Cao Bằng',
    place: 'Cao Bằng',
    taxCode: '4800112903',
    leader: 'Nông Văn Thắng',
    title: 'Phó Chủ tịch',
    citizen: '004170000812',
  },
  {
    organId: 'H57',
    name: 'Ủy ban nhân dân thành phố Huế',
    place: 'Huế',
    taxCode: '3300101459',
    leader: 'Tôn Nữ Ngọc Diệp',
    title: 'Phó Chủ tịch',
    citizen: '046180002265',
  },
  {
    organId: 'G09',
    name: 'Bộ Nội vụ',
    place: 'Hà Nội',
    taxCode: '0100105454',
    leader: 'Vũ Minh Đạo',
    title: 'Thứ trưởng',
    citizen: '001168007790',
  },
  {
    organId: 'H49',
    name: 'Ủy ban nhân dân tỉnh Quảng Ninh',
    place: 'Quảng Ninh',
    taxCode: '5700100256',
    leader: 'Đặng Hồng Yến',
    title: 'Phó Chủ tịch',
    citizen: '022177005518',
  },
];

function leaderOf(agency: Agency, id: string, more: Partial<Identity> = {}): Identity {
  return {
    id,
    role: 'leader',
    organId: agency.organId,
    algorithm: 'rsa',
    issuer: 'sub',
    state: 'good',
    subject: {
      UID: `CCCD:${agency.citizen}`,
      CN: agency.leader,
      title: agency.title,
      O: agency.name,
      L: agency.place,
    },
    ...more,
  };
}

function sealOf(agency: Agency, id: string, more: Partial<Identity> = {}): Identity {
  return {
    id,
    role: 'agency',
    organId: agency.organId,
    algorithm: 'rsa',
    issuer: 'sub',
    state: 'good',
    subject: { UID: `MST:${agency.taxCode}`, CN: agency.name, O: agency.name, L: agency.place },
    ...more,
  };
}

const [own, ...others] = agencies as readonly [Agency, ...Agency[]];

/** Everybody who has a certificate: `leader`, `agency`, `leader-ec` for the desk, `<code>-leader` and `<code>-agency` for senders. */
export const identities: readonly Identity[] = [
  leaderOf(own, 'leader'),
  sealOf(own, 'agency'),
  leaderOf(own, 'leader-ec', { algorithm: 'ec' }),
  ...others.flatMap((agency) => [
    leaderOf(agency, `${agency.organId}-leader`),
    sealOf(agency, `${agency.organId}-agency`),
  ]),
  leaderOf(own, 'revoked', { state: 'revoked' }),
  leaderOf(own, 'expired', { state: 'expired' }),
  leaderOf(own, 'untrusted', { issuer: 'foreign' }),
  sealOf(own, 'untrusted-agency', { issuer: 'foreign' }),
];
