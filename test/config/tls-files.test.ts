import { tlsFiles } from '../../src/config/tls-files.ts';

test.each([
  [null, null],
  [
    { cert: '~/cert.pem', key: '/etc/key.pem' },
    { cert: '/home/ann/cert.pem', key: '/etc/key.pem' },
  ],
])('%j is %j in the home of who runs the looper', (tls, files) => {
  expect(tlsFiles({ tls }, '/home/ann')).toEqual(files);
});
