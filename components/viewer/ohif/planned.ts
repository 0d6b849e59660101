import { items, type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import type { SeriesFacts } from '../contract.ts';
import { frameOf, type Stack } from '../data/stack.ts';
import { FEW, madeAt } from './priors.ts';

/** What decides which images a dose or contours are reviewed on. */
export type Plannable = Pick<
  Stack,
  'StudyInstanceUID' | 'SeriesInstanceUID' | 'Modality' | 'images' | 'header' | 'planes'
>;

/** The layout is chosen before the headers of contours and doses are here: until then their studies tell. */
export type PlanObjects = {
  series: readonly Pick<SeriesFacts, 'studyUid' | 'modality'>[];
  structureSets: readonly JsonDataSet[];
  doses: readonly JsonDataSet[];
};

/**
 * The CT or MR that a dose was planned on or contours were drawn on; null where none of them is here. A dose says
 * more than contours, its frame of reference (PS3.3 C.7.4.1) and what a set refers to (C.8.8.5) more than its study.
 */
export function plannedOn<T extends Plannable>(stacks: readonly T[], objects: PlanObjects): T | null {
  const { structureSets, doses } = objects;
  const studiesOf = (modality: string) =>
    new Set(objects.series.filter((one) => one.modality === modality).map((one) => one.studyUid));
  const [doseStudies, setStudies] = [studiesOf('RTDOSE'), studiesOf('RTSTRUCT')];
  const doseFrames = new Set(doses.map((dose) => textValue(dose, '00200052')));
  const referenced = structureSets.flatMap((set) => items(set, '30060010'));
  const setFrames = new Set(referenced.map((frame) => textValue(frame, '00200052')));
  const drawnOn = new Set(
    referenced
      .flatMap((frame) => items(frame, '30060012').flatMap((study) => items(study, '30060014')))
      .map((series) => textValue(series, '0020000E')),
  );
  /** Each says more than all that follow it. */
  const score = (one: T): number =>
    [
      doseFrames.has(frameOf(one) ?? ''),
      drawnOn.has(one.SeriesInstanceUID),
      setFrames.has(frameOf(one) ?? ''),
      doseStudies.has(one.StudyInstanceUID),
      setStudies.has(one.StudyInstanceUID),
    ].reduce((sum, is) => sum * 2 + Number(is), 0);
  const [best] = stacks
    .filter(({ Modality, images }) => (Modality === 'CT' || Modality === 'MR') && images.length > FEW)
    .map((stack) => ({ stack, score: score(stack) }))
    .filter((one) => one.score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.stack.Modality.localeCompare(b.stack.Modality) ||
        madeAt(b.stack).localeCompare(madeAt(a.stack)) ||
        b.stack.images.length - a.stack.images.length,
    );
  return best?.stack ?? null;
}
