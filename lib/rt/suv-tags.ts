/** Whose private elements an SUV may need. */
export const PHILIPS_PET = 'Philips PET Private Group';
export const GE_PET = 'GEMS_PETD_01';

/** The attributes that an SUV is made from, by the standard's own names (PS3.6): they are not translated. */
export const suvTags = {
  modality: { tag: '00080060', name: 'Modality' },
  units: { tag: '00541001', name: 'Units' },
  suvType: { tag: '00541006', name: 'SUV Type' },
  correctedImage: { tag: '00280051', name: 'Corrected Image' },
  decayCorrection: { tag: '00541102', name: 'Decay Correction' },
  decayCorrected: { tag: '00189758', name: 'Decay Corrected' },
  attenuationCorrected: { tag: '00189759', name: 'Attenuation Corrected' },
  decayCorrectionTime: { tag: '00189701', name: 'Decay Correction DateTime' },
  weight: { tag: '00101030', name: "Patient's Weight" },
  size: { tag: '00101020', name: "Patient's Size" },
  sex: { tag: '00100040', name: "Patient's Sex" },
  dose: { tag: '00181074', name: 'Radionuclide Total Dose' },
  halfLife: { tag: '00181075', name: 'Radionuclide Half Life' },
  startTime: { tag: '00181072', name: 'Radiopharmaceutical Start Time' },
  startDateTime: { tag: '00181078', name: 'Radiopharmaceutical Start DateTime' },
  seriesTime: { tag: '00080031', name: 'Series Time' },
  acquisitionTime: { tag: '00080032', name: 'Acquisition Time' },
  acquisitionDate: { tag: '00080022', name: 'Acquisition Date' },
  seriesDate: { tag: '00080021', name: 'Series Date' },
  studyDate: { tag: '00080020', name: 'Study Date' },
  philipsActivity: { tag: '70531009', name: 'Philips Activity Concentration Scale Factor' },
  philipsSuv: { tag: '70531000', name: 'Philips SUV Scale Factor' },
} as const;

export type SuvTag = (typeof suvTags)[keyof typeof suvTags];

/** As people write it: `Patient's Weight (0010,1030)`. */
export const tagText = ({ tag, name }: SuvTag): string => `${name} (${tag.slice(0, 4)},${tag.slice(4)})`;
