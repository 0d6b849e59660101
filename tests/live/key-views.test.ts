import { describe, expect, test } from 'vitest';
import {
  deleteKeyView,
  editKeyView,
  restoreKeyView,
  saveKeyView,
} from '@/lib/key-views/change-key-views.server.ts';
import { setStage, until } from './support.ts';
import { viewAt } from './view-at.ts';

const stage = setStage();

describe('key views', () => {
  test('N1: that they have changed is told in the room of the case, and nothing of what they show', async () => {
    const { chair, oncologist } = await stage.meeting();
    const { nuclear: author } = stage.actors;
    const [caseId] = stage.board.cases;
    const told = () => oncologist.notices.filter(({ type }) => type === 'key-views.changed');
    const { id, version } = await saveKeyView(author, caseId, {
      title: 'Node',
      note: 'Hot',
      view: viewAt(1),
    });
    await until(() => expect(chair.notices).toContainEqual({ type: 'key-views.changed', caseId }));
    await editKeyView(author, { caseId, id }, { title: 'Node 7R', version });
    await deleteKeyView(author, { caseId, id });
    await restoreKeyView(author, { caseId, id });
    await until(() => expect(told()).toHaveLength(4));
    expect(new Set(told().map((notice) => JSON.stringify(notice))).size).toBe(1);
  });

  test('N1: a change that is refused is told to nobody', async () => {
    const { chair } = await stage.meeting();
    const [caseId] = stage.board.cases;
    const { outsider, nuclear } = stage.actors;
    const words = { title: 'Node', note: '', view: viewAt(1) };
    await expect(saveKeyView(outsider, caseId, words)).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await saveKeyView(nuclear, caseId, words);
    await until(() => expect(chair.notices.some(({ type }) => type === 'key-views.changed')).toBe(true));
    await expect(deleteKeyView(outsider, { caseId, id })).rejects.toMatchObject({ code: 'not_found' });
    expect(chair.notices.filter(({ type }) => type === 'key-views.changed')).toHaveLength(1);
  });
});
