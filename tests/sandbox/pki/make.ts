// Makes the sandbox PKI in a folder: authorities, signers, OCSP and time-stamp certificates, CRLs and index.json.
// It serves nothing; the keys are for trials only.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openssl } from './openssl';
import { type Identity, identities, type Subject } from './people';
import { authorityConfig, keyArguments, type Profile, requestConfig, timestampConfig } from './profiles';

type Authority = 'root' | 'sub' | 'foreign';

const day = 24 * 60 * 60 * 1000;

/** `openssl ca` date, UTC. */
function caDate(time: number): string {
  return `${new Date(time).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

/** Writes the whole PKI. The folder must be absent or an earlier PKI, which is replaced. */
export function makePki(folder: string, port: number, now = Date.now()): void {
  if (existsSync(folder) && !existsSync(join(folder, 'index.json'))) {
    throw new Error(`${folder} exists and is no sandbox PKI`);
  }
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['keys', 'certs', 'anchors', 'crl', 'tsa', 'work']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const base = `http://127.0.0.1:${port}`;
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const run = (...args: string[]): string => openssl(folder, args);

  for (const authority of ['root', 'sub', 'foreign'] as const) {
    mkdirSync(join(folder, `${authority}-ca/issued`), { recursive: true });
    write(`${authority}-ca/index.txt`, '');
    write(`${authority}-ca/index.txt.attr`, 'unique_subject = no\n');
    write(
      `${authority}-ca/serial`,
      `${authority === 'root' ? '4A01' : authority === 'sub' ? '54DF10A1' : '7F01'}\n`,
    );
    write(`${authority}-ca/crlnumber`, '01\n');
    write(`${authority}-ca/openssl.cnf`, authorityConfig(authority, base));
  }
  write('tsa/openssl.cnf', timestampConfig);
  write('tsa/serial', '01\n');

  function request(id: string, subject: Subject, algorithm: Identity['algorithm'], bits?: number): void {
    run('genpkey', ...keyArguments(algorithm, bits), '-out', `keys/${id}.pem`);
    chmodSync(join(folder, `keys/${id}.pem`), 0o600);
    write(`work/${id}.cnf`, requestConfig(subject));
    run('req', '-new', '-config', `work/${id}.cnf`, '-key', `keys/${id}.pem`, '-out', `work/${id}.csr`);
  }

  function issue(
    id: string,
    authority: Authority,
    profile: Profile,
    start: number,
    end: number,
    selfSigned = false,
  ): void {
    const self = selfSigned ? ['-selfsign', '-keyfile', `keys/${id}.pem`] : [];
    run(
      ...[
        'ca',
        '-batch',
        '-notext',
        '-config',
        `${authority}-ca/openssl.cnf`,
        '-extensions',
        profile,
        ...self,
      ],
      ...[
        '-startdate',
        caDate(start),
        '-enddate',
        caDate(end),
        '-in',
        `work/${id}.csr`,
        '-out',
        `certs/${id}.pem`,
      ],
    );
    run('x509', '-in', `certs/${id}.pem`, '-outform', 'DER', '-out', `certs/${id}.crt`);
  }

  function chain(id: string, ...links: string[]): void {
    const text = [id, ...links]
      .map((link) => readFileSync(join(folder, `certs/${link}.pem`), 'utf8'))
      .join('');
    write(`certs/${id}.chain.pem`, text);
  }

  const year = 365 * day;
  const root = { CN: 'Cơ quan chứng thực số thử nghiệm (RootCA)', O: 'Văn Thư Sandbox' };
  request('root-ca', root, 'rsa', 3072);
  issue('root-ca', 'root', 'root', now - 5 * year, now + 15 * year, true);
  request('sub-ca', { CN: 'CA phục vụ các cơ quan thử nghiệm', O: 'Văn Thư Sandbox' }, 'rsa');
  issue('sub-ca', 'root', 'sub', now - 4 * year, now + 8 * year);
  request('foreign-ca', { CN: 'CA lạ không được tin cậy', O: 'Không rõ' }, 'rsa');
  issue('foreign-ca', 'foreign', 'root', now - 5 * year, now + 15 * year, true);
  copyFileSync(join(folder, 'certs/root-ca.pem'), join(folder, 'anchors/root-ca.pem'));

  for (const identity of identities) {
    const authority = identity.issuer;
    request(identity.id, identity.subject, identity.algorithm);
    const expired = identity.state === 'expired';
    const start = expired ? now - 3 * year : now - year;
    issue(identity.id, authority, 'signer', start, expired ? now - 30 * day : now + 2 * year);
    chain(identity.id, ...(authority === 'sub' ? ['sub-ca', 'root-ca'] : ['foreign-ca']));
  }
  for (const authority of ['root', 'sub', 'foreign'] as const) {
    const id = `ocsp-${authority}`;
    request(id, { CN: `OCSP ${authority}`, O: 'Văn Thư Sandbox' }, 'rsa');
    issue(id, authority, 'ocsp', now - year, now + 2 * year);
  }
  request('tsa', { CN: 'Dịch vụ cấp dấu thời gian thử nghiệm', O: 'Văn Thư Sandbox' }, 'rsa');
  issue('tsa', 'sub', 'tsa', now - year, now + 3 * year);
  chain('tsa', 'sub-ca', 'root-ca');

  for (const identity of identities.filter((one) => one.state === 'revoked')) {
    run(
      ...[
        'ca',
        '-batch',
        '-config',
        `${identity.issuer}-ca/openssl.cnf`,
        '-revoke',
        `certs/${identity.id}.pem`,
      ],
      ...['-crl_reason', 'keyCompromise'],
    );
  }
  writeCrls(folder);
  rmSync(join(folder, 'work'), { recursive: true });
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(indexOf(port, base), null, 2)}\n`);
}

/** Writes the list of each authority anew, valid for 30 days from now. */
export function writeCrls(folder: string): void {
  for (const authority of ['root', 'sub', 'foreign'] as const) {
    const name = `${authority}-ca`;
    openssl(folder, ['ca', '-gencrl', '-config', `${name}/openssl.cnf`, '-out', `crl/${name}.pem`]);
    openssl(folder, ['crl', '-in', `crl/${name}.pem`, '-outform', 'DER', '-out', `crl/${name}.crl`]);
  }
}

/** What index.json holds; every path counts from the PKI's folder. */
export interface PkiIndex {
  readonly port: number;
  readonly base: string;
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
  readonly tsa: string;
  readonly ocsp: string;
  readonly identities: readonly PkiIdentity[];
}

export interface PkiIdentity {
  readonly id: string;
  readonly role: 'leader' | 'agency';
  readonly organId: string;
  readonly algorithm: 'rsa' | 'ec';
  readonly state: 'good' | 'revoked' | 'expired';
  readonly trusted: boolean;
  readonly commonName: string;
  readonly title?: string;
  readonly organization: string;
  /** PKCS#8 PEM. */
  readonly key: string;
  readonly certificate: string;
  readonly certificateDer: string;
  /** Leaf first, then its authorities up to the root. */
  readonly chain: string;
}

function indexOf(port: number, base: string): PkiIndex {
  return {
    port,
    base,
    anchors: ['anchors/root-ca.pem'],
    intermediates: ['certs/sub-ca.pem'],
    crls: ['crl/root-ca.crl', 'crl/sub-ca.crl'],
    tsa: `${base}/tsa`,
    ocsp: `${base}/ocsp/sub`,
    identities: identities.map((one) => ({
      id: one.id,
      role: one.role,
      organId: one.organId,
      algorithm: one.algorithm,
      state: one.state,
      trusted: one.issuer === 'sub',
      commonName: one.subject.CN,
      ...(one.subject.title === undefined ? {} : { title: one.subject.title }),
      organization: one.subject.O,
      key: `keys/${one.id}.pem`,
      certificate: `certs/${one.id}.pem`,
      certificateDer: `certs/${one.id}.crt`,
      chain: `certs/${one.id}.chain.pem`,
    })),
  };
}
