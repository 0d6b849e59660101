import type { HangingProtocol } from '@ohif/core';

/** Layouts by name; the names are part of the shared view. */
export const layouts = {
  single: { rows: 1, columns: 1 },
  'ct-pt': { rows: 1, columns: 2 },
  two: { rows: 1, columns: 2 },
  four: { rows: 2, columns: 2 },
} as const;
export type LayoutId = keyof typeof layouts;
export const isLayoutId = (value: string): value is LayoutId => Object.hasOwn(layouts, value);

const viewports = (selectors: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) => ({
    viewportOptions: { viewportId: `v${index + 1}` },
    displaySets: [
      {
        id: selectors[index] ?? selectors[0] ?? 'best',
        matchedDisplaySetsIndex: selectors.length > 1 ? 0 : index,
      },
    ],
  }));

const protocol = (
  id: LayoutId,
  selectors: HangingProtocol['displaySetSelectors'],
  rule: HangingProtocol['protocolMatchingRules'],
): HangingProtocol => ({
  id,
  protocolMatchingRules: rule,
  displaySetSelectors: selectors,
  stages: [
    {
      id,
      name: id,
      viewportStructure: { layoutType: 'grid', properties: layouts[id] },
      viewports: viewports(Object.keys(selectors), layouts[id].rows * layouts[id].columns),
    },
  ],
});

const modality = (value: string, weight = 10) => ({
  attribute: 'Modality',
  weight,
  required: true,
  constraint: { equals: { value } },
});
/** More images weigh more: a scout or a dose report must not be what opens first. */
const long = { attribute: 'imageCount', weight: 5, constraint: { greaterThan: { value: 20 } } };
const some = { attribute: 'imageCount', weight: 1, constraint: { greaterThan: { value: 0 } } };
const attenuationCorrected = {
  attribute: 'quantitative',
  weight: 4,
  constraint: { equals: { value: true } },
};

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

/**
 * The hanging protocols. `ct-pt` is chosen by itself where a CT and a PET of more than a few images are there,
 * `single` everywhere else; `two` and `four` are chosen by hand.
 */
export const protocols: readonly HangingProtocol[] = [
  protocol(
    'ct-pt',
    {
      ct: { seriesMatchingRules: [modality('CT'), some, long] },
      pt: { seriesMatchingRules: [modality('PT'), some, long, attenuationCorrected] },
    },
    [{ attribute: 'hasCtAndPt', weight: 100, required: true, constraint: { equals: { value: true } } }],
  ),
  protocol('single', { best }, [
    { attribute: 'isAnything', weight: 1, constraint: { equals: { value: true } } },
  ]),
  protocol('two', { best }, [
    { attribute: 'isAnything', weight: 0.1, required: true, constraint: { equals: { value: false } } },
  ]),
  protocol('four', { best }, [
    { attribute: 'isAnything', weight: 0.1, required: true, constraint: { equals: { value: false } } },
  ]),
];
