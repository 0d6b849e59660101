'use client';

import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useUndoToast } from '@/components/boards/use-undo-toast.ts';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Card, Notice } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { ProgressBar } from '@/components/ui/progress-bar.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { StudyDetail } from '@/lib/store/schema.ts';
import { CorrectDialog, type CorrectKind } from './correct-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useCorrection } from './use-correction.ts';

/** What the centre's secretary and administrator may do with a study as a whole. */
export function StudyActions({ study }: { study: StudyDetail }) {
  const t = useTranslations('corrections');
  const { follow, progress } = useCorrection(study.correctionId);
  const [open, setOpen] = useState<CorrectKind | 'delete' | 'hold'>();
  const close = () => setOpen(undefined);
  const { may, legalHold } = study;
  if (!may.correct && !may.delete && !may.hold) return null;
  // One series leaves nothing to split off.
  const kinds = (['corrected', 'moved', 'split'] as const).filter(
    (kind) => kind !== 'split' || study.series.length > 1,
  );
  const fixed = legalHold !== null || progress !== null;
  return (
    <Card title={t('manage')}>
      {legalHold && <HeldSince since={legalHold.since} reason={legalHold.reason} />}
      {progress && (
        <div className="mb-3 space-y-1" role="status">
          <p className="text-sm">{t('running', progress)}</p>
          <ProgressBar label={t('progress')} value={progress.written} max={progress.total} />
        </div>
      )}
      <ul className="flex flex-wrap gap-2">
        {may.correct &&
          kinds.map((kind) => (
            <li key={kind}>
              <Button disabled={fixed} onClick={() => setOpen(kind)}>
                {t(`action.${kind}`)}
              </Button>
            </li>
          ))}
        {may.hold && (
          <li>
            <Button onClick={() => setOpen('hold')}>{t(legalHold ? 'liftHold' : 'hold')}</Button>
          </li>
        )}
        {may.delete && (
          <li>
            <Button look="danger" disabled={fixed} onClick={() => setOpen('delete')}>
              {t('delete')}
            </Button>
          </li>
        )}
      </ul>
      {(open === 'corrected' || open === 'moved' || open === 'split') && (
        <CorrectDialog study={study} kind={open} onClose={close} onBegun={follow} />
      )}
      <HoldDialog study={study} open={open === 'hold'} onClose={close} />
      <DeleteDialog study={study} open={open === 'delete'} onClose={close} />
    </Card>
  );
}

function HeldSince(props: { since: string; reason: string }) {
  const t = useTranslations('corrections');
  const format = useFormatter();
  const date = format.dateTime(new Date(props.since), { dateStyle: 'medium' });
  return (
    <div className="mb-3">
      <Notice tone="warn">{t('held', { date, reason: props.reason })}</Notice>
    </div>
  );
}

type DialogProps = { study: StudyDetail; open: boolean; onClose: () => void };

function HoldDialog({ study, open, onClose }: DialogProps) {
  const t = useTranslations('corrections');
  const router = useRouter();
  const say = useProblem();
  const held = study.legalHold !== null;
  const confirm = async (reason: string) => {
    try {
      await api('PUT', `/api/studies/${study.id}/hold`, { hold: !held, reason });
      toast.success(t(held ? 'holdLifted' : 'holdSet'));
      router.refresh();
      return true;
    } catch (error) {
      showProblem(say(error));
      return false;
    }
  };
  return (
    <ReasonDialog
      open={open}
      title={t(held ? 'liftHold' : 'hold')}
      about={t(held ? 'liftHoldAbout' : 'holdAbout')}
      confirm={t(held ? 'liftHoldConfirm' : 'holdConfirm')}
      onClose={onClose}
      onConfirm={confirm}
    />
  );
}

function DeleteDialog({ study, open, onClose }: DialogProps) {
  const t = useTranslations('corrections');
  const format = useFormatter();
  const router = useRouter();
  const say = useProblem();
  const undoable = useUndoToast();
  const restore = async () => {
    try {
      await api('POST', `/api/studies/${study.id}/restore`);
      toast.success(t('restored'));
      router.push(`/studies/${study.id}`);
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    }
  };
  const confirm = async (reason: string) => {
    try {
      const { purgeAt } = await api<{ purgeAt: string }>('DELETE', `/api/studies/${study.id}`, { reason });
      const date = format.dateTime(new Date(purgeAt), { dateStyle: 'medium' });
      undoable(`delete-${study.id}`, t('deleted', { date }), () => void restore());
      router.push('/studies');
      router.refresh();
      return true;
    } catch (error) {
      showProblem(say(error));
      return false;
    }
  };
  return (
    <ReasonDialog
      open={open}
      danger
      title={t('delete')}
      about={t('deleteAbout')}
      confirm={t('deleteConfirm')}
      onClose={onClose}
      onConfirm={confirm}
    />
  );
}
