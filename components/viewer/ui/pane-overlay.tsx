'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { memo } from 'react';
import { textValue } from '@/lib/dicom/display-json.ts';
import { opposite, orientationMark } from '@/lib/dicom/orientation.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { unitText } from '@/lib/measure/reading-text.ts';
import { axisOf } from '@/lib/planes/axes.ts';
import type { Stack } from '../data/stack.ts';
import type { Pane } from '../engine/pane.ts';
import { loadedOf } from '../engine/prefetch.ts';
import type { Unseen } from '../engine/seen-contours.ts';
import type { Stage } from '../engine/stage.ts';
import { unitOf, windowDigits } from '../engine/voi.ts';
import { PairWords } from './dose-pair-words.tsx';
import { UnseenBeamWords, UnseenDoseWords } from './dose-unseen.tsx';
import { FusionLegend, FusionWords } from './fusion-caption.tsx';
import { FusionRefusal } from './fusion-refusal.tsx';
import { ScaleBar } from './scale-bar.tsx';
import { SpaceNotes } from './space-notes.tsx';
import { UnseenContours } from './structure-unseen.tsx';
import { useDicomDate } from './use-dicom-date.ts';

/**
 * Its own dark ground: words must be read over an inverted PET too, which is white. A small view has smaller words and
 * fewer: whose it is, where, and what is wrong stay.
 */
const corner =
  'pointer-events-none absolute rounded-sm bg-black/65 px-1 text-xs leading-snug text-neutral-100 small:text-[10px] small:leading-tight';
/** Words leave the middle of the lower edge to the mark of the patient's side, where there is room for both. */
const besideMark = 'max-w-[72%] @min-[520px]:max-w-[calc(50%-1.5rem)]';
const inWide = 'hidden @min-[520px]:inline low:hidden';
/** In a low view words stand in the middle. */
const atTheSide = 'top-1/2 -translate-y-1/2 low:top-9 low:translate-y-0';
const notInSmall = 'small:hidden';
const notInTiny = '@max-[200px]:hidden';

/** Patient, series, position, window, orientation and scale, over one picture; and what is wrong, where something is. */
export function PaneOverlay({ stage, id }: { stage: Stage; id: string }) {
  const t = useTranslations('viewer');
  const pane = stage.pane(id);
  if (stage.store.get().stacks.length === 0) return <Trouble text={t('status.empty')} />;
  if (pane?.trouble) return <Trouble text={t(`trouble.${pane.trouble}`)} />;
  if (!pane?.stack) return <Trouble text={t('nothingHere')} />;
  const { stack, shown } = pane;
  return (
    <>
      {shown ? <Marks pane={pane} /> : <Waiting />}
      <Banner stack={stack} />
      <Figures stage={stage} pane={pane} stack={stack} unseen={stage.unseenOn(pane)} />
      <FusionLegend stage={stage} pane={pane} />
      {shown && <ScaleBar pane={pane} />}
      <Progress stack={stack} />
    </>
  );
}

const Trouble = ({ text }: { text: string }) => (
  <div
    role="status"
    className="pointer-events-none absolute inset-0 flex items-center justify-center bg-neutral-950 p-6 text-center text-neutral-200"
  >
    {text}
  </div>
);

/** Covers what was there before: another series' image must not stand under this one's name. */
function Waiting() {
  const t = useTranslations('viewer');
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center bg-black text-neutral-300">
      {t('loadingImage')}
    </div>
  );
}

/** Whose images these are: on every view, whatever the layout. The same for every image of a series. */
const Banner = memo(function Banner({ stack }: { stack: Stack }) {
  const date = useDicomDate();
  const { header } = stack;
  const sex = textValue(header, '00100040');
  return (
    <>
      <div className={`${corner} top-1 left-1 max-w-[58%] @max-[280px]:max-w-[70%]`} data-banner>
        <div className="truncate text-sm font-semibold small:text-xs">
          {displayName(textValue(header, '00100010'))}
        </div>
        <div className="truncate">
          {[date(textValue(header, '00100030')), sex, textValue(header, '00100020')]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <div
        className={`${corner} top-1 right-1 max-w-[40%] text-right @max-[280px]:max-w-[28%]`}
        data-series-words
      >
        <div className="truncate">
          {stack.Modality}
          {stack.SeriesDescription && <span className={notInSmall}>{` · ${stack.SeriesDescription}`}</span>}
        </div>
        <div className={`truncate ${notInTiny}`}>{date(textValue(header, '00080020'))}</div>
      </div>
    </>
  );
});

function Marks({ pane }: { pane: Pane }) {
  const view = pane.viewPlane();
  // An image without geometry has pixels, and no directions in the patient.
  if (!view || (pane.kind === 'stack' && !pane.plane)) return null;
  const edges = [
    [orientationMark(opposite(view.right)), `left-1 ${atTheSide}`],
    [orientationMark(view.right), `right-1 ${atTheSide}`],
    [orientationMark(opposite(view.down)), 'top-11 left-1/2 -translate-x-1/2 small:top-9'],
    // Words need the room in a narrow view; the upper mark says as much.
    [orientationMark(view.down), `bottom-1 left-1/2 -translate-x-1/2 ${inWide}`],
  ] as const;
  return edges.map(([letters, place]) => (
    <span key={place} className={`${corner} ${place} text-sm font-semibold`} data-orientation>
      {letters}
    </span>
  ));
}

/** A window of fewer units is told with decimals. */
const NARROW = 20;

type FiguresProps = { stage: Stage; pane: Pane; stack: Stack; unseen: Unseen };

function Figures({ stage, pane, stack, unseen }: FiguresProps) {
  const t = useTranslations('viewer');
  const locale = useLocale();
  const format = useFormatter();
  const { shown } = pane;
  const unit = unitOf(stack);
  const round = (value: number, digits: number) => format.number(value, { maximumFractionDigits: digits });
  // Of a narrow window, of SUV or mg/ml, whole numbers say too little.
  const voi = shown?.voi;
  const digits = voi && (unit === 'SUV' || voi.width < NARROW) ? windowDigits(voi) : 0;
  return (
    <div className={`${corner} bottom-1.5 left-1 ${besideMark}`} data-figures>
      {stack.warnings.map((warning) => (
        <div key={warning} className="text-amber-300">
          {t(`warning.${warning}`)}
        </div>
      ))}
      <UnseenContours unseen={unseen} />
      <SpaceNotes stage={stage} pane={pane} />
      <UnseenDoseWords unseen={stage.doses.unseenOn(pane)} />
      <PairWords stage={stage} pane={pane} />
      <UnseenBeamWords unseen={stage.doses.beamsUnseenOn(pane)} />
      {stack.suv && !stack.suv.known && (
        <div className="text-amber-300">{t('noSuv', { reason: t(`suv.${stack.suv.reason}`) })}</div>
      )}
      <FusionRefusal stage={stage} pane={pane} />
      <FusionWords stage={stage} pane={pane} />
      <Place pane={pane} />
      {voi && (
        <div className={notInTiny}>
          {t('window', { center: round(voi.center, digits), width: round(voi.width, digits) })}{' '}
          {unitText(locale, unit)}
        </div>
      )}
      {shown && <div className={notInSmall}>{t('zoom', { percent: round(shown.zoom * 100, 0) })}</div>}
    </div>
  );
}

/** Which image, or which cut and how far along. */
function Place({ pane }: { pane: Pane }) {
  const t = useTranslations('viewer');
  const { image, stack, shown } = pane;
  if (pane.kind === 'stack')
    return image && stack && <div>{t('image', { number: image.index + 1, count: stack.images.length })}</div>;
  if (!shown?.normal) return null;
  const axis = t(`axes.${axisOf(shown.normal)}`);
  if (pane.kind === 'mip') return <div>{t('projection')}</div>;
  return <div>{t('cut', { axis, number: pane.index + 1, count: pane.count })}</div>;
}

/** How much of a series is here, until all is. */
function Progress({ stack }: { stack: Stack }) {
  const t = useTranslations('viewer');
  const total = stack.images.length;
  const done = loadedOf(stack.images.map((image) => image.imageId));
  if (done >= total) return null;
  return (
    <progress
      className="absolute inset-x-0 bottom-0 h-0.5 w-full appearance-none overflow-hidden [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-teal-400"
      max={total}
      value={done}
      aria-label={t('loadingImages', { done, total })}
    />
  );
}
