import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { privateNumber } from '../dicom/private-elements.ts';
import { enhancedUnits, isEnhancedPet } from './suv-enhanced.ts';
import { PHILIPS_PET, suvTags } from './suv-tags.ts';

/**
 * What the rescaled values of a PET are without an SUV, and what they are multiplied by to be that: activity in Bq/ml
 * where the header leads there (Units BQML, Philips' counts with its factor, the units of Enhanced PET), else the file's
 * own word for them (Units, PS3.3 C.8.9.1.1.3); '' where it has none.
 */
export function petActivity(header: JsonDataSet): { unit: string; scale: number } {
  const enhanced = isEnhancedPet(header) ? enhancedUnits(header) : null;
  if (enhanced?.unit === 'Bq/ml') return enhanced;
  const units = textValue(header, '00541001');
  if (units === 'BQML') return { unit: 'Bq/ml', scale: 1 };
  const philips = units === 'CNTS' && privateNumber(header, PHILIPS_PET, suvTags.philipsActivity.tag);
  return philips ? { unit: 'Bq/ml', scale: philips } : { unit: units, scale: 1 };
}
