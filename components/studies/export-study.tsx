'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button, buttonClass } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { ExportPreview } from '@/lib/store/export-schema.ts';
import type { StudyDetail } from '@/lib/store/schema.ts';
import { type ExportChoices, ExportOptions, exportQuery, firstChoices } from './export-options.tsx';
import { useBytes } from './use-format.ts';

/** A study as a zip for somebody outside: what it shall tell, what in it needs a look, then the browser's own download. */
export function ExportStudy({ study }: { study: StudyDetail }) {
  const t = useTranslations('export');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('export')}</Button>
      <Dialog wide open={open} title={t('title')} onClose={() => setOpen(false)}>
        <ExportForm study={study} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ExportForm({ study, onClose }: { study: StudyDetail; onClose: () => void }) {
  const t = useTranslations('export');
  const shell = useTranslations('shell');
  const say = useProblem();
  const bytes = useBytes();
  const [choices, setChoices] = useState<ExportChoices>(firstChoices);
  const [preview, setPreview] = useState<ExportPreview>();
  const [checking, setChecking] = useState(false);
  const url = `/api/studies/${study.id}/export`;
  const choose = (next: ExportChoices) => {
    setChoices(next);
    setPreview(undefined);
  };
  const check = async () => {
    setChecking(true);
    try {
      setPreview(await api<ExportPreview>('GET', `${url}/preview?${exportQuery(choices)}`));
    } catch (error) {
      showProblem(say(error));
    } finally {
      setChecking(false);
    }
  };
  return (
    <div className="space-y-4">
      <ExportOptions choices={choices} hasPet={study.modalities.includes('PT')} onChange={choose} />
      {preview && (
        <section aria-live="polite" className="space-y-3 border-t border-slate-200 pt-3 text-sm">
          <p>{t('contents', { count: preview.objects, size: bytes(preview.size) })}</p>
          {preview.risks.length > 0 && (
            <RisksFound
              risks={preview.risks}
              answer={choices.risks}
              onAnswer={(risks) => setChoices({ ...choices, risks })}
            />
          )}
        </section>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        {preview ? (
          <a
            href={`${url}?${exportQuery(choices)}`}
            download
            className={buttonClass('primary')}
            onClick={onClose}
          >
            {t('download')}
          </a>
        ) : (
          <Button look="primary" disabled={checking} onClick={() => void check()}>
            {t(checking ? 'checking' : 'check')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Objects that no rule can clean, and what is to happen with them: left out unless somebody has looked. */
function RisksFound(props: {
  risks: ExportPreview['risks'];
  answer: ExportChoices['risks'];
  onAnswer: (answer: ExportChoices['risks']) => void;
}) {
  const t = useTranslations('export');
  return (
    <fieldset className="space-y-2 rounded-md border border-amber-600 bg-amber-50 p-3">
      <legend className="px-1 font-medium">{t('risks.title')}</legend>
      <ul className="list-disc space-y-1 pl-5">
        {props.risks.map(({ series, modality, risk, objects }) => (
          <li key={`${series} ${modality} ${risk}`}>
            {t('risks.line', { series: [modality, series].filter(Boolean).join(' · '), count: objects })}:{' '}
            {t(`risks.${risk}`)}
          </li>
        ))}
      </ul>
      {(['leave-out', 'include'] as const).map((answer) => (
        <label key={answer} className="flex gap-2">
          <input
            type="radio"
            name="risks"
            checked={props.answer === answer}
            onChange={() => props.onAnswer(answer)}
          />
          <span>{t(`risks.answer.${answer}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
