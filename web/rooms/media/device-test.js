// Tries microphone, speaker and camera out before anybody hears or sees; the choice is kept.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";
import { SIZES } from "./preferences.js";
import { StreamPicture } from "./tile.js";

/** @import { Device, DeviceTest as Test } from "../../media/devices.js" */
/** @import { MediaSession } from "./session.js" */
/** @typedef {{microphones: Device[], cameras: Device[]}} Devices */

const TONE = 0.8; // seconds
const LOUD = 60; // RFC 6464: a voice in the room, and no hum

/** @param {{media: MediaSession, close: () => void}} props */
export function DeviceTest({ media, close }) {
  const { listening } = media;
  const [devices, setDevices] = useState(
    /** @type {Devices} */ ({ microphones: [], cameras: [] }),
  );
  const [picking, setPicking] = useState({ ...listening.preferences });
  const microphone = useTest("voice");
  const camera = useTest("camera");
  const [level, setLevel] = useState(127);
  const [heard, setHeard] = useState(false);
  const list = async () => {
    const { listDevices } = await import("../../media/devices.js");
    setDevices(await listDevices().catch(() => ({ microphones: [], cameras: [] })));
  };
  useEffect(() => {
    let end = () => {};
    let closed = false;
    import("../../media/devices.js").then(({ watchDevices }) => {
      if (!closed) end = watchDevices(list);
    });
    list();
    return () => {
      closed = true;
      end();
    };
  }, []);
  /** @param {Partial<typeof picking>} change */
  const pick = (change) => {
    setPicking((before) => ({ ...before, ...change }));
    listening.prefer(change);
  };
  /** @param {string} device */
  const hear = async (device) => {
    setHeard(false);
    await microphone.run(({ testMicrophone }) =>
      testMicrophone(device || undefined, (loud) => {
        setLevel(loud);
        if (loud < LOUD) setHeard(true);
      })
    );
    await list(); // Names come with the permission.
  };
  /** @param {string} device */
  const look = async (device) => {
    await camera.run(({ testCamera }) => testCamera(device || undefined));
    await list();
  };
  return h(
    Dialog,
    { title: t("test.title"), close },
    h("p", { class: "quiet" }, t("test.why")),
    h(
      "fieldset",
      { class: "test-part" },
      h("legend", null, t("test.microphone")),
      devices.microphones.length > 0 &&
        chooser("test.whichMicrophone", devices.microphones, picking.microphone, (id) => {
          pick({ microphone: id });
          media.sending.useDevice("voice", id);
          if (microphone.test) hear(id);
        }),
      microphone.test
        ? [
          h("meter", {
            class: "level",
            min: 0,
            max: 80,
            value: Math.max(0, 90 - level),
            "aria-label": t("talk.level"),
          }),
          h("p", null, t(heard ? "test.heard" : "test.say")),
        ]
        : begin("test.tryMicrophone", () => hear(picking.microphone)),
      problem(microphone.problem),
    ),
    h(
      "fieldset",
      { class: "test-part" },
      h("legend", null, t("test.speaker")),
      h("button", { type: "button", onClick: playTone }, t("test.tone")),
      h("p", { class: "quiet" }, t("test.toneWhy")),
    ),
    h(
      "fieldset",
      { class: "test-part" },
      h("legend", null, t("test.camera")),
      devices.cameras.length > 0 &&
        chooser("test.whichCamera", devices.cameras, picking.camera, (id) => {
          pick({ camera: id });
          media.sending.useDevice("camera", id);
          if (camera.test) look(id);
        }),
      h(
        "label",
        { class: "field" },
        h("span", null, t("test.size")),
        h(
          "select",
          {
            value: picking.size,
            onChange: (/** @type {any} */ event) => pick({ size: event.target.value }),
          },
          Object.keys(SIZES).map((size) =>
            h("option", { key: size, value: size }, t(`test.size.${size}`))
          ),
        ),
      ),
      camera.test
        ? h(
          "div",
          { class: "test-view" },
          h(StreamPicture, {
            stream: camera.test.stream,
            words: t("talk.selfView"),
            mirrored: true,
          }),
        )
        : begin("test.tryCamera", () => look(picking.camera)),
      problem(camera.problem),
    ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "primary", onClick: close }, t("test.done")),
    ),
  );
}

/** A test that ends with the dialog, or when another begins. @param {"voice" | "camera"} kind */
function useTest(kind) {
  const [test, setTest] = useState(/** @type {Test | null} */ (null));
  const [problem, setProblem] = useState("");
  const running = useRef(/** @type {Test | null} */ (null));
  const closed = useRef(false);
  useEffect(() => () => {
    closed.current = true;
    running.current?.stop();
  }, []);
  /** @param {(devices: typeof import("../../media/devices.js")) => Promise<Test>} open */
  const run = async (open) => {
    running.current?.stop();
    running.current = null;
    setProblem("");
    try {
      const begun = await open(await import("../../media/devices.js"));
      if (closed.current) return begun.stop();
      running.current = begun;
      setTest(begun);
    } catch (error) {
      setTest(null);
      setProblem(error instanceof Error && "code" in error ? String(error.code) : "media.failed");
    }
  };
  return { kind, test, problem, run };
}

/** @param {string} key @param {() => void} run */
function begin(key, run) {
  return h("button", { type: "button", onClick: run }, t(key));
}

/** @param {string} code */
function problem(code) {
  return code !== "" && h("p", { class: "problem", role: "alert" }, errorText({ code }));
}

/** @param {string} key @param {Device[]} devices @param {string} chosen @param {(id: string) => void} choose */
function chooser(key, devices, chosen, choose) {
  const known = devices.some(({ id }) => id === chosen);
  return h(
    "label",
    { class: "field" },
    h("span", null, t(key)),
    h(
      "select",
      {
        value: known ? chosen : "",
        onChange: (/** @type {any} */ event) => choose(event.target.value),
      },
      h("option", { value: "" }, t("test.usual")),
      devices.map(({ id, label }, index) =>
        h("option", { key: id, value: id }, label || t("test.unnamed", { number: index + 1 }))
      ),
    ),
  );
}

/** A short tone, louder and softer without a click. */
function playTone() {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const gain = context.createGain();
  const now = context.currentTime;
  tone.frequency.value = 523;
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(0.25, now + 0.05);
  gain.gain.setValueAtTime(0.25, now + TONE - 0.1);
  gain.gain.linearRampToValueAtTime(0, now + TONE);
  tone.connect(gain).connect(context.destination);
  tone.onended = () => context.close();
  tone.start();
  tone.stop(now + TONE);
}
