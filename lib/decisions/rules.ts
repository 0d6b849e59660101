import type { DecisionDraft, DecisionField } from './schema.ts';

/** What a record cannot do without (INCa): diagnosis, question, proposal; and the reason when off guideline. */
export function missingFields(draft: DecisionDraft): DecisionField[] {
  const missing: DecisionField[] = [];
  for (const field of ['diagnosis', 'question', 'proposal'] as const)
    if (draft[field].trim() === '') missing.push(field);
  if (!draft.guidelineFollowed && draft.offGuidelineReason.trim() === '') missing.push('offGuidelineReason');
  return missing;
}

/** An empty record, with what the case says already. */
export function startDraft(prefill: { diagnosis: string; stage: string; question: string }): DecisionDraft {
  return {
    mode: 'discussed',
    diagnosis: prefill.diagnosis,
    stage: prefill.stage,
    performanceStatus: null,
    comorbidities: '',
    question: prefill.question,
    proposal: '',
    alternatives: '',
    trial: '',
    guidelineFollowed: true,
    offGuidelineReason: '',
    plannedDate: null,
    whoInforms: '',
    writtenOpinions: [],
  };
}
