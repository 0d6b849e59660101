import { expect, test } from 'vitest';
import { canHang, isLayoutId, type LayoutId, layouts, viewportCells } from './layouts.ts';
import { protocols } from './protocols.ts';

test('every layout has its protocol, of one stage with as many viewports as places', () => {
  expect(protocols.map((protocol) => protocol.id).sort()).toEqual(Object.keys(layouts).sort());
  for (const protocol of protocols) {
    const cells = viewportCells(protocol.id as LayoutId);
    const ids = protocol.stages.flatMap((stage) =>
      stage.viewports.map((one) => one.viewportOptions.viewportId),
    );
    expect(ids).toEqual(cells.map((_, index) => `v${index + 1}`));
  }
});

test('every viewport names a selector that is there', () => {
  for (const protocol of protocols) {
    for (const { displaySets } of protocol.stages.flatMap((stage) => stage.viewports)) {
      for (const { id } of displaySets) expect(protocol.displaySetSelectors).toHaveProperty(id);
    }
  }
});

test('several viewports of one selector take different series; a PET and what lies under it are one each', () => {
  const indexes = (id: string) =>
    protocols
      .find((protocol) => protocol.id === id)
      ?.stages[0]?.viewports.map((one) => one.displaySets[0]?.matchedDisplaySetsIndex);
  expect(indexes('four')).toEqual([0, 1, 2, 3]);
  expect(indexes('ct-pt')).toEqual([0, 0]);
});

test('the three planes of a review are of one series, and a PET lies over its CT or MR', () => {
  const shown = (id: string) =>
    protocols
      .find((protocol) => protocol.id === id)
      ?.stages[0]?.viewports.map((one) => one.displaySets.map((set) => set.id).join('+'));
  expect(shown('mpr')).toEqual(['planned', 'planned', 'planned']);
  expect(shown('petct')).toEqual(['base+pet', 'base', 'pet', 'pet']);
});

test('a layout is offered where there is something for each of its places', () => {
  const none = { dose: false, prior: false, petPair: false };
  expect(canHang('petct', { ...none, petPair: true })).toBe(true);
  expect(canHang('petct', none)).toBe(false);
  expect(canHang('mpr', none)).toBe(true);
  expect(canHang('rt', none)).toBe(false);
  expect(canHang('rt', { ...none, dose: true })).toBe(true);
  expect(canHang('prior', none)).toBe(false);
  expect(canHang('prior', { ...none, prior: true })).toBe(true);
});

test('a name that is no layout of ours is none', () => {
  expect(['single', 'ct-pt', 'toString', 'planes', ''].map(isLayoutId)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
