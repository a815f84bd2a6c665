import { generateKeyPairSync } from "node:crypto";
import forge from "node-forge";

const { pki } = forge;

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is to say. */
export interface CertificateWish {
  /** Common name: of a client, the user that it may log in as. */
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  /** Days from now; a negative number has it expired. */
  readonly days?: number;
}

/** An authority that issues certificates, for tests only. */
export class Authority {
  private serial = 1;

  private constructor(
    private readonly own: forge.pki.Certificate,
    private readonly key: forge.pki.rsa.PrivateKey,
  ) {}

  static create(name: string): Authority {
    const { key, publicKey } = makeKey();
    const cert = blank(name, 30);
    cert.publicKey = publicKey;
    cert.serialNumber = "01";
    cert.setIssuer(cert.subject.attributes);
    cert.setExtensions([
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      { name: "subjectKeyIdentifier" },
    ]);
    cert.sign(key, forge.md.sha256.create());
    return new Authority(cert, key);
  }

  /** The certificate of the authority itself, PEM. */
  get certificate(): string {
    return pki.certificateToPem(this.own);
  }

  issue({
    name,
    hosts = [],
    addresses = [],
    days = 30,
  }: CertificateWish): Certificate {
    const { publicKey, pem } = makeKey();
    const cert = blank(name, days);
    cert.publicKey = publicKey;
    this.serial += 1;
    cert.serialNumber = this.serial.toString(16).padStart(4, "0");
    cert.setIssuer(this.own.subject.attributes);
    const altNames = [
      ...hosts.map((value) => ({ type: 2, value })),
      ...addresses.map((ip) => ({ type: 7, ip })),
    ];
    cert.setExtensions([
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, keyEncipherment: true },
      { name: "extKeyUsage", serverAuth: true, clientAuth: true },
      ...(altNames.length === 0 ? [] : [{ name: "subjectAltName", altNames }]),
    ]);
    cert.sign(this.key, forge.md.sha256.create());
    return { cert: pki.certificateToPem(cert), key: pem };
  }
}

/** The key of a certificate, encrypted with a passphrase, PEM. */
export function encryptKey(key: string, passphrase: string): string {
  return pki.encryptRsaPrivateKey(pki.privateKeyFromPem(key), passphrase, {
    algorithm: "aes256",
  });
}

function makeKey(): {
  readonly key: forge.pki.rsa.PrivateKey;
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly pem: string;
} {
  // Node's own: forge would take seconds for one.
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    key: pki.privateKeyFromPem(privateKey),
    publicKey: pki.publicKeyFromPem(publicKey),
    pem: privateKey,
  };
}

function blank(name: string, days: number): forge.pki.Certificate {
  const cert = pki.createCertificate();
  const day = 24 * 60 * 60 * 1000;
  const now = Date.now();
  cert.validity.notBefore = new Date(now - 60 * day);
  cert.validity.notAfter = new Date(now + days * day);
  cert.setSubject([{ name: "commonName", value: name }]);
  return cert;
}
