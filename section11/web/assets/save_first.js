// A press on a link or a button waits until what was just entered is saved. Streamlit sends an entry and the page that is
// asked for next as two messages; when the second overtakes the first, the entry or the press would be lost.
(() => {
  if (window.savesFirst) return;
  window.savesFirst = true;

  const APP = '[data-testid="stApp"]';
  const PRESSED = 'a[href], [data-testid^="stBaseButton"]';
  const ENTERED = "input:not([type=file]), textarea";
  // In milliseconds: until a box that was left has sent its text, until the server takes it up, until it is done.
  const SENT_WITHIN = 80;
  const TAKEN_UP_WITHIN = 2000;
  const DONE_WITHIN = 15000;

  let isTyped = false;
  let isOnItsWay = false;
  let isTakenUp = false;
  let held = null;

  const isRunning = () => document.querySelector(APP)?.dataset.testScriptState !== "notRunning";

  async function until(isSo, milliseconds) {
    const giveUpAt = performance.now() + milliseconds;
    while (!isSo() && performance.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async function pressed(event) {
    const target = event.target.closest?.(PRESSED);
    if (!target || !event.isTrusted || !(isTyped || isOnItsWay || held)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isHolding = held !== null;
    held = target;
    if (isHolding) return;
    document.activeElement?.blur?.();
    await until(() => isOnItsWay, SENT_WITHIN);
    await until(() => !isOnItsWay, DONE_WITHIN);
    isTyped = false;
    const last = held;
    held = null;
    if (last.isConnected) last.click();
  }

  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    isTyped = false;
    isOnItsWay = true;
    isTakenUp = false;
    // Not every message makes the server draw something.
    setTimeout(() => { if (!isTakenUp && !isRunning()) isOnItsWay = false; }, TAKEN_UP_WITHIN);
    return send.apply(this, message);
  };

  new MutationObserver(() => {
    if (isRunning()) isTakenUp = true;
    else if (isTakenUp) isOnItsWay = false;
  }).observe(document.body, { attributes: true, attributeFilter: ["data-test-script-state"], subtree: true });

  document.addEventListener("input", (event) => { if (event.target.matches?.(ENTERED)) isTyped = true; }, true);
  document.addEventListener("click", pressed, true);
})();
