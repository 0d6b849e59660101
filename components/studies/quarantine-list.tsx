'use client';

import type { QuarantineRow } from '@/lib/store/schema.ts';
import { QuarantineBulk } from './quarantine-bulk.tsx';
import { QuarantineItem } from './quarantine-item.tsx';
import { useQuarantine } from './use-quarantine.ts';

/** Objects that were kept aside, the open ones first, beside what is stored under the same UID. */
export function QuarantineList({ objects }: { objects: QuarantineRow[] }) {
  const deciding = useQuarantine();
  const ordered = [...objects].sort((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null));
  const open = ordered.filter(({ resolution, resolvedAt }) => resolution === null && resolvedAt === null);
  return (
    <>
      <QuarantineBulk open={open} {...deciding} />
      <ul className="space-y-3">
        {ordered.map((one) => (
          <QuarantineItem key={one.id} object={one} {...deciding} />
        ))}
      </ul>
    </>
  );
}
