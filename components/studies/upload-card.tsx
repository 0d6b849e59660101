'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Card } from '@/components/ui/page.tsx';
import type { CentreSummary } from '@/lib/people/schema.ts';
import type { StudySummary } from '@/lib/store/schema.ts';
import { StudyLine } from './study-line.tsx';
import { Uploader } from './uploader.tsx';

/** Bringing images in, and the studies that came of it. */
export function UploadCard({ centres }: { centres: CentreSummary[] }) {
  const t = useTranslations('upload');
  const router = useRouter();
  const [studies, setStudies] = useState<StudySummary[]>([]);
  return (
    <Card title={t('title')} className="mb-6">
      <Uploader
        centres={centres}
        onUploaded={(uploaded) => {
          setStudies(uploaded);
          router.refresh();
        }}
      />
      {studies.length > 0 && (
        <div className="mt-4">
          <h3 className="text-sm font-semibold">{t('studies')}</h3>
          <ul className="divide-y divide-slate-100">
            {studies.map((study) => (
              <li key={study.id}>
                <StudyLine study={study} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}
