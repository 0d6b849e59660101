import type { LayoutId } from '../ohif/layouts.ts';

/** The picture that the viewer will show first, in the image's own pixels, and the layout it will be the first of. */
export type FirstLook = { picture: HTMLCanvasElement; layout: LayoutId };
