import { expect, test } from 'vitest';
import type { Participant } from '@/lib/live/protocol.ts';
import { emptyRoom } from '@/lib/live/reducer.ts';
import { mayShow } from './may-show.ts';

const person = (personId: string): Participant => ({
  personId,
  displayName: personId,
  centreCode: 'IGR',
  specialty: null,
  role: 'clinician',
  colour: '#fff',
});

test('control is offered to who is there, may have it and has images', () => {
  const room = {
    ...emptyRoom('chair', 1),
    participants: ['chair', 'observer', 'ann', 'bob', 'phone'].map(person),
    observers: ['observer'],
  };
  const standings = new Map([['phone', { missing: ['no_images' as const] }]]);
  expect(mayShow(room, 'chair', standings).map(({ personId }) => personId)).toEqual(['ann', 'bob']);
});
