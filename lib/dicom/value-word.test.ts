import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { ctValueWord } from './value-word.ts';

const line = (type?: string): JsonDataSet => ({
  '00281052': { vr: 'DS', Value: [-1024] },
  '00281053': { vr: 'DS', Value: [1] },
  ...(type !== undefined && { '00281054': { vr: 'LO', Value: [type] } }),
});
const sequence = (...Value: JsonDataSet[]) => ({ vr: 'SQ', Value });
const group = (type?: string): JsonDataSet => ({ '00289145': sequence(line(type)) });

describe('what the values of a CT image are', () => {
  test.each<[string, JsonDataSet, string]>([
    ['HU where it says so', line('HU'), 'HU'],
    ['HU where it says nothing and is rescaled', line(), 'HU'],
    ['of an iodine map', line('MGML'), 'mg/ml'],
    ['effective atomic numbers', line('Z_EFF'), 'Zeff'],
    ['electron density in units of water', line('EDW'), 'ρe/ρw'],
    ['percent', line('PCT'), '%'],
    ['unspecified', line('US'), ''],
    ['a maker’s own word', line('Iodine 10µg/ml'), 'Iodine 10µg/ml'],
    ['not rescaled', {}, ''],
    ['a slope without an intercept', { '00281053': { vr: 'DS', Value: [1] } }, ''],
    [
      'of a Modality LUT, its type',
      { ...line('HU'), '00283000': sequence({ '00283004': { vr: 'LO', Value: ['US'] } }) },
      '',
    ],
    ['of a Modality LUT in HU', { '00283000': sequence({ '00283004': { vr: 'LO', Value: ['HU'] } }) }, 'HU'],
    [
      'enhanced, shared by all frames',
      { '52009229': sequence(group('MGML')), '52009230': sequence({}, {}) },
      'mg/ml',
    ],
    ['enhanced, of each frame', { '52009230': sequence(group('HU'), group('HU')) }, 'HU'],
    ['enhanced, HU by default', { '52009229': sequence(group()) }, 'HU'],
    ['enhanced, frames that disagree', { '52009230': sequence(group('HU'), group('MGML')) }, ''],
  ])('%s', (_, header, word) => {
    expect(ctValueWord(header)).toBe(word);
  });
});
