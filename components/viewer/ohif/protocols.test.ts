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

test('several viewports of one selector take different series; CT and PET each take their best', () => {
  const indexes = (id: string) =>
    protocols
      .find((protocol) => protocol.id === id)
      ?.stages[0]?.viewports.map((one) => one.displaySets[0]?.matchedDisplaySetsIndex);
  expect(indexes('four')).toEqual([0, 1, 2, 3]);
  expect(indexes('ct-pt')).toEqual([0, 0]);
});

test('the three planes of a review are of one series, and PET lies over CT', () => {
  const shown = (id: string) =>
    protocols
      .find((protocol) => protocol.id === id)
      ?.stages[0]?.viewports.map((one) => one.displaySets.map((set) => set.id).join('+'));
  expect(shown('mpr')).toEqual(['best', 'best', 'best']);
  expect(shown('petct')).toEqual(['ct+pt', 'ct', 'pt', 'pt']);
});

test('a layout is offered where there is something for each of its places', () => {
  expect(canHang('petct', new Set(['CT', 'PT']))).toBe(true);
  expect(canHang('petct', new Set(['CT', 'RTSTRUCT']))).toBe(false);
  expect(canHang('mpr', new Set(['MR']))).toBe(true);
  expect(canHang('rt', new Set(['CT', 'RTSTRUCT']))).toBe(false);
  expect(canHang('rt', new Set(['CT', 'RTSTRUCT', 'RTDOSE']))).toBe(true);
  expect(canHang('prior', new Set(['CT']))).toBe(false);
  expect(canHang('prior', new Set(['CT']), true)).toBe(true);
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
