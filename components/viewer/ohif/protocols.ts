import type { HangingProtocol } from '@ohif/core';
import { type LayoutId, layouts, type Selector, viewportCells } from './layouts.ts';

/** Viewports of one selector side by side take its best series, its second best…; in planes all take the best. */
function viewports(layout: LayoutId) {
  const cells = viewportCells(layout);
  return cells.map(({ viewportId, series, kind, over }, index) => {
    const before = cells.slice(0, index).filter((one) => one.series === series).length;
    return {
      viewportOptions: { viewportId },
      displaySets: [
        { id: series, matchedDisplaySetsIndex: kind === 'stack' && series === 'best' ? before : 0 },
        ...(over ? [{ id: over, matchedDisplaySetsIndex: 0 }] : []),
      ],
    };
  });
}

const protocol = (id: LayoutId, rule: HangingProtocol['protocolMatchingRules']): HangingProtocol => {
  const used = new Set(viewportCells(id).flatMap((cell) => [cell.series, cell.over]));
  return {
    id,
    protocolMatchingRules: rule,
    displaySetSelectors: Object.fromEntries(
      Object.entries(selectors).filter(([name]) => used.has(name as Selector)),
    ),
    stages: [
      {
        id,
        name: id,
        viewportStructure: {
          layoutType: 'grid',
          properties: { rows: layouts[id].rows, columns: layouts[id].columns },
        },
        viewports: viewports(id),
      },
    ],
  };
};

/** More images weigh more: a scout or a dose report must not be what opens first. */
const long = { attribute: 'imageCount', weight: 5, constraint: { greaterThan: { value: 20 } } };
const some = { attribute: 'imageCount', weight: 1, constraint: { greaterThan: { value: 0 } } };

/** CT before PET before anything else, the longest first. */
const best = {
  seriesMatchingRules: [
    some,
    long,
    { attribute: 'Modality', weight: 4, constraint: { equals: { value: 'CT' } } },
    { attribute: 'Modality', weight: 2, constraint: { equals: { value: 'PT' } } },
    { attribute: 'Modality', weight: 2, constraint: { equals: { value: 'MR' } } },
  ],
};

/** The images that belong to a dose or to contours, as `planned.ts` has it, before all others. */
const planned = {
  seriesMatchingRules: [
    ...best.seriesMatchingRules,
    { attribute: 'planned', weight: 20, constraint: { equals: { value: true } } },
  ],
};

/**
 * What a series is to its comparison, as `priors.ts` has it, or to a PET and what lies under it, as `pet-pair.ts` has
 * it: each of the two is chosen for the other, which scores of their own could not do.
 */
const paired = (attribute: 'comparison' | 'petPair', value: string) => ({
  seriesMatchingRules: [{ attribute, weight: 10, required: true, constraint: { equals: { value } } }],
});

const selectors = {
  best,
  planned,
  base: paired('petPair', 'base'),
  pet: paired('petPair', 'pet'),
  current: paired('comparison', 'current'),
  prior: paired('comparison', 'prior'),
} satisfies Record<Selector, unknown>;

const where = (attribute: string, weight: number): HangingProtocol['protocolMatchingRules'] => [
  { attribute, weight, required: true, constraint: { equals: { value: true } } },
];
/** Chosen by hand alone: nothing is not anything. */
const byHand: HangingProtocol['protocolMatchingRules'] = [
  { attribute: 'isAnything', weight: 0.1, required: true, constraint: { equals: { value: false } } },
];

/**
 * The hanging protocols. By themselves: `petct` where a PET is and a CT or an MR to lie under it, `rt` where a dose is,
 * `mpr` where contours are, `single` everywhere else; the others are chosen by hand.
 */
export const protocols: readonly HangingProtocol[] = [
  protocol('petct', where('hasPetPair', 100)),
  protocol('rt', where('hasDose', 60)),
  protocol('mpr', where('hasStructures', 50)),
  protocol('single', [{ attribute: 'isAnything', weight: 1, constraint: { equals: { value: true } } }]),
  ...(['ct-pt', 'two', 'four', 'prior'] as const).map((id) => protocol(id, byHand)),
];
