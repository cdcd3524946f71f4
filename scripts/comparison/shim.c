/* For a machine without /dev/snd/seq, on which alsa-lib aborts SooperLooper: a sequencer in which nothing ever happens. Loaded before alsa-lib.
 * Its thread for MIDI then has nothing to do; that for sound is untouched. */
#include <errno.h>
#include <poll.h>

int snd_seq_poll_descriptors_count(void *sequencer, short events) {
  (void)sequencer, (void)events;
  return 0;
}

int snd_seq_poll_descriptors(void *sequencer, struct pollfd *descriptors, unsigned int space, short events) {
  (void)sequencer, (void)descriptors, (void)space, (void)events;
  return 0;
}

int snd_seq_event_input(void *sequencer, void **event) {
  (void)sequencer, (void)event;
  return -EAGAIN;
}
