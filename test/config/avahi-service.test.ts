import { readFileSync } from 'node:fs';
import { loadConfig } from '../../src/config/load.ts';
import { inRepository } from './files.ts';

test('what the network is told of the page is where the page is, as long as nobody sets it elsewhere', () => {
  const service = readFileSync(inRepository('systemd/avahi/hindsight.service'), 'utf8');
  const { port, tls } = loadConfig(undefined).web;
  expect(service).toMatch(`<port>${port}</port>`);
  expect(service).toMatch(`<type>_${tls === null ? 'http' : 'https'}._tcp</type>`);
  expect(service).toMatch('<txt-record>path=/</txt-record>');
});
