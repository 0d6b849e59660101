'use client';

import { useTranslations } from 'next-intl';
import { ChoiceField, DateField, type Draft, SelectField, TextField } from './draft-fields.tsx';
import { WrittenOpinions } from './written-opinions.tsx';

const performanceStatus = [0, 1, 2, 3, 4] as const;

/** The record while it is written (fiche RCP): the decision first, what it rests on after it. */
export function DecisionForm({ draft }: { draft: Draft }) {
  const t = useTranslations('record');
  const d = useTranslations('decision');
  const off = draft.state.form?.guidelineFollowed.value === false;
  return (
    <form aria-label={t('title')} className="space-y-3" onSubmit={(event) => event.preventDefault()}>
      <TextField draft={draft} field="question" label={t('question')} required rows={2} />
      <TextField draft={draft} field="proposal" label={t('proposal')} required rows={4} />
      <ChoiceField
        draft={draft}
        field="guidelineFollowed"
        label={t('guideline')}
        options={[
          { value: true, label: t('guidelineYes') },
          { value: false, label: t('guidelineOff') },
        ]}
      />
      {off && (
        <TextField
          draft={draft}
          field="offGuidelineReason"
          label={d('offGuidelineReason')}
          required
          rows={2}
        />
      )}
      <TextField draft={draft} field="alternatives" label={t('alternatives')} />
      <TextField draft={draft} field="trial" label={t('trial')} />
      <Section title={d('disease')}>
        <TextField draft={draft} field="diagnosis" label={t('diagnosis')} required />
        <TextField draft={draft} field="stage" label={t('stage')} />
        <SelectField
          draft={draft}
          field="performanceStatus"
          label={t('performanceStatus')}
          none={d('notGiven')}
          options={performanceStatus.map((value) => ({
            value,
            label: `${value} · ${d(`who.${value}`)}`,
          }))}
        />
        <TextField draft={draft} field="comorbidities" label={t('comorbidities')} />
      </Section>
      <Section title={d('followUp')}>
        <DateField draft={draft} field="plannedDate" label={t('plannedDate')} />
        <TextField draft={draft} field="whoInforms" label={t('whoInforms')} />
        <ChoiceField
          draft={draft}
          field="mode"
          label={t('mode')}
          options={[
            { value: 'discussed', label: t('modeDiscussed') },
            { value: 'registered', label: t('modeRegistered') },
          ]}
        />
        <WrittenOpinions draft={draft} label={t('writtenOpinions')} />
      </Section>
    </form>
  );
}

function Section(props: { title: string; children: React.ReactNode }) {
  return (
    <section className="space-y-3 border-t border-slate-200 pt-3 dark:border-neutral-800">
      <h3 className="text-xs font-semibold tracking-wide text-slate-600 uppercase dark:text-neutral-400">
        {props.title}
      </h3>
      {props.children}
    </section>
  );
}
