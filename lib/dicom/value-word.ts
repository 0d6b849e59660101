import { items, type JsonDataSet, numberValue, textValue } from './display-json.ts';

/**
 * What the defined terms of Rescale Type and Modality LUT Type mean (PS3.3 C.11.1.1.2), as people write it in any
 * language. US is "unspecified": no word.
 */
const words: Record<string, string> = {
  HU: 'HU',
  HU_MOD: 'HU mod.',
  US: '',
  MGML: 'mg/ml',
  PCT: '%',
  Z_EFF: 'Zeff',
  ED: 'ρe 10²³/ml',
  EDW: 'ρe/ρw',
  OD: '10⁻³ OD',
};

/** Where values are rescaled: a header's own module, its Modality LUT, or a frame's functional group (C.7.6.16.2.9). */
function placesOf(header: JsonDataSet): JsonDataSet[] {
  const groups = (sequence: string) =>
    items(header, sequence).flatMap((one) => items(one, '00289145').slice(0, 1));
  const frames = groups('52009230');
  const shared = groups('52009229').slice(0, 1);
  if (frames.length > 0) return frames;
  return shared.length > 0 ? shared : [header];
}

/**
 * What the values of a CT image are: HU where it says so, or says nothing and has slope and intercept (PS3.3 C.8.2.1);
 * else what the file calls them, an iodine map's mg/ml for instance. '' where nothing tells, or frames disagree.
 */
export function ctValueWord(header: JsonDataSet): string {
  const [table] = items(header, '00283000');
  if (table) return wordOf(textValue(table, '00283004'));
  const [first = '', ...others] = placesOf(header).map((place) => {
    const type = textValue(place, '00281054');
    const isRescaled = numberValue(place, '00281053') !== null && numberValue(place, '00281052') !== null;
    return type === '' && isRescaled ? 'HU' : wordOf(type);
  });
  return others.every((other) => other === first) ? first : '';
}

const wordOf = (type: string): string => words[type.toUpperCase()] ?? type;
