// A page that publishes and watches with nothing but the media engine, for tests and figures: what it saw
// and heard is read from decoded pixels (a bar code of the time) and decoded samples.
const query = new URLSearchParams(location.search);
for (const name of (query.get("without") ?? "").split(",").filter(Boolean)) {
  const path = name.split(".");
  const last = path.pop();
  delete path.reduce((holder, part) => holder[part], window)[last];
}
const { MediaLine } = await import("/media/line.js");
const { Viewer } = await import("/media/viewer.js");
const { Publisher } = await import("/media/publisher.js");

const WIDTH = 640, HEIGHT = 360, BITS = 20, SIDE = 32; // pixels, bits of the bar code
const PERIOD = 1 << BITS; // milliseconds until the code begins anew
const TONE = 440; // hertz
const clock = () => performance.timeOrigin + performance.now();

const line = new MediaLine(query.get("room"), `ws://${location.host}`);
const publisher = new Publisher(line);
const viewer = new Viewer(line, (track) => publisher.owns(track.track));
const seen = { pictures: [], sounds: [], bursts: [], errors: [], first: null };
const began = clock();
addEventListener("error", (event) => seen.errors.push(String(event.message)));
addEventListener("unhandledrejection", (event) => seen.errors.push(String(event.reason)));
addEventListener(
  "securitypolicyviolation",
  (event) => seen.errors.push(`${event.violatedDirective} ${event.blockedURI}`),
);

function paint(context) {
  const value = Math.round(clock()) % PERIOD;
  context.fillStyle = "#357";
  context.fillRect(0, SIDE, WIDTH, HEIGHT - SIDE);
  context.fillStyle = "#fc0";
  context.fillRect((value / 8) % WIDTH, 120, 60, 60);
  for (let bit = 0; bit < BITS; bit++) {
    context.fillStyle = value >> bit & 1 ? "#fff" : "#000";
    context.fillRect(bit * SIDE, 0, SIDE, SIDE);
  }
}

function cameraStream() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const context = canvas.getContext("2d");
  paint(context);
  setInterval(() => paint(context), 40);
  return canvas.captureStream(25);
}

/** A steady tone, or one of 200 ms each second. */
async function voiceStream(inBursts) {
  const context = new AudioContext();
  await context.resume();
  const tone = new OscillatorNode(context, { frequency: TONE });
  const gain = new GainNode(context, { gain: inBursts ? 0 : 0.5 });
  const out = new MediaStreamAudioDestinationNode(context);
  tone.connect(gain).connect(out);
  tone.start();
  if (inBursts) {
    setInterval(() => {
      gain.gain.value = 0.5;
      seen.bursts.push(clock());
      setTimeout(() => gain.gain.value = 0, 200);
    }, 1000);
  }
  return out.stream;
}

const copy = document.createElement("canvas");
[copy.width, copy.height] = [WIDTH, SIDE];
const copied = copy.getContext("2d", { willReadFrequently: true });

function code() {
  let value = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const [red] = copied.getImageData(bit * SIDE + SIDE / 2, SIDE / 2, 1, 1).data;
    if (red > 128) value |= 1 << bit;
  }
  return value;
}

/** How old a code is; it may have begun anew since. */
function age(value) {
  const difference = Math.round(clock()) % PERIOD - value;
  return difference < -PERIOD / 2 ? difference + PERIOD : difference;
}

function watchPicture(track) {
  if (viewer.picture === "none") return;
  const element = document.createElement(viewer.picture === "mse" ? "video" : "canvas");
  document.body.append(element);
  viewer.attach(track.track, element);
  let last = null;
  const look = () => {
    if (!element.isConnected) return;
    requestAnimationFrame(look);
    const width = element.videoWidth ?? element.width;
    if (width < WIDTH / 2 || element.readyState < 2) return;
    copied.drawImage(element, 0, 0, width, SIDE * width / WIDTH, 0, 0, WIDTH, SIDE);
    const value = code();
    if (value === last) return;
    seen.first ??= clock() - began;
    last = value;
    seen.pictures.push({ code: value, age: age(value) });
  };
  look();
}

/** The node or element that sound comes out of, once there is one. */
function outlet(track) {
  const player = viewer.soundPlayer(track.track);
  const analyser = (context) => new AnalyserNode(context, { fftSize: 2048 });
  if (player?.outlet) {
    const found = analyser(player.outlet.node.context);
    player.outlet.node.connect(found);
    return found;
  }
  if (!player?.element || player.element.readyState < 2) return null;
  const context = new AudioContext();
  const found = analyser(context);
  const stream = player.element.captureStream?.() ?? player.element.mozCaptureStream();
  context.createMediaStreamSource(stream).connect(found);
  return found;
}

function watchSound(track) {
  const samples = new Float32Array(256);
  let analyser = null, isLoud = false, quietSince = 0;
  setInterval(() => {
    analyser ??= outlet(track);
    if (!analyser) return;
    seen.analyser = analyser;
    analyser.getFloatTimeDomainData(samples);
    const level = Math.hypot(...samples) / Math.sqrt(samples.length);
    if (!isLoud && level > 0.1 && clock() - quietSince > 300) {
      seen.sounds.push(clock());
      isLoud = true;
    }
    if (isLoud && level < 0.03) [isLoud, quietSince] = [false, clock()];
  }, 4);
}

const watched = new Set();
function watch(track) {
  if (watched.has(track.track)) return;
  watched.add(track.track);
  if (track.codec === "opus") watchSound(track);
  else watchPicture(track);
}

globalThis.engine = {
  joined: new Promise((done) => line.listen({ joined: () => done(true) })),
  async publish(kind, source, options = {}) {
    const stream = source === "device"
      ? undefined
      : kind === "camera"
      ? cameraStream()
      : await voiceStream(source === "bursts");
    try {
      await publisher.publish(kind, { stream, ...options });
      return "live";
    } catch (error) {
      return error.code;
    }
  },
  mute: (kind, muted) => publisher.mute(kind, muted),
  states: () => [...publisher.publications.values()].map(({ kind, state }) => [kind, state.is]),
  /** The strongest frequency that is heard now, and how loud it is. */
  hear() {
    if (!seen.analyser) return null;
    const bins = new Float32Array(seen.analyser.frequencyBinCount);
    seen.analyser.getFloatFrequencyData(bins);
    const best = bins.reduce((found, bin, index) => bin > bins[found] ? index : found, 1);
    const hertz = best * seen.analyser.context.sampleRate / seen.analyser.fftSize;
    return { hertz, decibels: bins[best] };
  },
  report: () => ({
    players: [viewer.picture, viewer.sound],
    pictures: seen.pictures,
    sounds: seen.sounds,
    bursts: seen.bursts,
    errors: seen.errors,
    first: seen.first,
    tracks: [...line.tracks.values()],
    yielded: line.videoYielded,
  }),
};
line.listen({
  joined() {
    document.body.dataset.joined = "yes";
    if (query.get("watch")) line.tracks.forEach(watch);
  },
  track: (track) => query.get("watch") && watch(track),
  untrack: (track) => watched.delete(track),
});
line.start();
