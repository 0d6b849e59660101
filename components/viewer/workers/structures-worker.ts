import { answers } from './structures-answers.ts';
import type { Kind, Question } from './structures-messages.ts';

type Asked = { [K in Kind]: { id: number; question: Question<K> } }[Kind];

self.onmessage = ({ data: { id, question } }: MessageEvent<Asked>) => {
  try {
    const answer = answers[question.kind](question as never);
    self.postMessage({ id, answer });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
