/** As the shared view's state names them. */
export type ColourTable = 'grey' | 'inverse' | 'hot_iron' | 'pet' | 'rainbow';

/** Entries that grow evenly: [first value, step, how many]. */
type Ramp = readonly [number, number, number];

/** PS3.6 B.1.1, Hot Iron (1.2.840.10008.1.5.1). */
const HOT_IRON: readonly (readonly Ramp[])[] = [
  [
    [0, 2, 128],
    [255, 0, 128],
  ],
  [
    [0, 0, 128],
    [0, 2, 127],
    [255, 0, 1],
  ],
  [
    [0, 0, 192],
    [4, 4, 63],
    [255, 0, 1],
  ],
];

/** PS3.6 B.1.2, PET (1.2.840.10008.1.5.2). */
const PET: readonly (readonly Ramp[])[] = [
  [
    [0, 0, 64],
    [1, 2, 43],
    [86, 2, 43],
    [171, 2, 43],
    [255, 0, 63],
  ],
  [
    [0, 2, 32],
    [65, 2, 31],
    [128, -2, 33],
    [63, -2, 32],
    [0, 2, 127],
    [255, 0, 1],
  ],
  [
    [0, 0, 1],
    [1, 2, 128],
    [252, -4, 64],
    [4, 4, 20],
    [85, 4, 21],
    [170, 4, 21],
    [255, 0, 1],
  ],
];

/** Corners of the rainbow: entry, red, green, blue. From black at once into blue, so that least is seen as least. */
const RAINBOW = [
  [0, 0, 0, 0],
  [32, 0, 0, 255],
  [88, 0, 255, 255],
  [144, 0, 255, 0],
  [200, 255, 255, 0],
  [255, 255, 0, 0],
] as const;

const tables = new Map<ColourTable, Uint8ClampedArray>();

/** A table of 256 colours: red, green, blue, 0..255, of entry 0, then of entry 1… Not to be written to. */
export function colourTable(id: ColourTable): Uint8ClampedArray {
  const known = tables.get(id);
  if (known) return known;
  const made = make(id);
  tables.set(id, made);
  return made;
}

function make(id: ColourTable): Uint8ClampedArray {
  switch (id) {
    case 'grey':
      return each((entry) => [entry, entry, entry]);
    case 'inverse':
      return each((entry) => [255 - entry, 255 - entry, 255 - entry]);
    case 'hot_iron':
      return ofRamps(HOT_IRON);
    case 'pet':
      return ofRamps(PET);
    case 'rainbow':
      return each(rainbow);
  }
}

const each = (colour: (entry: number) => readonly number[]): Uint8ClampedArray =>
  Uint8ClampedArray.from(Array.from({ length: 256 }, (_, entry) => colour(entry)).flat());

function ofRamps(channels: readonly (readonly Ramp[])[]): Uint8ClampedArray {
  const values = channels.map((ramps) =>
    ramps.flatMap(([first, step, count]) =>
      Array.from({ length: count }, (_, index) => first + index * step),
    ),
  );
  return each((entry) => values.map((channel) => channel[entry] ?? 0));
}

function rainbow(entry: number): number[] {
  const next = Math.max(
    1,
    RAINBOW.findIndex(([at]) => at >= entry),
  );
  const [to, ...after] = RAINBOW[next] ?? RAINBOW[1];
  const [from, ...before] = RAINBOW[next - 1] ?? RAINBOW[0];
  const part = (entry - from) / (to - from);
  return before.map((value, channel) => Math.round(value + part * ((after[channel] ?? 0) - value)));
}
