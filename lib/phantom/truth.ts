import { lesions, type Section, structures } from './anatomy.ts';
import { prescription } from './beams.ts';
import { type CtPlanes, ctHeight } from './ct-series.ts';
import { hodgkinPatient, hodgkinPlanes } from './hodgkin.ts';
import { suvFactor } from './pet-series.ts';
import { area } from './polygon.ts';

export type RoiTruth = {
  number: number;
  name: string;
  /** Of the shape itself, from cuts half a millimetre apart. */
  volumeCc: number;
  /** Of its contours on the CT: their areas times the slice distance. What a reader of the structure set must find. */
  contourVolumeCc: number;
};

export type PhantomTruth = {
  rois: readonly RoiTruth[];
  /** Uptake painted before the scanner's blur and noise, SUV by body weight. */
  lesions: readonly { name: string; suv: number; onCt: boolean }[];
  /** SUV by body weight [g/ml] of one Bq/ml of the PET images. */
  suvPerBqMl: number;
  prescriptionGy: number;
};

const FINE_MM = 0.5;

/** What is known of the synthetic patient because it was made from it, for whoever reads the files back. */
export function phantomTruth(seed?: number, planes: CtPlanes = hodgkinPlanes): PhantomTruth {
  const heights = Array.from({ length: planes.count }, (_, i) => ctHeight(planes, i + 1));
  const low = Math.min(...heights) - planes.spacing / 2;
  const fine = Array.from(
    { length: Math.round((planes.count * planes.spacing) / FINE_MM) },
    (_, i) => low + (i + 0.5) * FINE_MM,
  );
  return {
    rois: structures.map(({ number, name, section }) => ({
      number,
      name,
      volumeCc: volume(section, fine, FINE_MM),
      contourVolumeCc: volume(section, heights, planes.spacing),
    })),
    lesions: lesions.map(({ name, suv, onCt }) => ({ name, suv, onCt })),
    suvPerBqMl: suvFactor(hodgkinPatient(seed)),
    prescriptionGy: prescription.doseGy,
  };
}

const volume = (section: Section, heights: readonly number[], spacing: number): number =>
  heights.reduce(
    (sum, z) => sum + section(z).reduce((areas, polygon) => areas + area(polygon), 0) * spacing,
    0,
  ) / 1000;
