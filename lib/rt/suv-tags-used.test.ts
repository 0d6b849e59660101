import { expect, test } from 'vitest';
import { number, pet, text } from './suv.fixture.ts';
import { suvTagsUsed } from './suv-tags-used.ts';

const start = { '00541102': text('START') };

test('the acquisition is the one that decides when the scan began, not that of the first file', () => {
  const later = pet({ ...start, '00080032': text('101000') });
  const sooner = pet({ ...start, '00080032': text('100500') });
  expect(suvTagsUsed([later, sooner])).toMatchObject({ AcquisitionTime: '100500', SeriesTime: '100000' });
  expect(suvTagsUsed([later, sooner])).not.toHaveProperty('FrameReferenceTime');
});

test('a series time that was overwritten: what was used instead is there', () => {
  const overwritten = { ...start, '00080031': text('120000') };
  const framed = pet({ ...overwritten, '00541300': number(60_000), '00181242': number(120_000) });
  const tags = { FrameReferenceTime: 60_000, ActualFrameDuration: 120_000 };
  expect(suvTagsUsed([framed])).toMatchObject(tags);
  const ge = { '00090010': text('GEMS_PETD_01'), '0009100D': text('20250102095800') };
  const byGe = suvTagsUsed([{ ...framed, ...ge }]);
  expect(byGe).toMatchObject({ GEScanDateTime: '20250102095800' });
  expect(byGe).not.toHaveProperty('FrameReferenceTime');
  // Corrected to the injection: none of these times counts.
  expect(suvTagsUsed([{ ...framed, '00541102': text('ADMIN') }])).not.toHaveProperty('FrameReferenceTime');
});

test('Enhanced PET names what its values are corrected to', () => {
  const enhanced = pet({
    '00080016': text('1.2.840.10008.5.1.4.1.1.130'),
    '00189701': text('20250102100000'),
  });
  expect(suvTagsUsed([enhanced])).toMatchObject({ DecayCorrectionDateTime: '20250102100000' });
});

test('the study date, where the series has none', () => {
  const dateless = pet({ '00080021': undefined, '00080020': text('20250102') });
  expect(suvTagsUsed([dateless])).toMatchObject({ SeriesDate: '', StudyDate: '20250102' });
});
