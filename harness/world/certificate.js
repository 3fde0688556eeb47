/**
 * A self-signed certificate made at run time, so that no key lies in the repository and no `openssl` is needed.
 *
 * Node can make keys and signatures but not certificates; the X.509 structure around them (RFC 5280, section 4.1) is
 * small enough to write out here. The browsers under test are told to accept any certificate, so names are not listed.
 */

import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const EXPLICIT_0 = 0xa0;

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const VERSION_3 = der(EXPLICIT_0, der(INTEGER, Buffer.from([2])));

/**
 * Makes a key and a certificate for it, valid for a day around now.
 *
 * @param {string} name the common name written into it
 * @returns {{key: string, cert: string}} both as PEM, as `tls.createServer` takes them
 */
export function makeCertificate(name) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const subject = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(name)))));
  const body = der(
    SEQUENCE,
    VERSION_3,
    der(INTEGER, serialNumber()),
    algorithm,
    subject,
    der(SEQUENCE, utcTime(-1), utcTime(+1)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
  };
}

/**
 * One DER element: tag, length, contents.
 *
 * @param {number} tag
 * @param {...Buffer} contents
 * @returns {Buffer}
 */
function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

/**
 * @param {number} length in bytes, below 65,536
 * @returns {Buffer}
 */
function derLength(length) {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** Serial numbers are positive; browsers refuse two certificates of one issuer with the same one. */
function serialNumber() {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
}

/**
 * @param {number} days from now
 * @returns {Buffer}
 */
function utcTime(days) {
  const iso = new Date(Date.now() + days * 24 * 3600 * 1000).toISOString();
  return der(UTC_TIME, Buffer.from(`${iso.slice(2, 19).replace(/[-:T]/g, '')}Z`));
}

/**
 * @param {Buffer} certificate in DER
 * @returns {string}
 */
function pem(certificate) {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
