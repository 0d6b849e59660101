'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition, useEffect, useOptimistic, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { showProblem } from '@/components/ui/problem.ts';
import { type AgendaChange, applyChange, moveTo } from '@/lib/boards/agenda-change.ts';
import type { AgendaItemView, SessionView } from '@/lib/boards/schema.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import { useUndoToast } from './use-undo-toast.ts';

type Confirmed = { agendaVersion: number };

/**
 * A session's agenda with its changes: each is shown at once, sent in order, and can be undone. What the server
 * refuses goes back to what is saved; an order that met another one is kept and offered again.
 */
export function useAgenda(session: SessionView) {
  const t = useTranslations('agenda');
  const undoable = useUndoToast();
  const say = useProblem();
  const router = useRouter();
  const [agenda, show] = useOptimistic(session.agenda, applyChange);
  const [refusedOrder, setRefusedOrder] = useState<string[]>();
  const version = useRef(session.agendaVersion);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    version.current = session.agendaVersion;
  }, [session.agendaVersion]);

  const path = `/api/sessions/${session.id}`;
  const ids = agenda.map((item) => item.id);

  /** Sends one change after the other: a second order is judged by the version that the first one made. */
  const send = (request: () => Promise<Confirmed>): Promise<void> => {
    const sent = queue.current.then(async () => {
      const { agendaVersion } = await request();
      // A greater step means that somebody else's change lies between, which this page has not seen yet.
      if (agendaVersion === version.current + 1) version.current = agendaVersion;
    });
    queue.current = sent.catch(() => undefined);
    return sent;
  };

  const run = (
    change: AgendaChange,
    request: () => Promise<Confirmed>,
    onRefused: (error: unknown) => void,
  ) =>
    startTransition(async () => {
      show(change);
      try {
        await send(request);
      } catch (error) {
        onRefused(error);
      }
      startTransition(() => router.refresh());
    });

  const complain = (error: unknown) => showProblem(say(error), 'agenda');

  const reorder = (itemIds: string[]) =>
    run(
      { type: 'order', itemIds },
      () => api('PUT', `${path}/order`, { agendaVersion: version.current, itemIds }),
      (error) => {
        const conflict = error instanceof ApiError && error.code === 'version_conflict';
        if (!conflict) return complain(error);
        toast.dismiss('agenda');
        // With the refresh that follows, not before it: the order that stands now is what it is compared with.
        startTransition(() => setRefusedOrder(itemIds));
      },
    );

  const move = (item: AgendaItemView, to: number) => {
    const wanted = moveTo(ids, item.id, to);
    if (wanted.join() === ids.join()) return;
    setRefusedOrder(undefined);
    reorder(wanted);
    const position = wanted.indexOf(item.id) + 1;
    undoable('agenda', t('moved', { patient: item.patientName, position, count: ids.length }), () =>
      reorder(ids),
    );
  };

  const patchItem = (itemId: string, body: { plannedMinutes?: number; removed?: boolean }) =>
    api<Confirmed>('PATCH', `${path}/agenda/${itemId}`, body);

  const restore = (item: AgendaItemView, index: number) =>
    run({ type: 'restore', item, index }, () => patchItem(item.id, { removed: false }), complain);

  const remove = (item: AgendaItemView) => {
    const index = ids.indexOf(item.id);
    const sentence = t('removed', { patient: item.patientName });
    // What is another centre's comes back by those who may share it.
    if (item.mayRestore) undoable('agenda', sentence, () => restore(item, index));
    else toast(sentence, { id: 'agenda' });
    run({ type: 'remove', itemId: item.id }, () => patchItem(item.id, { removed: true }), complain);
  };

  const setMinutes = (item: AgendaItemView, plannedMinutes: number) =>
    run(
      { type: 'minutes', itemId: item.id, plannedMinutes },
      () => patchItem(item.id, { plannedMinutes }),
      complain,
    );

  const add = async (caseId: string, patient: string) => {
    try {
      await send(() => api('POST', `${path}/agenda`, { caseId }));
      toast.success(t('added', { patient }), { id: 'agenda' });
      router.refresh();
    } catch (error) {
      complain(error);
    }
  };

  return {
    agenda,
    move,
    remove,
    setMinutes,
    add,
    /** The order that met somebody else's change, brought onto the items that are there now. */
    refusedOrder: refusedOrder && applyChange(agenda, { type: 'order', itemIds: refusedOrder }),
    applyRefused: (itemIds: string[]) => {
      setRefusedOrder(undefined);
      reorder(itemIds);
    },
    dropRefused: () => setRefusedOrder(undefined),
  };
}
