/** Another DICOM node, as this one calls it. */
export type DicomPeer = {
  aeTitle: string;
  host: string;
  port: number;
  tls: PeerTls | null;
  /** How we name ourselves. */
  callingAeTitle: string;
};

/** PEM texts; `fingerprint` is the SHA-256 of the certificate that the other side must show. */
export type PeerTls = { ca?: string; cert?: string; key?: string; fingerprint?: string };
