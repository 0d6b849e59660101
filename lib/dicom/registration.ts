import { items, type JsonDataSet, numberValues, textValue } from './display-json.ts';
import { determinant, type Matrix3, nearestRotation, type Rigid, skewness } from './rigid.ts';

export const SPATIAL_REGISTRATION = '1.2.840.10008.5.1.4.1.1.66.1';
export const DEFORMABLE_SPATIAL_REGISTRATION = '1.2.840.10008.5.1.4.1.1.66.3';

/** Why a registration of one frame of reference is not applied. */
export type RegistrationRefusal =
  | 'deformable'
  | 'no_target_frame'
  | 'no_source_frame'
  | 'within_frame'
  | 'no_matrix'
  | 'scales'
  | 'affine'
  | 'unknown_type'
  | 'not_rigid'
  | 'mirrors';

/** One item of the Registration Sequence: how a frame of reference comes into the registered one. */
export type RegisteredFrame = {
  /** Source frame of reference; '' where neither the item nor its images name one. */
  from: string;
  /** Frame of Reference Transformation Comment; '' when not given. */
  comment: string;
  /** Meaning of the Registration Type Code, e.g. "Image Content-based Alignment"; '' when not given. */
  method: string;
} & ({ applied: true; transform: Rigid } | { applied: false; reason: RegistrationRefusal });

export type SpatialRegistration = {
  sopInstanceUid: string;
  seriesUid: string;
  studyUid: string;
  /** Content Label, or Content Description, or Series Description. */
  label: string;
  date: string;
  /** The registered frame of reference: all of `frames` are brought into it. */
  to: string;
  /** Without what says only that the registered frame of reference is itself. */
  frames: RegisteredFrame[];
};

/** A matrix may differ from one that keeps lengths and angles by so much: decimals that were cut off. */
const RIGID_TOLERANCE = 1e-3;
const LAST_ROW_TOLERANCE = 1e-6;

/**
 * A Spatial Registration (PS3.3 A.39.1, C.20.2) from DICOM JSON. Only rigid matrices are applied; whatever else it holds
 * stays in the list with its reason. Deformable ones (A.39.2) are named and never applied.
 * @param frameOf the frame of reference of an image by its SOP Instance UID: an item may name images alone
 */
export function parseRegistration(
  json: JsonDataSet,
  frameOf: (sopInstanceUid: string) => string | undefined = () => undefined,
): SpatialRegistration {
  const to = textValue(json, '00200052');
  const deformable = textValue(json, '00080016') === DEFORMABLE_SPATIAL_REGISTRATION;
  return {
    sopInstanceUid: textValue(json, '00080018'),
    seriesUid: textValue(json, '0020000E'),
    studyUid: textValue(json, '0020000D'),
    label: textValue(json, '00700081') || textValue(json, '00700080') || textValue(json, '0008103E'),
    date: textValue(json, '00080023') || textValue(json, '00080021'),
    to,
    frames: deformable
      ? items(json, '00640002').map((item) => ({
          ...saidOf(item, textValue(item, '00640003') || sourceFrame(item, frameOf)),
          applied: false,
          reason: 'deformable',
        }))
      : items(json, '00700308').flatMap((item) => registeredFrame(item, to, frameOf)),
  };
}

type FrameOf = (sopInstanceUid: string) => string | undefined;

function sourceFrame(item: JsonDataSet, frameOf: FrameOf): string {
  const named = textValue(item, '00200052');
  if (named) return named;
  const frames = new Set(items(item, '00081140').map((image) => frameOf(textValue(image, '00081155')) ?? ''));
  const [only] = frames;
  return frames.size === 1 ? (only ?? '') : '';
}

function saidOf(item: JsonDataSet, from: string) {
  const [registration] = items(item, '00700309');
  return {
    from,
    comment: textValue(registration, '300600C8'),
    method: textValue(items(registration, '0070030D')[0], '00080104'),
  };
}

function registeredFrame(item: JsonDataSet, to: string, frameOf: FrameOf): RegisteredFrame[] {
  const said = saidOf(item, sourceFrame(item, frameOf));
  const no = (reason: RegistrationRefusal): RegisteredFrame[] => [{ ...said, applied: false, reason }];
  const product = productOf(items(items(item, '00700309')[0], '0070030A'));
  if (typeof product === 'string') return no(product);
  if (!to) return no('no_target_frame');
  if (!said.from) return no('no_source_frame');
  // That the registered frame is itself is said by most objects, as an item of its own. A movement within one frame
  // of reference would make two places of one.
  if (said.from === to) return isIdentity(product) ? [] : no('within_frame');
  return [{ ...said, applied: true, transform: product }];
}

/**
 * The product of the matrices in their order (PS3.3 C.20.2.1.1, equation C.20.2-2: the first item is multiplied with the
 * second from the left, so that the last one is applied to the source's points first), or why there is none.
 */
function productOf(matrices: readonly JsonDataSet[]): Rigid | RegistrationRefusal {
  if (matrices.length === 0) return 'no_matrix';
  let product: readonly number[] | null = null;
  for (const item of matrices) {
    const values = numberValues(item, '300600C6');
    if (values?.length !== 16) return 'no_matrix';
    const refused = refusedType(textValue(item, '0070030C'));
    if (refused) return refused;
    product = product ? multiplied(product, values) : values;
  }
  return product ? rigidOf(product) : 'no_matrix';
}

function refusedType(type: string): RegistrationRefusal | null {
  switch (type) {
    case 'RIGID':
      return null;
    case 'RIGID_SCALE':
      return 'scales';
    case 'AFFINE':
      return 'affine';
    default:
      return 'unknown_type';
  }
}

function rigidOf(values: readonly number[]): Rigid | RegistrationRefusal {
  const [a = 0, b = 0, c = 0, x = 0, d = 0, e = 0, f = 0, y = 0, g = 0, h = 0, i = 0, z = 0, ...last] =
    values;
  const matrix: Matrix3 = [a, b, c, d, e, f, g, h, i];
  const isAffine = last.every((value, at) => Math.abs(value - (at === 3 ? 1 : 0)) <= LAST_ROW_TOLERANCE);
  if (!isAffine || skewness(matrix) > RIGID_TOLERANCE) return 'not_rigid';
  if (determinant(matrix) < 0) return 'mirrors';
  return { rotation: nearestRotation(matrix), translation: [x, y, z] };
}

const multiplied = (a: readonly number[], b: readonly number[]): number[] =>
  Array.from({ length: 16 }, (_, at) => {
    const row = at - (at % 4);
    return [0, 1, 2, 3].reduce((sum, k) => sum + (a[row + k] ?? 0) * (b[4 * k + (at % 4)] ?? 0), 0);
  });

function isIdentity({ rotation, translation }: Rigid): boolean {
  const turned = rotation.some((value, at) => Math.abs(value - (at % 4 === 0 ? 1 : 0)) > 1e-6);
  return !turned && translation.every((value) => Math.abs(value) <= 1e-3);
}
