// Checks a file away from the page, so that the page answers meanwhile.
import { check } from "./bundle.js";
import { Broken, Unusable } from "./fault.js";
import { sourceOf } from "./zip.js";

const STEP = 0.01; // of the whole, between two words of progress

addEventListener("message", async ({ data: file }) => {
  let told = 0;
  try {
    const report = await check(sourceOf(file), (share) => {
      if (share < told + STEP) return;
      told = share;
      postMessage({ is: "reading", share });
    });
    postMessage({ is: "fits", report });
  } catch (error) {
    if (!(error instanceof Broken)) postMessage({ is: "failed", cause: String(error) });
    else if (error instanceof Unusable) postMessage({ is: "unusable", fault: error.fault });
    else postMessage({ is: "broken", fault: error.fault });
  }
});
