/** For ROIs and segments without a colour: told apart by eye and by colour-blind eyes (Okabe and Ito 2008). */
const COLOURS = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'];

/** The colour of the one at that place in its set, counted from 0. */
export const colourAt = (index: number): string => COLOURS[index % COLOURS.length] ?? '#e69f00';
