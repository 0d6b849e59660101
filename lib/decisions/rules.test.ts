import { expect, test } from 'vitest';
import { missingFields, startDraft } from './rules.ts';

const complete = {
  ...startDraft({ diagnosis: 'Hodgkin', stage: 'IIA', question: 'Nodes?' }),
  proposal: 'ISRT 30 Gy',
};

test('a record with diagnosis, question and proposal is complete', () => {
  expect(missingFields(complete)).toEqual([]);
});

test.each(['diagnosis', 'question', 'proposal'] as const)(
  '%s is mandatory, and spaces are not words',
  (field) => {
    expect(missingFields({ ...complete, [field]: '  \n' })).toEqual([field]);
  },
);

test('a proposal that leaves the guidelines carries its reason', () => {
  expect(missingFields({ ...complete, guidelineFollowed: false })).toEqual(['offGuidelineReason']);
  expect(missingFields({ ...complete, guidelineFollowed: false, offGuidelineReason: 'pregnancy' })).toEqual(
    [],
  );
});
