import { type JsonDataSet, textValue } from './display-json.ts';

/**
 * Whether a grey image asks for its lowest values to be white: MONOCHROME1 (PS3.3 C.7.6.3.1.2), or an output that is to
 * be turned round before it is P-Values (Presentation LUT Shape INVERSE, PS3.3 C.8.11.3).
 */
export const isWhiteLow = (header: JsonDataSet | undefined): boolean =>
  textValue(header, '00280004').toUpperCase() === 'MONOCHROME1' ||
  textValue(header, '20500020').toUpperCase() === 'INVERSE';
