import { randomInt } from 'node:crypto';
import { type CtPlanes, ctFile } from '@/lib/phantom/ct-series.ts';
import { ctModel } from '@/lib/phantom/ct-slice.ts';
import { hodgkinPatient } from '@/lib/phantom/hodgkin.ts';
import { instanceUid, seriesUid, studyUid } from '@/lib/phantom/patient.ts';

export type CtSeries = {
  studyUid: string;
  seriesUid: string;
  instances: { sopUid: string; bytes: Buffer }[];
};

/** A CT of 512 × 512 × 16 bits slices, 2 mm apart. */
export function ctSeries(count: number): CtSeries {
  const patient = hodgkinPatient(7);
  const planes: CtPlanes = { bottom: -300, spacing: 2, count, pixel: 0.9765625 };
  const model = ctModel(7);
  return {
    studyUid: studyUid(patient),
    seriesUid: seriesUid(patient, 'ct'),
    instances: Array.from({ length: count }, (_, index) => ({
      sopUid: instanceUid(patient, 'ct', planes.bottom + (count - 1 - index) * planes.spacing),
      bytes: Buffer.from(ctFile(patient, model, planes, index + 1)),
    })),
  };
}

/** The same images as a study that nobody has seen: every UID is another one of the same length. */
export function withFreshUids(series: CtSeries): CtSeries {
  const study = another(series.studyUid);
  const own = another(series.seriesUid);
  return {
    studyUid: study,
    seriesUid: own,
    instances: series.instances.map(({ sopUid, bytes }) => {
      const sop = another(sopUid);
      const fresh = Buffer.from(bytes);
      replaceAll(fresh, series.studyUid, study);
      replaceAll(fresh, series.seriesUid, own);
      replaceAll(fresh, sopUid, sop);
      return { sopUid: sop, bytes: fresh };
    }),
  };
}

const another = (uid: string): string =>
  `2.25.${Array.from({ length: uid.length - 5 }, (_, index) => (index === 0 ? randomInt(1, 10) : randomInt(10))).join('')}`;

/** UIDs stand in the header only; the pixels, which begin within the first 4 KB, are left alone. */
function replaceAll(bytes: Buffer, from: string, to: string): void {
  for (let at = bytes.indexOf(from); at >= 0 && at < 4096; at = bytes.indexOf(from, at + to.length))
    bytes.write(to, at, 'latin1');
}
