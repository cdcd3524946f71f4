import { configSchemaFor } from '../../src/config/schema.ts';
import { sessionSettings } from '../../src/config/session-settings.ts';

const latencyOf = (audio: Readonly<Record<string, unknown>>) =>
  sessionSettings(configSchemaFor(undefined).parse({ audio }), 48_000).latencyFrames;

test('a latency that is not set is none until one is known', () => {
  expect([latencyOf({}), latencyOf({ latencyFrames: null })]).toEqual([0, 0]);
});

test('a latency that is set holds, none at all too', () => {
  expect([latencyOf({ latencyFrames: 480 }), latencyOf({ latencyFrames: 0 })]).toEqual([480, 0]);
});
