import type { Hands } from './hands.ts';
import type { Layer, LayerOrder } from './layers.ts';
import { MeasureHands } from './measure-hands.ts';
import { measureLayer } from './measure-layer.ts';
import { Measuring, type MeasuringStage } from './measuring.ts';

type Where = MeasuringStage & {
  addLayer(layer: Layer, order: LayerOrder): () => void;
  addHands(hands: Hands): () => void;
};

/** Measuring on a stage: what is measured, the layer that draws it, the hands that make it. */
export function startMeasuring(stage: Where): Measuring {
  const measuring = new Measuring(stage);
  stage.addLayer(measureLayer(measuring), 'measurements');
  stage.addHands(new MeasureHands(measuring));
  return measuring;
}
