import { render } from 'preact';
import { App } from './app.tsx';
import { Looper } from './link/looper.ts';
import { ServicesContext } from './link/use-page.ts';
import { Listener } from './listen/listener.ts';
import { Ticker } from './time/ticker.ts';
import './page.css';
import './frame/frame.css';
import './frame/beats.css';
import './frame/alarms.css';
import './parts/parts.css';
import './stage/stage.css';
import './stage/pad.css';
import './set/set.css';
import './rig/rig.css';
import './health/health.css';

const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/`;
const looper = new Looper(address);
const listener = new Listener(
  address,
  () => looper.page.now.mirror.state?.rate ?? 48_000,
  (listening) => looper.page.update((page) => ({ ...page, listening })),
);
const ticker = new Ticker(looper);

looper.run();
ticker.run();

const root = document.getElementById('page');
if (root !== null) {
  render(
    <ServicesContext.Provider value={{ looper, ticker, listener }}>
      <App />
    </ServicesContext.Provider>,
    root,
  );
}

// Only for the moment when the box is off: it says so in words of its own, and keeps nothing.
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
