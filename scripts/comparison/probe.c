/* A client of JACK that knows nothing of loopers: plays sound into one, and records what comes out, in JACK's own frames.
 *
 * Commands are lines on standard input, each after a number; an answer is a line of JSON with that number:
 *   play FILE            32-bit floats, left and right in turn, in a circle that JACK's frame 0 begins; play - is silence
 *   record FRAMES FILE   the next ones of the inputs
 *   ports                the names of all there are
 *   wire FROM TO         from an output to an input
 *   xruns                how many JACK has told of
 *   send PATH BYTE ...   on a raw MIDI port, and tells the frame at which it did
 * In C, since Python's callback comes too late several times a minute. */
#include <fcntl.h>
#include <jack/jack.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { most_gaps = 256 };

typedef struct {
  jack_nframes_t frames;
  float samples[];
} sound;

/* Blocks as they came, one after the other. A gap is where JACK's frames did not go on as they should have, or where it has told of an xrun, which may
 * be one of no frames. */
typedef struct {
  long id;
  char path[256];
  jack_nframes_t frames, done, begin, next;
  int xruns, gap_count, gap_at[most_gaps], gap_frames[most_gaps];
  float samples[];
} recording;

static jack_client_t *client;
static jack_port_t *inputs[2], *outputs[2];
static _Atomic(sound *) playing;
static _Atomic(recording *) taking, taken;
static atomic_int xruns;
static volatile sig_atomic_t is_over;

static void play(jack_nframes_t now, jack_nframes_t frames) {
  const sound *from = atomic_load(&playing);
  for (int side = 0; side < 2; side += 1) {
    float *to = jack_port_get_buffer(outputs[side], frames);
    if (from == NULL) {
      memset(to, 0, frames * sizeof *to);
      continue;
    }
    jack_nframes_t at = now % from->frames;
    for (jack_nframes_t frame = 0; frame < frames; frame += 1) {
      to[frame] = from->samples[at * 2 + side];
      at = at + 1 == from->frames ? 0 : at + 1;
    }
  }
}

static void take(recording *to, jack_nframes_t now, jack_nframes_t frames) {
  int xruns_now = atomic_load(&xruns);
  if (to->done == 0) {
    to->begin = to->next = now;
    to->xruns = xruns_now;
  }
  if ((now != to->next || xruns_now != to->xruns) && to->gap_count < most_gaps) {
    to->gap_at[to->gap_count] = to->done;
    to->gap_frames[to->gap_count] = (int)(now - to->next);
    to->gap_count += 1;
  }
  to->xruns = xruns_now;
  to->next = now + frames;
  jack_nframes_t length = frames < to->frames - to->done ? frames : to->frames - to->done;
  for (int side = 0; side < 2; side += 1) {
    const float *from = jack_port_get_buffer(inputs[side], frames);
    for (jack_nframes_t frame = 0; frame < length; frame += 1) to->samples[(to->done + frame) * 2 + side] = from[frame];
  }
  to->done += length;
}

static int process(jack_nframes_t frames, void *nothing) {
  (void)nothing;
  jack_nframes_t now = jack_last_frame_time(client);
  play(now, frames);
  recording *to = atomic_load(&taking);
  if (to == NULL) return 0;
  take(to, now, frames);
  if (to->done < to->frames) return 0;
  atomic_store(&taking, NULL);
  atomic_store(&taken, to);
  return 0;
}

static void note_end(int signal) {
  (void)signal;
  is_over = 1;
}

static int note_xrun(void *nothing) {
  (void)nothing;
  atomic_fetch_add(&xruns, 1);
  return 0;
}

static void fail(long id, const char *what) { printf("{\"id\":%ld,\"error\":\"%s\"}\n", id, what); }

static void done(long id) { printf("{\"id\":%ld}\n", id); }

static void start_playing(long id, const char *path) {
  sound *next = NULL;
  if (strcmp(path, "-") != 0) {
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (file == NULL || fstat(fileno(file), &about) != 0) return fail(id, "play: no such file");
    next = malloc(sizeof *next + about.st_size);
    next->frames = about.st_size / (2 * sizeof(float));
    size_t read = fread(next->samples, 2 * sizeof(float), next->frames, file);
    fclose(file);
    if (read == 0 || read != next->frames) return fail(id, "play: the file cannot be read");
  }
  sound *last = atomic_exchange(&playing, next);
  /* The callback may still be at it. */
  usleep(100000);
  free(last);
  done(id);
}

static void start_recording(long id, jack_nframes_t frames, const char *path) {
  if (atomic_load(&taking) != NULL) return fail(id, "record: a recording is under way");
  size_t size = sizeof(recording) + frames * 2 * sizeof(float);
  recording *next = malloc(size);
  /* All of it is touched, so that the callback waits for no memory. */
  memset(next, 0, size);
  next->id = id;
  next->frames = frames;
  snprintf(next->path, sizeof next->path, "%s", path);
  atomic_store(&taking, next);
}

static void finish_recording(recording *whole) {
  FILE *file = fopen(whole->path, "wb");
  if (file == NULL || fwrite(whole->samples, 2 * sizeof(float), whole->frames, file) != whole->frames || fclose(file) != 0)
    fail(whole->id, "record: the file cannot be written");
  else {
    printf("{\"id\":%ld,\"begin\":%u,\"gaps\":[", whole->id, whole->begin);
    for (int gap = 0; gap < whole->gap_count; gap += 1)
      printf("%s{\"at\":%d,\"frames\":%d}", gap == 0 ? "" : ",", whole->gap_at[gap], whole->gap_frames[gap]);
    printf("]}\n");
  }
  free(whole);
}

static void list_ports(long id) {
  const char **names = jack_get_ports(client, NULL, JACK_DEFAULT_AUDIO_TYPE, 0);
  printf("{\"id\":%ld,\"names\":[", id);
  for (int index = 0; names != NULL && names[index] != NULL; index += 1) printf("%s\"%s\"", index == 0 ? "" : ",", names[index]);
  printf("]}\n");
  jack_free(names);
}

static void send_bytes(long id, const char *path, const char *text) {
  unsigned char bytes[16];
  size_t count = 0;
  for (char *rest = (char *)text; count < sizeof bytes && *rest != '\0' && *rest != '\n'; count += 1)
    bytes[count] = strtol(rest, &rest, 10);
  int port = open(path, O_WRONLY);
  if (port < 0) return fail(id, "send: the port cannot be opened");
  jack_nframes_t frame = jack_frame_time(client);
  ssize_t written = write(port, bytes, count);
  close(port);
  if (written != (ssize_t)count) return fail(id, "send: the port took not all");
  printf("{\"id\":%ld,\"frame\":%u}\n", id, frame);
}

static void obey(const char *line) {
  long id;
  int at = 0;
  unsigned frames;
  char one[256], other[256];
  if (sscanf(line, "%ld %n", &id, &at) != 1) return;
  const char *command = line + at;
  if (sscanf(command, "play %255s", one) == 1) start_playing(id, one);
  else if (sscanf(command, "record %u %255s", &frames, one) == 2) start_recording(id, frames, one);
  else if (strncmp(command, "ports", 5) == 0) list_ports(id);
  else if (strncmp(command, "xruns", 5) == 0) printf("{\"id\":%ld,\"count\":%d}\n", id, atomic_load(&xruns));
  else if (sscanf(command, "wire %255s %255s", one, other) == 2) {
    if (jack_connect(client, one, other) == 0) done(id);
    else fail(id, "wire: the ports cannot be connected");
  } else if (sscanf(command, "send %255s %n", one, &at) == 1) send_bytes(id, one, command + at);
  else fail(id, "no such command; there are play, record, ports, wire, xruns and send");
}

int main(void) {
  char line[1024];
  setvbuf(stdout, NULL, _IOLBF, 0);
  /* Lines that poll(2) does not see must not lie in a buffer. */
  setvbuf(stdin, NULL, _IONBF, 0);
  client = jack_client_open("compare-probe", JackNoStartServer, NULL);
  if (client == NULL) return 1;
  for (int side = 0; side < 2; side += 1) {
    inputs[side] = jack_port_register(client, side == 0 ? "in_1" : "in_2", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    outputs[side] = jack_port_register(client, side == 0 ? "out_1" : "out_2", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
  }
  jack_set_process_callback(client, process, NULL);
  jack_set_xrun_callback(client, note_xrun, NULL);
  if (jack_activate(client) != 0) return 1;
  /* JACK waits long for a client that goes without a word. */
  signal(SIGTERM, note_end);
  while (!is_over) {
    struct pollfd in = {.fd = 0, .events = POLLIN};
    if (poll(&in, 1, 5) > 0) {
      if (fgets(line, sizeof line, stdin) == NULL) break;
      obey(line);
    }
    recording *whole = atomic_exchange(&taken, NULL);
    if (whole != NULL) finish_recording(whole);
  }
  jack_client_close(client);
  return 0;
}
