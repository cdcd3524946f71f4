import { scenes } from './scene.ts';
import { loopOf, playing, rate, stateOf, trackOf } from './scripted-session.ts';

const open = scenes();

describe('a pad', () => {
  test('stomps on the press and not on the release, with the frame that was heard then', async () => {
    const { page, looper, pad, commands, until } = await open(stateOf(8));
    await page.waitForTimeout(400);
    const box = await pad(3).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 60);
    const before = looper.frame;
    await page.mouse.down();
    await until(() => commands().length === 1);
    const [{ command, frame } = { command: undefined, frame: undefined }] = commands();
    expect(command).toEqual({ type: 'stomp', track: 3 });
    expect(frame).toBeGreaterThan(before - 0.15 * rate);
    expect(frame).toBeLessThanOrEqual(looper.frame);
    await page.mouse.up();
    await page.waitForTimeout(100);
    expect(commands()).toHaveLength(1);
    await page.getByRole('button', { name: /^Track 3, playing, \d bars? left of 4$/ }).waitFor();
    await page.getByText('Undo capture').waitFor();
  });

  test('held for 0.6 s clears, and undo says so', async () => {
    const { page, pad, commands, asked, until } = await open(playing(8));
    await pad(2).dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
    await until(() => commands().length === 2);
    await pad(2).dispatchEvent('pointerup', { button: 0, pointerId: 1 });
    expect(asked()).toEqual([
      { type: 'stomp', track: 2 },
      { type: 'clear', track: 2 },
    ]);
    await page.getByText('Undo clear').waitFor();
  });

  test('is pressed by a finger, by Enter, by a number key, and by a screen reader that only clicks: once each', async () => {
    const { page, pad, commands, asked, until } = await open(stateOf(8));
    await pad(1).tap();
    await pad(2).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('3');
    await pad(4).evaluate((button: HTMLElement) => button.click());
    await until(() => commands().length >= 4);
    await page.waitForTimeout(800);
    expect(asked()).toEqual([1, 2, 3, 4].map((track) => ({ type: 'stomp', track })));
  });

  test.each(['finger', 'key'])('that was held by a %s is pressed by the click that comes next', async (by) => {
    const { page, pad, commands, asked, until } = await open(playing(8));
    if (by === 'key') {
      await pad(2).focus();
      await page.keyboard.down('Enter');
    } else {
      await pad(2).dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
    }
    await until(() => commands().length === 2);
    if (by === 'key') await page.keyboard.up('Enter');
    else await pad(2).dispatchEvent('pointercancel', { pointerId: 1 });
    // A finger's own click would have come by then.
    await page.waitForTimeout(1200);
    await pad(2).evaluate((button: HTMLElement) => button.click());
    await until(() => commands().length === 3);
    expect(asked().map(({ type }) => type)).toEqual(['stomp', 'clear', 'stomp']);
  });

  test('that a mouse holds is not stomped by the click that ends the hold', async () => {
    const { page, pad, commands, asked, until } = await open(playing(8));
    const box = await pad(3).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 60);
    await page.mouse.down();
    await until(() => commands().length === 2);
    await page.mouse.up();
    await page.waitForTimeout(200);
    expect(asked().map(({ type }) => type)).toEqual(['stomp', 'clear']);
  });

  test('tells bars left, ring and playhead as they are heard', async () => {
    const { page, looper } = await open(playing(8));
    const first = page.locator('.pad').first();
    const passFrames = 16 * (rate / 2);
    for (let look = 0; look < 5; look += 1) {
      const before = looper.frame;
      const { count, share } = await first.evaluate(async (pad) => {
        // Animations are as far as they were in the last picture, which may be a while ago where the browser had to wait.
        await new Promise(requestAnimationFrame);
        const [playhead] = pad.querySelector('.playhead')?.getAnimations() ?? [];
        return {
          count: Number(pad.querySelector('.pad-count b')?.textContent),
          share: playhead?.effect?.getComputedTiming().progress ?? -1,
        };
      });
      const frames = [before - rate / 5, looper.frame].map((frame) => (frame + passFrames) % passFrames);
      expect(frames.map((frame) => 4 - Math.floor((4 * frame) / passFrames))).toContain(count);
      const late = ((looper.frame - share * passFrames + 1.5 * passFrames) % passFrames) - passFrames / 2;
      expect(Math.abs(late - (looper.frame - before) / 2) / rate).toBeLessThan(0.15 + (looper.frame - before) / rate);
      await page.waitForTimeout(700);
    }
    const running = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(running).toBeGreaterThanOrEqual(8 * 3 + 1);
  });

  test('blinks for nobody who asks for less motion', async () => {
    const waits = stateOf(8, { tracks: [trackOf(1, 'TRIGGERED', loopOf(1, 16, { passBeat: 4000 }), 'start')] });
    const { page } = await open(waits, { reducedMotion: 'reduce' });
    const seen = new Set<boolean>();
    for (let look = 0; look < 12; look += 1) {
      seen.add(await page.locator('.pad').evaluate((element) => element.classList.contains('lit')));
      await page.waitForTimeout(90);
    }
    expect([...seen]).toEqual([true]);
  });
});
