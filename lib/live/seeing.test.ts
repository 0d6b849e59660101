import { expect, test } from 'vitest';
import type { Participant, Standing, StandingKind } from './protocol.ts';
import { emptyRoom, type RoomModel } from './reducer.ts';
import { seeing, standingShown } from './seeing.ts';
import { plainView } from './view-state.ts';

const participants: Participant[] = ['chair', 'ann', 'bob'].map((personId) => ({
  ...{ personId, displayName: personId, centreCode: 'IGR', specialty: null, role: 'clinician' },
  colour: '#ffd43b',
}));
const nothing: RoomModel = { ...emptyRoom('chair'), currentItemId: 'item', participants };
const view = { layout: 'single', activeViewportId: null, viewports: [], structureSets: [], ...plainView };
const shared: RoomModel = { ...nothing, view: { seq: 1, itemId: 'item', by: 'chair', view } };
const standing = (kind: StandingKind): Standing => ({ personId: 'ann', kind, missing: [] });
const standings = new Map([
  ['ann', standing('with')],
  ['bob', standing('loading')],
]);

test('W11: while nothing is shared for the open case nobody is said to see it', () => {
  expect(standingShown(nothing, standing('with'))).toBeUndefined();
  expect(standingShown({ ...shared, currentItemId: 'other' }, standing('with'))).toBeUndefined();
  expect(standingShown(shared, standing('with'))).toEqual(standing('with'));
  expect(seeing(nothing, standings)).toBeNull();
  expect(seeing(shared, standings)).toEqual({ seeing: 1, all: 2 });
});

test('who is away or has no images is told of as such all the same', () => {
  for (const kind of ['away', 'cannot', 'free', 'older'] as const)
    expect(standingShown(nothing, standing(kind))).toEqual(standing(kind));
  expect(seeing({ ...shared, participants: participants.slice(0, 1) }, standings)).toBeNull();
});
