/**
 * Keeps nothing: what is shown comes from the looper or not at all. It only speaks in place of the browser's error page when an installed page is
 * opened while the box is off, and looks again every few seconds.
 */
const words = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="4"><title>Hindsight</title>
<style>html{background:#07090c;color:#eef3f8;font:600 22px/1.5 system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;margin:0 28px}
h1{font-size:34px;line-height:1.2}p{color:#8fa0b3}a{color:#2fe07c}</style>
<h1>The looper does not answer.</h1><p>Is the box on, and is this phone in its network?</p><p>This page looks again every four seconds, or <a href="/">now</a>.</p></html>`;

const box = /** @type {any} */ (self);
box.addEventListener('install', () => box.skipWaiting());
box.addEventListener('activate', (event) => event.waitUntil(box.clients.claim()));
box.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  const sorry = () => new Response(words, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
  event.respondWith(fetch(event.request).catch(sorry));
});
