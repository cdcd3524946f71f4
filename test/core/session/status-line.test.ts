import { type ServiceStatus, statusLine } from '../../../src/core/session/status-line.ts';

const well: ServiceStatus = {
  set: 'Song one',
  loops: 3,
  interface: 'Scarlett 2i2',
  waitsFor: undefined,
  controllers: ['Launchpad Mini MK3', 'FCB1010'],
  warnings: [],
};

test.each<[string, Partial<ServiceStatus>, string]>([
  ['all is well', {}, 'Sound: Scarlett 2i2; set: Song one, 3 loops; controllers: Launchpad Mini MK3, FCB1010'],
  [
    'nothing is there yet',
    { set: null, loops: 0, interface: undefined, waitsFor: 'none is plugged in', controllers: [] },
    'Waiting for the interface: none is plugged in; set: without a name, 0 loops; no controller',
  ],
  [
    'an interface that is gone is waited for, whatever it was called',
    { waitsFor: 'Scarlett 2i2 is gone', loops: 1 },
    'Waiting for the interface: Scarlett 2i2 is gone; set: Song one, 1 loop; controllers: Launchpad Mini MK3, FCB1010',
  ],
  [
    'what is wrong comes first',
    { warnings: ['the processor is hot', 'the disk is full'], controllers: [] },
    'Warning: the processor is hot; Warning: the disk is full; Sound: Scarlett 2i2; set: Song one, 3 loops; no controller',
  ],
])('%s', (_, change, line) => {
  expect(statusLine({ ...well, ...change })).toBe(line);
});
