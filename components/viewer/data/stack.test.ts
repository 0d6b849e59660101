import { describe, expect, test } from 'vitest';
import { axialAt, header, stacksOf } from './stack.fixture.ts';
import { toStackImages } from './stack.ts';

const numbers = (headers: Parameters<typeof stacksOf>[0]) =>
  toStackImages('/dicomweb', headers).map((images) => images.map((image) => image.instanceNumber));

describe('order', () => {
  test.each<[string, number[], number[]]>([
    ['numbers and positions that grow together', [0, 3, 6], [1, 2, 3]],
    ['numbers that grow downwards', [6, 3, 0], [1, 2, 3]],
    ['numbers that jump: the position decides, the ends give the direction', [0, 6, 3, 9], [1, 3, 2, 4]],
    ['the same downwards', [9, 3, 6, 0], [1, 3, 2, 4]],
  ])('%s', (_, zs, order) => {
    expect(numbers(axialAt(...zs))).toEqual([order]);
  });

  test('by numbers where no image has a position', () => {
    expect(numbers([header(3, {}), header(1, {}), header(2, {})])).toEqual([[1, 2, 3]]);
  });
});

describe('splitting', () => {
  test('a scout, another orientation and images without a position are stacks of their own; none is lost', () => {
    const headers = [
      header(1, { position: [0, 0, 0], orientation: [0, 1, 0, 0, 0, -1] }),
      header(2, { position: [0, 0, 0] }),
      header(3, { position: [0, 0, 3] }),
      header(4, {}),
      header(5, { position: [0, 0, 6], frameOfReferenceUid: '2.25.2' }),
    ];
    expect(numbers(headers)).toEqual([[1], [2, 3], [4], [5]]);
  });

  test('another matrix does not share a stack', () => {
    const [first, second] = axialAt(0, 3);
    expect(numbers([first ?? {}, { ...second, '00280011': { vr: 'US', Value: [8] } }])).toEqual([[1], [2]]);
  });
});

describe('objects of several frames', () => {
  const frame = (z: number) => ({
    '00209113': { vr: 'SQ', Value: [{ '00200032': { vr: 'DS', Value: [0, 0, z] } }] },
  });
  const shared = {
    '00209116': { vr: 'SQ', Value: [{ '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] } }] },
    '00289110': { vr: 'SQ', Value: [{ '00280030': { vr: 'DS', Value: [2, 1] } }] },
  };

  test('each frame is an image at its own place', () => {
    const enhanced = header(
      1,
      {},
      {
        '00280008': { vr: 'IS', Value: [3] },
        '52009229': { vr: 'SQ', Value: [shared] },
        '52009230': { vr: 'SQ', Value: [frame(0), frame(9), frame(4)] },
      },
    );
    const [images] = toStackImages('/dicomweb', [enhanced]);
    expect(images?.map((image) => [image.frame, image.plane?.origin[2]])).toEqual([
      [1, 0],
      [3, 4],
      [2, 9],
    ]);
    expect(images?.[1]?.imageId).toMatch(/\/frames\/3$/);
    expect(images?.[0]?.plane).toMatchObject({ rowSpacing: 2, columnSpacing: 1 });
  });

  test('frames without a position stay in their order', () => {
    const [images] = toStackImages('/dicomweb', [header(1, {}, { '00280008': { vr: 'IS', Value: [3] } })]);
    expect(images?.map((image) => image.frame)).toEqual([1, 2, 3]);
    expect(images?.every((image) => image.plane === null)).toBe(true);
  });
});

describe('what a stack tells', () => {
  test.each<[string, ReturnType<typeof axialAt>, string[]]>([
    ['nothing odd', axialAt(0, 3, 6), []],
    ['two images at one place', axialAt(0, 3, 3, 6), ['repeated_position', 'uneven_spacing']],
    [
      'so near that a shared position cannot tell them',
      axialAt(0, 3, 3.01, 6),
      ['repeated_position', 'uneven_spacing'],
    ],
    ['a gap', axialAt(0, 3, 9), ['uneven_spacing']],
    ['no position', [header(1, {})], ['no_geometry']],
  ])('%s', (_, headers, warnings) => {
    expect(stacksOf(headers)[0]?.warnings).toEqual(warnings);
  });

  test('colour, by the samples of a pixel', () => {
    const samples = { '00280002': { vr: 'US', Value: [3] } };
    expect(stacksOf([header(1, {}, samples)])[0]?.colour).toBe(true);
    expect(stacksOf(axialAt(0))[0]?.colour).toBe(false);
  });

  test('a PET without the facts for SUV says why; a CT has no such factor', () => {
    const pet = header(1, { position: [0, 0, 0] }, { '00080060': { vr: 'CS', Value: ['PT'] } });
    expect(stacksOf([pet], 'PT')[0]?.suv).toMatchObject({ known: false });
    expect(stacksOf(axialAt(0))[0]?.suv).toBeNull();
  });
});
