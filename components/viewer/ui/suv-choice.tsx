'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { type SuvKind, suvKinds } from '@/lib/dicom/suv-kinds.ts';
import { suvScale } from '@/lib/rt/suv-kinds.ts';
import { type SuvTag, tagText } from '@/lib/rt/suv-tags.ts';
import type { Stack } from '../data/stack.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';

/** What SUVs of figures are normalised by. Where no PET allows one, the tags that it wants are named. */
export function SuvChoice({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.measure');
  const id = useId();
  const pets = snapshot.stacks.filter((stack) => stack.Modality === 'PT');
  const missing = suvKinds.flatMap((kind) => {
    const tags = tagsFor(pets, kind);
    return tags ? [{ kind, tags }] : [];
  });
  const warnings = new Set(pets.flatMap((stack) => (stack.suv?.known ? stack.suv.warnings : [])));
  return (
    <div className="px-1.5 pb-1.5">
      <div className="flex items-center gap-1.5">
        <label htmlFor={id} className="text-xs text-neutral-300">
          {t('suvBy')}
        </label>
        <select
          id={id}
          value={snapshot.suvBy}
          onChange={(event) => {
            const kind = suvKinds.find((one) => one === event.target.value);
            if (kind) stage.setExtras({ suvBy: kind });
          }}
          className="h-6 min-w-0 flex-1 rounded border border-neutral-500 bg-neutral-900 px-1 text-xs text-neutral-100"
        >
          {suvKinds.map((kind) => (
            <option key={kind} value={kind} disabled={missing.some((one) => one.kind === kind)}>
              {t(`suvKinds.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {missing.length > 0 && (
        <ul className="pt-1 text-xs text-amber-300">
          {missing.map(({ kind, tags }) => (
            <li key={kind}>{t('suvMissing', { kind: t(`suvKinds.${kind}`), tags: tags.join(', ') })}</li>
          ))}
        </ul>
      )}
      {[...warnings].map((warning) => (
        <p key={warning} className="pt-1 text-xs text-amber-300">
          {t(`suvWarnings.${warning}`)}
        </p>
      ))}
    </div>
  );
}

/** Null when a PET allows it; else what they all lack. */
function tagsFor(pets: readonly Stack[], kind: SuvKind): string[] | null {
  const wanted = new Set<SuvTag>();
  for (const { suvFactors } of pets) {
    const scale = suvFactors && suvScale(suvFactors, kind);
    if (scale?.known) return null;
    for (const tag of scale?.tags ?? []) wanted.add(tag);
  }
  return [...wanted].map(tagText);
}
