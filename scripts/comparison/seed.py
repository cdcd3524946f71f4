"""Times the mixing callback of backlooper_backend, none of whose code is here: seed.py CHECKOUT FRAMES RATE TRACKS CALLS

Calls it by hand as PortAudio would, with loops of a bar on all tracks, and prints microseconds, one a line. What the callback does not use but its
module imports is stood in for where it is not installed: PortAudio's binding, and what reads the click from a file.
"""

import importlib.util
import logging
import sys
import time
import types
import wave

import numpy

checkout, frames, rate, tracks, calls = sys.argv[1], *map(int, sys.argv[2:])
bar = 2 * rate


def is_missing(name):
    return importlib.util.find_spec(name) is None


def read_wave(path):
    with wave.open(path) as file:
        samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype=numpy.int16)
        return file.getframerate(), samples.reshape(-1, file.getnchannels())


if is_missing('sounddevice'):
    sys.modules['sounddevice'] = types.SimpleNamespace(Stream=None, sleep=None, query_devices=None)
if is_missing('scipy'):
    sys.modules['scipy'] = types.ModuleType('scipy')
    sys.modules['scipy.io'] = types.SimpleNamespace(wavfile=types.SimpleNamespace(read=read_wave))

sys.path.insert(0, f'{checkout}/src')
from backlooper import config  # noqa: E402

# As many as those that it is held against have; read when its sound is imported.
config.NUMBER_OF_TRACKS = tracks
from backlooper.audio import AudioStream  # noqa: E402

stream = AudioStream(block_size=frames, sample_rate=rate)
stream._logger = logging.getLogger('seed')
stream._logger.setLevel(logging.CRITICAL)
# Times of a driver that tells none.
moment = types.SimpleNamespace(inputBufferAdcTime=0, outputBufferDacTime=0)
played = numpy.random.default_rng(1).uniform(-0.02, 0.02, (frames, 2))
mixed = numpy.zeros((frames, 2))


def call():
    begin = time.perf_counter()
    stream.callback(played, mixed, frames, moment, None)
    return (time.perf_counter() - begin) * 1e6


stream.clicktrack_bpm = 120
stream.clicktrack_origin = time.time()
# A bar has to be on its tape before it can be looped.
for _ in range(bar // frames + 1):
    call()
for track in range(tracks):
    stream.set_start_end_loop(stream.origin, stream.origin + bar / rate, track)
for _ in range(200):
    call()
if not numpy.abs(mixed).max() > 0.03:
    sys.exit('the tracks do not sound; is this a checkout of backlooper_backend?')
for _ in range(calls):
    print(f'{call():.2f}')
