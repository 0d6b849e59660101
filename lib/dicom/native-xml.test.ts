import { expect, test } from 'vitest';
import { nativeXml } from './native-xml.ts';

/** What stands between the root's tags. */
const inner = (xml: string): string =>
  /<NativeDicomModel[^>]*>(.*)<\/NativeDicomModel>/s.exec(xml)?.[1] ?? '';

test('values have numbers, an empty one keeps its place, a keyword is PS3.6’s', () => {
  expect(inner(nativeXml({ '00080008': { vr: 'CS', Value: ['ORIGINAL', null, 'AXIAL'] } }))).toBe(
    '<DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">ORIGINAL</Value>' +
      '<Value number="2"></Value><Value number="3">AXIAL</Value></DicomAttribute>',
  );
  expect(inner(nativeXml({ '00080050': { vr: 'SH' } }))).toBe(
    '<DicomAttribute tag="00080050" vr="SH" keyword="AccessionNumber"></DicomAttribute>',
  );
});

test('names by groups and components', () => {
  const name = { Alphabetic: 'Yamada^Tarou^^Dr', Ideographic: '山田^太郎' };
  expect(inner(nativeXml({ '00100010': { vr: 'PN', Value: [name] } }))).toBe(
    '<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1">' +
      '<Alphabetic><FamilyName>Yamada</FamilyName><GivenName>Tarou</GivenName><NamePrefix>Dr</NamePrefix></Alphabetic>' +
      '<Ideographic><FamilyName>山田</FamilyName><GivenName>太郎</GivenName></Ideographic></PersonName></DicomAttribute>',
  );
});

test('sequences, bulk data, inline bytes, in the order of their tags', () => {
  const xml = inner(
    nativeXml({
      '00420011': { vr: 'OB', BulkDataURI: 'https://a/b?c=1&d=2' },
      '00081110': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['1.2.3'] } }, {}] },
      '00282000': { vr: 'OB', InlineBinary: 'AAEC' },
    }),
  );
  expect(xml).toBe(
    '<DicomAttribute tag="00081110" vr="SQ" keyword="ReferencedStudySequence"><Item number="1">' +
      '<DicomAttribute tag="00081155" vr="UI" keyword="ReferencedSOPInstanceUID"><Value number="1">1.2.3</Value></DicomAttribute>' +
      '</Item><Item number="2"></Item></DicomAttribute>' +
      '<DicomAttribute tag="00282000" vr="OB" keyword="ICCProfile"><InlineBinary>AAEC</InlineBinary></DicomAttribute>' +
      '<DicomAttribute tag="00420011" vr="OB" keyword="EncapsulatedDocument"><BulkData uri="https://a/b?c=1&amp;d=2"/></DicomAttribute>',
  );
});

test('a private element says whose it is, not where it lay', () => {
  const xml = inner(
    nativeXml({
      '00091000': { vr: 'LO', Value: ['nobody’s'] },
      '00290010': { vr: 'LO', Value: ['SIEMENS "CSA"'] },
      '00291008': { vr: 'CS', Value: ['IMAGE NUM 4'] },
    }),
  );
  expect(xml).toContain('<DicomAttribute tag="00091000" vr="LO">');
  expect(xml).toContain('<DicomAttribute tag="00290010" vr="LO">');
  expect(xml).toContain('<DicomAttribute tag="00290008" vr="CS" privateCreator="SIEMENS &quot;CSA&quot;">');
});

test('text that would be markup, and what XML has no place for', () => {
  expect(inner(nativeXml({ '00081030': { vr: 'LO', Value: ['<a> & "b" \u0007\ud800'] } }))).toContain(
    '&lt;a&gt; &amp; &quot;b&quot; \ufffd\ufffd<',
  );
});
