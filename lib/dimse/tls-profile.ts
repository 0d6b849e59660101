/**
 * The BCP 195 TLS profile (PS3.15 B.9): TLS 1.2 or newer, its cipher suites, authenticated on both sides. Under 1.2
 * only ephemeral key exchange with AES-GCM.
 */
export const TLS_PROFILE = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'DHE-RSA-AES256-GCM-SHA384',
    'DHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  honorCipherOrder: true,
} as const;

/** Fingerprints as people write them: with or without colons, in either case. */
export const sameFingerprint = (a: string, b: string): boolean => {
  const plain = (text: string) => text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  return plain(a) !== '' && plain(a) === plain(b);
};
