import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client.server.ts';
import { readNotes, writeNote } from '@/lib/notes/notes.server.ts';
import { setStage, until } from './support.ts';

const stage = setStage();
const item = () => stage.session.items[0] ?? '';

describe('side notes', () => {
  test('G7: a private note is its owner’s alone, and nobody is told of it', async () => {
    const { chair, nuclear } = await stage.meeting();
    const { nuclear: owner, chair: other } = stage.actors;
    await writeNote(owner, item(), { shared: false, text: 'Only mine', baseVersion: 0 });
    await writeNote(owner, item(), { shared: true, text: 'For all', baseVersion: 0 });
    await until(() => expect(chair.notices).toContainEqual({ type: 'notes.changed', agendaItemId: item() }));
    expect(nuclear.notices.filter(({ type }) => type === 'notes.changed')).toHaveLength(1);
    const seen = await readNotes(other, item());
    expect(seen.others).toMatchObject([{ author: owner.displayName, text: 'For all' }]);
    expect(JSON.stringify(seen)).not.toContain('Only mine');
    expect(await readNotes(owner, item())).toMatchObject({ own: { text: 'Only mine' }, others: [] });
    expect(
      JSON.stringify(await db().auditEvent.findMany({ where: { action: 'note.edit' } }), plain),
    ).not.toMatch(/Only mine|For all/);
  });

  test('G7: whoever is not of the session reads and writes none', async () => {
    const { outsider } = stage.actors;
    await expect(readNotes(outsider, item())).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      writeNote(outsider, item(), { shared: true, text: 'x', baseVersion: 0 }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('two tabs of one person never overwrite each other unseen', async () => {
    const { surgeon } = stage.actors;
    const write = (text: string, baseVersion: number) =>
      writeNote(surgeon, item(), { shared: false, text, baseVersion });
    expect(await write('first', 0)).toEqual({ version: 1 });
    await expect(write('second', 0)).rejects.toMatchObject({
      code: 'version_conflict',
      current: { text: 'first', version: 1 },
    });
    const both = await Promise.allSettled([write('a', 1), write('b', 1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
