import type { DataSet, Element } from 'dicom-parser';

/** Text (several values joined by `\` or as a list), numbers, bytes as they are, or the items of a sequence. */
export type NewValue = string | number | readonly (string | number)[] | Uint8Array | readonly NewItem[];
/** `tag` is `xggggeeee`. */
export type NewElement = { tag: string; vr: string; value: NewValue };
export type NewItem = { elements: readonly NewElement[] };

/** What an edit function sees of an element that is there. */
export type ElementView = {
  tag: string;
  /** As written, or PS3.6's for implicit VR; UN when neither says. */
  vr: string;
  /** Tags of the sequences around it, outermost first. */
  path: readonly string[];
  /** The value's bytes as they lie in the file. */
  bytes: Uint8Array;
  /** Decoded under the character set that holds here, without padding. */
  text(): string;
  /** The data set or item that it stands in. */
  dataSet: DataSet;
  element: Element;
};

/** Keep it (a sequence's items are asked one by one), remove it, or give it another value. */
export type Edit = 'keep' | 'remove' | { value: NewValue; vr?: string };

export type Edits = {
  /** Asked once for every element but group lengths, delimiters, Specific Character Set and the pixel data. */
  element?: (view: ElementView) => Edit;
  /**
   * Elements to add, asked once for every data set and item; an element of the same tag is replaced. `path` is empty
   * for the object itself.
   */
  add?: (dataSet: DataSet, path: readonly string[]) => readonly NewElement[];
};
