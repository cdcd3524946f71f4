import { checkMemory } from '../../src/compose/check-memory.ts';

const machine = 4096 * 2 ** 20;

test('a budget of three quarters of the machine can be had', () => {
  expect(() => checkMemory({ memory: { budgetMb: 3072 } }, machine)).not.toThrow();
});

test('a greater one is refused, with what can be had', () => {
  expect(() => checkMemory({ memory: { budgetMb: 3073 } }, machine)).toThrow(
    'memory.budgetMb: 3073 MB cannot be had on this machine; write at most 3072',
  );
});
