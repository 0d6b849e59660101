import { describe, expect, test } from 'vitest';
import { type DicomJson, toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { rewrite } from '@/lib/dicom/rewrite.ts';
import { isUid } from '@/lib/dicom/uids.ts';
import { newUid as freshUid, makeCt } from '@/tests/fixtures/dicom.ts';
import { type Correcting, identityEdits } from './identity-edits.ts';
import { newUid } from './new-uid.ts';

const never = () => {
  throw new Error('not deflated');
};
const parse = (bytes: Uint8Array) => parseHeader(bytes, bytes.length, never);

/** The header of a made CT, corrected. */
function corrected(options: Parameters<typeof makeCt>[0], correcting: Partial<Correcting> = {}): DicomJson {
  const bytes = makeCt(options);
  const parsed = parse(bytes);
  const { meta, head, pixels, tail } = rewrite(
    parsed,
    identityEdits(parsed, {
      identity: { patientName: 'NEW^Name', patientId: 'N-1', issuer: null, birthDate: '19800101', sex: 'F' },
      otherPerson: false,
      uids: new Map(),
      at: new Date('2026-11-25T10:00:00Z'),
      system: 'Consilium',
      ...correcting,
    }),
  );
  const kept = pixels && !(pixels instanceof Uint8Array) ? bytes.subarray(pixels.start, pixels.end) : [];
  return toDicomJson(parse(Buffer.concat([meta, head, Buffer.from(kept), tail])).dataSet, (path) => path);
}

const items = (json: DicomJson | undefined, tag: string) => (json?.[tag]?.Value ?? []) as DicomJson[];

describe('UIDs', () => {
  const [known, foreign, frame] = [freshUid(), freshUid(), freshUid()];
  const uids = new Map([[known, newUid('correction', known)]]);
  const refer = (uid: string) => [0x00081155, 'UI', uid] as const satisfies readonly [number, string, string];

  test('of the objects that are written together are mapped wherever they stand; of others they stay', () => {
    const json = corrected({ extra: [[0x00081140, 'SQ', [[refer(known)], [refer(foreign)]]]] }, { uids });
    const referred = items(json, '00081140').map((item) => item['00081155']?.Value?.[0]);
    expect(referred).toEqual([uids.get(known), foreign]);
  });

  test('a Frame of Reference UID stays, even where some writer used a study’s for it', () => {
    const json = corrected({ frameOfReferenceUid: frame }, { uids: new Map([[frame, '2.25.1']]) });
    expect(json['00200052']?.Value).toEqual([frame]);
  });

  test('the same correction always gives the same new UID, another one another, all valid (PS3.5 B.2)', () => {
    expect(newUid('a', known)).toBe(newUid('a', known));
    expect(newUid('a', known)).not.toBe(newUid('b', known));
    for (let round = 0; round < 200; round += 1) {
      const uid = newUid('a', freshUid());
      expect(isUid(uid), uid).toBe(true);
      expect(uid).toMatch(/^2\.25\.[1-9]\d*$/);
    }
  });
});

describe('what else is known of the person', () => {
  const extra = [
    [0x00101000, 'LO', 'OTHER-ID'],
    [0x00101005, 'PN', 'BORN^As'],
    [0x00101030, 'DS', '70.5'],
  ] as const;

  test('goes when it is another person, and is kept in Original Attributes; weight and size are of the scan', () => {
    const json = corrected({ extra }, { otherPerson: true });
    expect(json['00101000']).toBeUndefined();
    expect(json['00101030']?.Value).toEqual([70.5]);
    const [modified] = items(items(json, '04000561')[0], '04000550');
    expect(modified?.['00101000']?.Value).toEqual(['OTHER-ID']);
    expect(modified?.['00101005']?.Value).toEqual([{ Alphabetic: 'BORN^As' }]);
  });

  test('stays when it is the same person', () => {
    expect(corrected({ extra })['00101000']?.Value).toEqual(['OTHER-ID']);
  });

  test('a name or number quoted within a sequence is corrected where it is the old one', () => {
    const json = corrected({
      patientName: 'OLD^Name',
      patientId: 'O-1',
      extra: [
        [
          0x0040a730,
          'SQ',
          [
            [[0x0040a123, 'PN', 'OLD^Name']],
            [[0x0040a123, 'PN', 'OBSERVER^Some']],
            [[0x00100020, 'LO', 'O-1']],
          ],
        ],
      ],
    });
    const [subject, observer, number] = items(json, '0040A730');
    expect(subject?.['0040A123']?.Value).toEqual([{ Alphabetic: 'NEW^Name' }]);
    expect(observer?.['0040A123']?.Value).toEqual([{ Alphabetic: 'OBSERVER^Some' }]);
    expect(number?.['00100020']?.Value).toEqual(['N-1']);
  });
});

test('an earlier change’s Original Attributes stay before this one’s', () => {
  const json = corrected({
    extra: [
      [
        0x04000561,
        'SQ',
        [
          [
            [0x04000550, 'SQ', [[[0x00100010, 'PN', 'FIRST^Name']]]],
            [0x04000565, 'CS', 'COERCE'],
          ],
        ],
      ],
    ],
  });
  const changes = items(json, '04000561');
  expect(changes.map((item) => item['04000565']?.Value?.[0])).toEqual(['COERCE', 'CORRECT']);
  expect(items(changes[0], '04000550')[0]?.['00100010']?.Value).toEqual([{ Alphabetic: 'FIRST^Name' }]);
});

test('without an issuer given, the objects keep theirs', () => {
  const extra = [[0x00100021, 'LO', 'HOSPITAL']] as const;
  expect(corrected({ extra })['00100021']?.Value).toEqual(['HOSPITAL']);
});
