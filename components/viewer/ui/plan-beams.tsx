'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Beam, RtPlan } from '@/lib/dicom/rtplan.ts';
import { arcEnd, arcsOf } from '@/lib/rt/beam-arcs.ts';
import { beamShapes } from '../engine/beam-layer.ts';

/** The beams of a plan, a row each: angles in degrees, energy, what the machine gives per fraction. */
export function PlanBeams({ plan }: { plan: RtPlan }) {
  const t = useTranslations('viewer.plan');
  if (plan.beams.length === 0) return null;
  return (
    <ul aria-label={t('beams')} className="space-y-1">
      {plan.beams.map((beam) => (
        <BeamRow key={beam.number} beam={beam} plan={plan} />
      ))}
    </ul>
  );
}

function BeamRow({ beam, plan }: { beam: Beam; plan: RtPlan }) {
  const t = useTranslations('viewer.plan');
  const format = useFormatter();
  const [first] = beam.points;
  const last = beam.points.at(-1);
  const degrees = (value: number) => `${format.number(value, { maximumFractionDigits: 1 })}°`;
  const range = (from: number | null | undefined, to: number | null | undefined): string => {
    if (from == null) return t('notSaid');
    return to == null || to === from ? degrees(from) : `${degrees(from)} → ${degrees(to)}`;
  };
  const arcWords = (of: Beam): string[] => {
    const arcs = arcsOf(of);
    if (arcs === 'direction_unknown') return [t('arcUnknown')];
    return arcs.map((arc) => {
      const turn = t(arc.by > 0 ? 'arcClockwise' : 'arcCounter', { degrees: degrees(Math.abs(arc.by)) });
      // Of several the reader is told where each one runs.
      return arcs.length > 1 ? `${degrees(arc.from)} → ${degrees(arcEnd(arc))} (${turn})` : turn;
    });
  };
  const shape = beamShapes(plan).get(beam.number);
  const share = plan.fractionGroups
    .flatMap((group) => group.beams)
    .find((one) => one.beamNumber === beam.number);
  const energy =
    first?.energy == null
      ? ''
      : `${format.number(first.energy)} ${beam.radiation === 'PHOTON' ? 'MV' : 'MeV'}`;
  const figures = [
    beam.radiation,
    energy,
    t('gantry', { angle: range(first?.gantry, last?.gantry) }),
    ...arcWords(beam),
    first?.collimator ? t('collimator', { angle: range(first.collimator, last?.collimator) }) : '',
    first?.couch ? t('couch', { angle: range(first.couch, last?.couch) }) : '',
    share?.meterset == null
      ? ''
      : `${format.number(share.meterset, { maximumFractionDigits: 1 })} ${(beam.metersetUnit || 'MU') === 'MU' ? t('monitorUnits') : beam.metersetUnit}`,
    share?.doseGy == null
      ? ''
      : t('perFraction', { value: format.number(share.doseGy, { maximumFractionDigits: 3 }) }),
    beam.delivery && beam.delivery !== 'TREATMENT' ? beam.delivery : '',
  ];
  return (
    <li>
      <p className="truncate font-medium" title={beam.name}>
        {beam.number} {beam.name}
      </p>
      {typeof shape === 'string' && <p className="text-amber-300">{t(`noBeam.${shape}`)}</p>}
      <p className="text-neutral-300 tabular-nums">{figures.filter(Boolean).join(' · ')}</p>
    </li>
  );
}
