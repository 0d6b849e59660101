import type { JsonDataSet } from '../dicom/display-json.ts';

export const text = (value: string, ...more: string[]) => ({ vr: 'LO', Value: [value, ...more] });
export const number = (value: number) => ({ vr: 'DS', Value: [value] });

/** 75 kg, 1.85 m, 100 Bq, corrected to the time of administration: the factor is 750 g/Bq. */
export const pet = (changes: JsonDataSet = {}, drug: JsonDataSet = {}): JsonDataSet => ({
  '00080060': text('PT'),
  '00080021': text('20250102'),
  '00080031': text('100000'),
  '00080022': text('20250102'),
  '00080032': text('100000'),
  '00100040': text('M'),
  '00101020': number(1.85),
  '00101030': number(75),
  '00280051': text('ATTN', 'DECY'),
  '00541001': text('BQML'),
  '00541102': text('ADMIN'),
  '00540016': {
    vr: 'SQ',
    Value: [{ '00181072': text('090000'), '00181074': number(100), '00181075': number(3600), ...drug }],
  },
  ...changes,
});
