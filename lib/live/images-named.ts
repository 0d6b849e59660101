import type { Measurement } from './measurement-state.ts';
import type { ViewState } from './view-state.ts';

/** Series by the study that they belong to. */
export type CaseImages = ReadonlyMap<string, ReadonlySet<string>>;
/** What a viewport, an overlay, a drawing or a document names. */
export type NamedImages = Pick<ViewState['viewports'][number], 'studyUid' | 'seriesUid'>;

/** All series that a view shows, lays over another, has measured in, or reads beside. */
export const imagesOf = ({
  viewports,
  measurements,
  document,
}: ViewState): readonly (NamedImages | Measurement)[] => [
  ...viewports,
  ...viewports.flatMap(({ fusion }) => fusion ?? []),
  ...measurements,
  ...(document ? [document] : []),
];

/** Whether all of this is of a case. A series counts only with the study that it belongs to. */
export const areOf = (images: CaseImages, named: readonly NamedImages[]): boolean =>
  named.every(({ studyUid, seriesUid }) => {
    if (studyUid === null) return seriesUid === null;
    const series = images.get(studyUid);
    return series !== undefined && (seriesUid === null || series.has(seriesUid));
  });
