import { items, type JsonDataSet, numberValue, textValue, textValues } from '../dicom/display-json.ts';
import { privateNumber, privateText } from '../dicom/private-elements.ts';
import { isEnhancedPet } from './suv-enhanced.ts';
import { scanReference } from './suv-scan.ts';
import { GE_PET, PHILIPS_PET, suvTags } from './suv-tags.ts';

/**
 * The values that the SUV of a PET series is made from, by the standard's keywords. The acquisition's are those of the
 * image whose acquisition decides when the scan began; what only some makers' series need is there where it was used.
 * @param instances headers of one series
 */
export function suvTagsUsed(instances: readonly JsonDataSet[]): Record<string, unknown> {
  const [first] = instances;
  const drug = items(first, '00540016')[0];
  const scan = first && scanReference(instances, first, numberValue(drug, '00181075') ?? 0);
  const acquired = scan?.acquired ?? first;
  return {
    Units: textValue(first, '00541001'),
    SUVType: textValue(first, '00541006'),
    DecayCorrection: textValue(first, '00541102'),
    CorrectedImage: textValues(first, '00280051'),
    PatientWeight: numberValue(first, '00101030'),
    PatientSize: numberValue(first, '00101020'),
    PatientSex: textValue(first, '00100040'),
    RadionuclideTotalDose: numberValue(drug, '00181074'),
    RadionuclideHalfLife: numberValue(drug, '00181075'),
    RadiopharmaceuticalStartTime: textValue(drug, '00181072'),
    RadiopharmaceuticalStartDateTime: textValue(drug, '00181078'),
    SeriesDate: textValue(first, '00080021'),
    SeriesTime: textValue(first, '00080031'),
    AcquisitionDate: textValue(acquired, '00080022'),
    AcquisitionTime: textValue(acquired, '00080032'),
    PhilipsSUVScaleFactor: privateNumber(first, PHILIPS_PET, suvTags.philipsSuv.tag),
    PhilipsActivityConcentrationScaleFactor: privateNumber(first, PHILIPS_PET, suvTags.philipsActivity.tag),
    ...(first && isEnhancedPet(first) ? enhanced(first) : clockOf(first, scan)),
  };
}

/** Of Enhanced PET, which names what its values are corrected to (PS3.3 C.8.22.5). */
const enhanced = (first: JsonDataSet) => ({
  DecayCorrected: textValue(first, '00189758'),
  AttenuationCorrected: textValue(first, '00189759'),
  DecayCorrectionDateTime: textValue(first, '00189701'),
});

/** What else the beginning of the scan was told by. Times only count where values are corrected to that beginning. */
function clockOf(first: JsonDataSet | undefined, scan: ReturnType<typeof scanReference> | undefined) {
  const isStart = scan?.known && textValue(first, '00541102') === 'START';
  return {
    ...(textValue(first, '00080021') === '' && { StudyDate: textValue(first, '00080020') }),
    ...(isStart && scan.by === 'ge' && { GEScanDateTime: privateText(first, GE_PET, '0009100D') }),
    ...(isStart &&
      scan.by === 'frame' && {
        FrameReferenceTime: numberValue(scan.acquired, '00541300'),
        ActualFrameDuration: numberValue(scan.acquired, '00181242'),
      }),
  };
}
