import { CrosshairHands } from './crosshair-hands.ts';
import { FusionActs } from './fusion-acts.ts';
import type { Hands } from './hands.ts';
import { TurnHands } from './turn-hands.ts';

type Where = ConstructorParameters<typeof FusionActs>[0] &
  ConstructorParameters<typeof CrosshairHands>[0] &
  ConstructorParameters<typeof TurnHands>[0] & { addHands(hands: Hands): () => void };

/** Gives an open case the hands that move through space: fusion, crosshair, projections that turn. */
export function startSpatial(stage: Where): FusionActs {
  const fusion = new FusionActs(stage);
  for (const hands of [fusion, new CrosshairHands(stage), new TurnHands(stage)]) stage.addHands(hands);
  return fusion;
}
