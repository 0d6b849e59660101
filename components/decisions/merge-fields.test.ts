import { expect, test } from 'vitest';
import { startDraft } from '@/lib/decisions/rules.ts';
import type { DecisionDraft, DecisionView } from '@/lib/decisions/schema.ts';
import {
  acknowledge,
  draftOf,
  hold,
  keepMine,
  merge,
  openForm,
  refuse,
  release,
  retry,
  send,
  takeTheirs,
  toSend,
  type,
} from './merge-fields.ts';

const empty = startDraft({ diagnosis: 'Hodgkin', stage: 'IIA', question: 'Nodes?' });
const served = (
  draft: Partial<DecisionDraft> = {},
  fieldVersions: DecisionView['fieldVersions'] = {},
): Pick<DecisionView, 'draft' | 'fieldVersions'> => ({ draft: { ...empty, ...draft }, fieldVersions });

test('what others write comes into the fields that nobody writes in here', () => {
  const form = merge(type(openForm(served()), 'proposal', 'ISRT'), served({ stage: 'IIB' }, { stage: 1 }));
  expect(draftOf(form)).toMatchObject({ stage: 'IIB', proposal: 'ISRT' });
  expect(toSend(form)).toEqual(['proposal']);
});

test('two texts for one field are both kept until the writer chooses', () => {
  const typed = type(openForm(served()), 'proposal', 'ISRT 30 Gy');
  const conflict = merge(typed, served({ proposal: 'INRT' }, { proposal: 1 }));
  expect(conflict.proposal).toMatchObject({ value: 'ISRT 30 Gy', theirs: { value: 'INRT', version: 1 } });
  expect(toSend(conflict), 'nothing is sent over the other text').toEqual([]);

  const theirs = takeTheirs(conflict, 'proposal');
  expect(theirs.proposal).toMatchObject({ value: 'INRT', base: 1, dirty: false, theirs: null });

  const mine = keepMine(conflict, 'proposal');
  expect(mine.proposal).toMatchObject({ value: 'ISRT 30 Gy', base: 1, dirty: true, theirs: null });
  expect(toSend(mine)).toEqual(['proposal']);
});

test('a refused save keeps both texts too', () => {
  const form = send(type(openForm(served()), 'proposal', 'mine'), 'proposal');
  const refused = refuse(form, 'proposal', { value: 'theirs', version: 3 });
  expect(refused.proposal).toMatchObject({
    value: 'mine',
    dirty: true,
    sending: false,
    theirs: { version: 3 },
  });
});

test('what is typed while a save is under way is sent after it', () => {
  const under = type(send(type(openForm(served()), 'proposal', 'IS'), 'proposal'), 'proposal', 'ISRT');
  expect(toSend(under)).toEqual([]);
  const after = acknowledge(under, 'proposal', 1);
  expect(after.proposal).toMatchObject({ value: 'ISRT', base: 1, dirty: true });
  expect(toSend(after)).toEqual(['proposal']);
  expect(toSend(acknowledge(send(after, 'proposal'), 'proposal', 2))).toEqual([]);
});

test('a save whose answer was lost is no conflict with oneself', () => {
  const lost = retry(send(type(openForm(served()), 'proposal', 'IS'), 'proposal'), 'proposal');
  const typedOn = type(lost, 'proposal', 'ISRT');
  const again = refuse(send(typedOn, 'proposal'), 'proposal', { value: 'ISRT', version: 1 });
  expect(again.proposal).toMatchObject({ value: 'ISRT', base: 1, dirty: false, theirs: null });
  const other = merge(typedOn, served({ proposal: 'IS' }, { proposal: 1 }));
  expect(other.proposal).toMatchObject({ value: 'ISRT', base: 1, dirty: true, theirs: null });
});

test('a field with the focus is not changed under the hands; on leaving it, it takes the newer text', () => {
  const held = merge(hold(openForm(served()), 'stage'), served({ stage: 'IIB' }, { stage: 1 }));
  expect(held.stage).toMatchObject({ value: 'IIA', theirs: { value: 'IIB', version: 1 } });
  expect(release(held, 'stage').stage).toMatchObject({ value: 'IIB', base: 1, theirs: null });
  const changed = type(held, 'stage', 'IIIA');
  expect(release(changed, 'stage').stage, 'unless it was changed').toMatchObject({ value: 'IIIA' });
});

test('an old answer that comes late changes nothing', () => {
  const form = acknowledge(send(type(openForm(served()), 'stage', 'IIB'), 'stage'), 'stage', 2);
  expect(merge(form, served({ stage: 'IIA' }, { stage: 1 })).stage).toMatchObject({ value: 'IIB', base: 2 });
});

test('lists are compared by what they hold', () => {
  const form = type(openForm(served()), 'writtenOpinions', ['surgery']);
  expect(
    merge(form, served({ writtenOpinions: ['surgery'] }, { writtenOpinions: 1 })).writtenOpinions,
  ).toMatchObject({ dirty: false, theirs: null });
});
