// The openssl configuration of the sandbox's authorities and the certificate profiles they issue. Text only: it runs nothing.
import type { Identity, Subject } from './people';

export type Profile = 'root' | 'sub' | 'signer' | 'ocsp' | 'tsa';

/** A request configuration whose distinguished name is taken as UTF-8, in the given order. */
export function requestConfig(subject: Subject, organisationalUnit?: string): string {
  const parts: [string, string | undefined][] = [
    ['C', 'VN'],
    ['L', subject.L],
    ['O', subject.O],
    ['OU', organisationalUnit],
    ['title', subject.title],
    ['CN', subject.CN],
    ['UID', subject.UID],
  ];
  const lines = parts.flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]));
  return [
    '[req]',
    'prompt = no',
    'utf8 = yes',
    'string_mask = utf8only',
    'distinguished_name = dn',
    '[dn]',
    ...lines,
    '',
  ].join('\n');
}

/** Configuration of one authority's `openssl ca`, with every certificate profile as a section. */
export function authorityConfig(authority: 'root' | 'sub' | 'foreign', base: string): string {
  const name = `${authority}-ca`;
  return `[ca]
default_ca = this
[this]
dir = .
database = ${name}/index.txt
serial = ${name}/serial
crlnumber = ${name}/crlnumber
new_certs_dir = ${name}/issued
certificate = certs/${name}.pem
private_key = keys/${name}.pem
default_md = sha256
default_days = 1095
default_crl_days = 30
policy = anything
preserve = yes
unique_subject = no
copy_extensions = none
utf8 = yes
string_mask = utf8only
[anything]
countryName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
title = optional
commonName = supplied
UID = optional
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[sub]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 2.5.29.32.0
authorityInfoAccess = OCSP;URI:${base}/ocsp/${authority},caIssuers;URI:${base}/cert/${name}.crt
crlDistributionPoints = URI:${base}/crl/${name}.crl
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = clientAuth,emailProtection,1.3.6.1.4.1.311.10.3.12
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 1.3.6.1.4.1.99999.37.1
authorityInfoAccess = OCSP;URI:${base}/ocsp/${authority},caIssuers;URI:${base}/cert/${name}.crt
crlDistributionPoints = URI:${base}/crl/${name}.crl
[ocsp]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:${base}/ocsp/${authority},caIssuers;URI:${base}/cert/${name}.crt
crlDistributionPoints = URI:${base}/crl/${name}.crl
`;
}

/** Configuration of the time-stamp authority. */
export const timestampConfig = `[tsa]
default_tsa = this
[this]
serial = tsa/serial
signer_cert = certs/tsa.pem
certs = certs/tsa.chain.pem
signer_key = keys/tsa.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.37.2
other_policies = 1.3.6.1.4.1.99999.37.3
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** Key generation arguments of `openssl genpkey`. */
export function keyArguments(algorithm: Identity['algorithm'], bits = 2048): string[] {
  return algorithm === 'ec'
    ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
    : ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];
}
