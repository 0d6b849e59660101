import { expect, test } from 'vitest';
import { AllHands, type HandEvent, type Hands } from './hands.ts';

const own: Hands = { id: 'own', down: () => false };
const at = (x: number) => ({ point: [x, 0] }) as unknown as HandEvent;

function taking() {
  const told: string[] = [];
  const hands = new AllHands(own);
  hands.add({
    id: 'taking',
    down: (on) => told.push(`down ${on.point[0]}`) > 0,
    move: (on) => told.push(`move ${on.point[0]}`),
    up: (on) => told.push(`up ${on.point[0]}`),
    hover: (on) => told.push(`hover ${on?.point[0]}`),
  });
  return { hands, told };
}

test('a gesture that the browser takes away ends where it was last, and nothing stays in hand', () => {
  const { hands, told } = taking();
  hands.down(at(1));
  hands.move(at(2));
  hands.cancel();
  expect(told).toEqual(['down 1', 'move 2', 'up 2']);
  expect(hands.move(at(3))).toBe(false);
  expect(told.at(-1)).toBe('hover 3');
});

test('one that nobody took, or that was lifted already, is no gesture', () => {
  const { hands, told } = taking();
  hands.cancel();
  hands.down(at(1));
  hands.up(at(2));
  hands.cancel();
  expect(told).toEqual(['down 1', 'up 2']);
});
