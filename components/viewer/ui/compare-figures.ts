'use client';

import { useEffect, useState } from 'react';
import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Stage } from '../engine/stage.ts';
import type { PairAgreement } from '../workers/structures-messages.ts';
import { setDrawnOn } from './set-drawn-on.ts';

/** Two ROIs whose agreement is asked for. */
export type AskedPair = { roi: Roi; other: Roi };
/** By the numbers of both ROIs; missing while it is computed. */
export type Agreements = ReadonlyMap<string, PairAgreement | 'failed'>;

export const pairKey = ({ roi, other }: AskedPair): string => `${roi.number}-${other.number}`;

const kept = new WeakMap<Roi, Map<string, PairAgreement>>();

/** How far the pairs agree, computed one after the other beside the page; what is known already is there at once. */
export function useAgreements(
  stage: Stage,
  sets: { reference: StructureSet; compared: StructureSet },
  pairs: readonly AskedPair[],
  tauMm: number,
): Agreements {
  const { reference, compared } = sets;
  const [agreements, setAgreements] = useState<Agreements>(new Map());
  const asked = pairs.map(pairKey).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says which pairs of the two sets they are
  useEffect(() => {
    let gone = false;
    const found = new Map<string, PairAgreement | 'failed'>();
    setAgreements(found);
    const compute = async () => {
      for (const pair of pairs) {
        const key = `${compared.sopInstanceUid} ${pair.other.number} ${tauMm}`;
        const known = kept.get(pair.roi)?.get(key);
        const answer =
          known ??
          (await stage.structures
            .ask({
              kind: 'agreement',
              a: { roi: pair.roi, on: setDrawnOn(stage, reference) },
              b: { roi: pair.other, on: setDrawnOn(stage, compared) },
              toleranceMm: tauMm,
            })
            .catch(() => 'failed' as const));
        if (answer !== 'failed') kept.set(pair.roi, new Map(kept.get(pair.roi)).set(key, answer));
        if (gone) return;
        found.set(pairKey(pair), answer);
        setAgreements(new Map(found));
      }
    };
    void compute();
    return () => {
      gone = true;
    };
  }, [stage, reference, compared, asked, tauMm]);
  return agreements;
}
