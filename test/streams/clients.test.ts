import { promptly } from '../fakes/engine-answers.ts';
import { FakeClient } from '../fakes/fake-client.ts';
import { running } from './running.ts';

const joinedBy = (...clients: readonly FakeClient[]) => {
  const rig = running(promptly, { latencyFrames: 480 });
  for (const client of clients) rig.session.registerClient(client);
  for (const client of clients) client.told.length = 0;
  return rig;
};

const beat = { type: 'beat', frame: 216_000, bar: 2, beat: 1 } as const;

describe('a front end', () => {
  test('is told how things are when it comes', () => {
    const { session } = running(promptly, { latencyFrames: 480, tracks: 2 });
    session.requestRecording(2, 1);
    const client = new FakeClient();
    session.registerClient(client);
    expect(client.told).toEqual([
      ['bpm', 120],
      ['clickVolume', 0],
      ['latency', 0.01],
      [
        'tracks',
        [
          { id: 1, startSeconds: null, endSeconds: null, state: 'EMPTY' },
          { id: 2, startSeconds: 2, endSeconds: 4, state: 'PLAYING' },
        ],
      ],
    ]);
  });

  test('hears of another tempo and another volume of the click', () => {
    const client = new FakeClient();
    const { session } = joinedBy(client);
    session.setBpm(97.5);
    session.command({ type: 'setClickVolume', volume: 0.25 });
    session.command({ type: 'setBpm', bpm: 0 });
    expect(client.told).toEqual([
      ['bpm', 97.5],
      ['clickVolume', 0.25],
    ]);
  });

  test('sees every state of a track, one after the other', () => {
    const client = new FakeClient();
    const { session } = joinedBy(client);
    session.requestRecording(1, 1);
    session.stopPlaying(1);
    session.startPlaying(1);
    session.reset();
    expect(client.statesOf(1)).toEqual([
      'TRIGGERED',
      'RECORDING',
      'PLAYING',
      'STOPPING',
      'STOPPED',
      'TRIGGERED',
      'PLAYING',
      'EMPTY',
    ]);
  });

  test('hears the beats from 1, and nothing of the offbeats', () => {
    const client = new FakeClient();
    const { audio } = joinedBy(client);
    audio.triggerFact({ ...beat, beat: 0 });
    audio.triggerFact({ type: 'offbeat', frame: 228_000 });
    audio.triggerFact(beat);
    expect(client.told).toEqual([
      ['beat', 1],
      ['beat', 2],
    ]);
  });

  test('is told of a new latency in seconds', () => {
    const client = new FakeClient();
    const { session } = joinedBy(client);
    session.command({ type: 'setLatency', frames: 960 });
    session.command({ type: 'setLatency', frames: 960 });
    expect(client.told).toEqual([['latency', 0.02]]);
  });

  test('is not told of what moves no track', () => {
    const client = new FakeClient();
    const { session } = joinedBy(client);
    session.setBpm(0);
    session.command({ type: 'muteClick' });
    expect(client.told).toEqual([]);
  });

  test('gets what is sent to all', () => {
    const client = new FakeClient();
    const { session } = joinedBy(client);
    const diagram = { succeeded: true, png: new Uint8Array([1]) };
    session.sendTracksUpdate();
    session.sendLatencyUpdate();
    session.sendCalibrationDiagram(diagram);
    expect(client.told.map(([kind]) => kind)).toEqual(['tracks', 'latency', 'diagram']);
    expect(client.of('diagram')).toEqual([diagram]);
  });

  test('that is let go of hears nothing more', () => {
    const { session, audio } = running(promptly);
    const client = new FakeClient();
    const leave = session.registerClient(client);
    client.told.length = 0;
    leave();
    leave();
    audio.triggerFact(beat);
    session.sendTracksUpdate();
    expect(client.told).toEqual([]);
  });

  test('may give a command from within a call', () => {
    const { session, audio } = running(promptly);
    class Eager extends FakeClient {
      override beat(count: number): void {
        super.beat(count);
        session.requestRecording(count, 1);
      }
    }
    const client = new Eager();
    session.registerClient(client);
    audio.triggerFact(beat);
    expect(session.state.tracks[1]?.state).toBe('PLAYING');
    expect(client.statesOf(2).slice(1)).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
  });
});

describe('many front ends', () => {
  test('are all told the same', () => {
    const clients = [new FakeClient(), new FakeClient(), new FakeClient()];
    const { session, audio } = joinedBy(...clients);
    session.requestRecording(1, 1);
    audio.triggerFact(beat);
    const [first, ...others] = clients.map(({ told }) => told);
    expect(first).toHaveLength(4);
    for (const other of others) expect(other).toEqual(first);
  });

  test.each([0, 1, 2])(
    'of which number %d fails: it is let go of at once, the others and the session go on',
    (failing) => {
      const clients = [new FakeClient(), new FakeClient(), new FakeClient()];
      const { session, audio } = joinedBy(...clients);
      const bad = clients[failing];
      if (bad === undefined) throw new Error('no such client');
      bad.gone = true;
      audio.triggerFact(beat);
      session.requestRecording(1, 1);
      audio.triggerFact(beat);
      expect(bad.told).toHaveLength(1);
      for (const client of clients) {
        if (client !== bad)
          expect(client.told.map(([kind]) => kind)).toEqual(['beat', 'tracks', 'tracks', 'tracks', 'beat']);
      }
      expect(session.state.tracks[0]?.state).toBe('PLAYING');
    },
  );

  test('of which one fails as it comes: it is not told again', () => {
    const { session, audio } = running(promptly);
    const client = new FakeClient();
    client.gone = true;
    session.registerClient(client);
    audio.triggerFact(beat);
    expect(client.told).toHaveLength(1);
  });
});
