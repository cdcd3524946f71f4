import { throttlingIn } from '../../../src/core/health/throttling.ts';
import { wearIn } from '../../../src/core/health/wear.ts';

const none = {
  ...{ underVoltage: false, frequencyCapped: false, throttled: false, softLimit: false },
  ...{ underVoltageSeen: false, throttledSeen: false },
};

test.each([
  ['0', none],
  ['0x0', none],
  ['throttled=0x0\n', none],
  ['50005', { ...none, underVoltage: true, throttled: true, underVoltageSeen: true, throttledSeen: true }],
  ['throttled=0x50000', { ...none, underVoltageSeen: true, throttledSeen: true }],
  ['20002', { ...none, frequencyCapped: true, throttledSeen: true }],
  ['80008', { ...none, softLimit: true, throttledSeen: true }],
  ['F', { ...none, underVoltage: true, frequencyCapped: true, throttled: true, softLimit: true }],
])('what the firmware says of power and heat: %j', (text, throttling) => {
  expect(throttlingIn(text)).toEqual(throttling);
});

test.each(['', 'throttled=', 'VCHI initialization failed', '0x'])('what is no answer: %j', (text) => {
  expect(throttlingIn(text)).toBeUndefined();
});

test.each([
  ['0x01 0x01', '0x01', { lifeUsed: 0.1, reserve: 'normal' }],
  ['0x02 0x0a', '0x02', { lifeUsed: 1, reserve: 'warning' }],
  ['0x0b 0x0b\n', '0x03', { lifeUsed: 1.1, reserve: 'urgent' }],
  ['0x00 0x00', '0x01', { lifeUsed: null, reserve: 'normal' }],
  ['0x03 0xff', undefined, { lifeUsed: 0.3, reserve: 'unknown' }],
  ['0x00 0x00', '0x00', null],
  [undefined, undefined, null],
])('how much of an eMMC is worn: %j %j', (life, reserve, wear) => {
  expect(wearIn(life, reserve)).toEqual(wear);
});
