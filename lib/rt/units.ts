/** Numbers that cross modules carry their unit in their type; a bare number does not pass for one of them. */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Millimetres. */
export type Mm = Branded<'mm'>;
/** Absorbed dose in gray. */
export type Gy = Branded<'Gy'>;
/** Cubic centimetres. */
export type Cc = Branded<'cc'>;

export const mm = (value: number): Mm => value as Mm;
export const gy = (value: number): Gy => value as Gy;
export const cc = (value: number): Cc => value as Cc;
export const ccFromMm3 = (cubicMillimetres: number): Cc => (cubicMillimetres / 1000) as Cc;
