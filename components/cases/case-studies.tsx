'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { StudyLine } from '@/components/studies/study-line.tsx';
import { Button, buttonClass } from '@/components/ui/button.tsx';
import { Card } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import type { CaseView } from '@/lib/cases/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import type { StudySummary } from '@/lib/store/schema.ts';
import { AttachDialog } from './attach-dialog.tsx';
import { MismatchDialog } from './mismatch-dialog.tsx';
import { useAttach } from './use-attach.ts';

/** The images of a case: everybody of the case sees them. */
export function CaseStudies(props: { view: CaseView; centres: CentreSummary[] }) {
  const t = useTranslations('cases');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [open, setOpen] = useState(false);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const { attach, doubtful, answer } = useAttach();
  const { view } = props;

  const showAgain = (id: string) => setGone((ids) => new Set([...ids].filter((one) => one !== id)));
  const restore = async (study: StudySummary) => {
    try {
      // It was attached before: whatever there was to confirm was confirmed then.
      await api('POST', `/api/cases/${view.id}/studies`, { studyId: study.id, confirmMismatch: true });
      router.refresh();
      showAgain(study.id);
    } catch (error) {
      showProblem(say(error));
    }
  };
  const detach = async (study: StudySummary) => {
    setGone((ids) => new Set([...ids, study.id]));
    try {
      await api('DELETE', `/api/cases/${view.id}/studies/${study.id}`);
      toast(t('detached'), { action: { label: shell('undo'), onClick: () => void restore(study) } });
      router.refresh();
    } catch (error) {
      showAgain(study.id);
      showProblem(say(error));
    }
  };
  const shown = view.studies.filter(({ id }) => !gone.has(id));

  return (
    <Card
      title={t('studies')}
      actions={
        <div className="flex flex-wrap justify-end gap-2">
          {view.may.edit && <Button onClick={() => setOpen(true)}>{t('attachOpen')}</Button>}
          {shown.length > 0 && (
            <Link href={`/cases/${view.id}/view`} className={buttonClass('primary')}>
              {t('openImages')}
            </Link>
          )}
        </div>
      }
    >
      {shown.length === 0 ? (
        <p className="text-slate-600">{view.may.edit ? t('noStudiesEdit') : t('noStudies')}</p>
      ) : (
        <ul className="divide-y divide-slate-100">
          {shown.map((study) => (
            <li key={study.id}>
              <StudyLine study={study}>
                {view.may.edit && (
                  <Button
                    look="quiet"
                    aria-label={t('detachOne', { study: study.description || study.modalities.join(', ') })}
                    onClick={() => void detach(study)}
                  >
                    {t('detach')}
                  </Button>
                )}
              </StudyLine>
            </li>
          ))}
        </ul>
      )}
      <AttachDialog
        open={open}
        onClose={() => setOpen(false)}
        view={view}
        centres={props.centres}
        onAttach={(studies) => {
          for (const { id } of studies) showAgain(id);
          void attach(view.id, studies);
        }}
      />
      <MismatchDialog patient={view.patient} doubtful={doubtful} onAnswer={(yes) => void answer(yes)} />
    </Card>
  );
}
