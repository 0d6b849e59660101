import type { Annotating } from '@/components/viewer/contract.ts';
import type { Annotation } from '@/lib/live/annotations.ts';

const nowhere = async () => undefined;

/** What was drawn for everybody at some moment, under its authors' names: nobody changes it any more. */
export function lookedAtOnly(
  annotations: readonly Annotation[],
  colourOf: (personId: string) => string | undefined = () => undefined,
): Annotating {
  return {
    draws: 'view',
    list: annotations.map(({ by, author, drawn }) => ({
      drawn,
      name: author.name,
      colour: colourOf(by) ?? author.colour,
      mine: false,
      leads: false,
    })),
    put: nowhere,
    remove: nowhere,
  };
}
