import { expect, test } from 'vitest';
import { isLayoutId, layouts, protocols } from './protocols.ts';

test('every layout has its protocol, of one stage with as many viewports as places', () => {
  expect(protocols.map((protocol) => protocol.id).sort()).toEqual(Object.keys(layouts).sort());
  for (const protocol of protocols) {
    const { rows, columns } = layouts[protocol.id as keyof typeof layouts];
    const ids = protocol.stages.flatMap((stage) =>
      stage.viewports.map((one) => one.viewportOptions.viewportId),
    );
    expect(ids).toEqual(Array.from({ length: rows * columns }, (_, index) => `v${index + 1}`));
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

test('a name that is no layout of ours is none', () => {
  expect(['single', 'ct-pt', 'toString', 'mpr', ''].map(isLayoutId)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
