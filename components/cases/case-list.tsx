'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { patientName } from '@/lib/cases/patient-name.ts';
import type { CaseSummary } from '@/lib/cases/schema.ts';
import { PatientFacts } from './patient.tsx';

/** Cases, newest first: who, what is asked, whose. */
export function CaseList({ cases }: { cases: CaseSummary[] }) {
  const t = useTranslations('cases');
  const format = useFormatter();
  return (
    <div className="card overflow-hidden">
      <table className="table">
        <thead className="max-sm:sr-only">
          <tr>
            <th scope="col">{t('patient')}</th>
            <th scope="col">{t('question')}</th>
            <th scope="col" className="max-lg:hidden">
              {t('diagnosis')}
            </th>
            <th scope="col" className="max-sm:hidden">
              {t('centre')}
            </th>
            <th scope="col" className="text-right! max-md:hidden">
              {t('studies')}
            </th>
            <th scope="col" className="max-sm:hidden">
              {t('opened')}
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.id} className="hover:bg-slate-50">
              <td className="min-w-36 lg:min-w-64">
                <Link href={`/cases/${one.id}`} className="link font-medium">
                  {patientName(one.patient)}
                </Link>
                <p className="text-xs text-slate-600">
                  <PatientFacts patient={one.patient} />
                </p>
              </td>
              <td>
                <p className="line-clamp-2">{one.question}</p>
                <p className="line-clamp-1 text-xs text-slate-600">{one.reason}</p>
              </td>
              <td className="max-lg:hidden">
                <p className="line-clamp-2">{one.diagnosis}</p>
              </td>
              <td className="max-sm:hidden">{one.centreCode}</td>
              <td className="text-right tabular-nums max-md:hidden">{one.studyCount}</td>
              <td className="whitespace-nowrap max-sm:hidden">
                {format.dateTime(new Date(one.createdAt), { dateStyle: 'medium' })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
