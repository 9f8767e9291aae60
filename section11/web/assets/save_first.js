// A press on a link or a button waits until what was just entered is saved. Streamlit sends an entry and the page that is
// asked for next as two messages; when the second overtakes the first, the entry or the press would be lost.
(() => {
  if (window.savesFirst) return;
  window.savesFirst = true;

  const APP = '[data-testid="stApp"]';
  const PRESSED = 'a[href], [data-testid^="stBaseButton"]';
  const ENTERED = "input:not([type=file]), textarea";
  // In milliseconds: until a box that was left has sent its text, until the server takes it up, how long its silence
  // lasts when it is done, until it must be done, until what was pressed must stand on the page again.
  const SENT_WITHIN = 80;
  const TAKEN_UP_WITHIN = 2000;
  const SILENT_FOR = 80;
  const DONE_WITHIN = 15000;
  const DRAWN_WITHIN = 3000;

  let isTyped = false;
  let isOnItsWay = false;
  let quiet = 0;
  let held = null;

  const isRunning = () => document.querySelector(APP)?.dataset.testScriptState !== "notRunning";

  // Drawn anew, a link or button is another element: the same one stands at the same place among those that say the same.
  function alike(target) {
    const isAlike = (one) => one.textContent === target.textContent && one.href === target.href;
    return [...document.querySelectorAll(PRESSED)].filter(isAlike);
  }

  function asDrawnNow({ target, place, of }) {
    if (target.isConnected) return target;
    const drawn = alike(target);
    return drawn.length === of ? drawn[place] : null;
  }

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
    const drawn = alike(target);
    held = { target, place: drawn.indexOf(target), of: drawn.length };
    if (isHolding) return;
    document.activeElement?.blur?.();
    await until(() => isOnItsWay, SENT_WITHIN);
    await until(() => !isOnItsWay, DONE_WITHIN);
    isTyped = false;
    // While a page is drawn again, what was pressed may be gone for a moment, or stand there twice.
    await until(() => asDrawnNow(held), DRAWN_WITHIN);
    const last = asDrawnNow(held);
    held = null;
    last?.click();
  }

  const listening = new WeakSet();
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    if (!listening.has(this)) {
      listening.add(this);
      this.addEventListener("message", answered);
    }
    isTyped = false;
    isOnItsWay = true;
    clearTimeout(quiet);
    // Not every message makes the server draw something.
    quiet = setTimeout(settle, TAKEN_UP_WITHIN);
    document.dispatchEvent(new Event("section11:sent"));
    return send.apply(this, message);
  };

  // A short run begins and ends between two frames, so the end of an answer is told by the silence after it.
  function answered() {
    clearTimeout(quiet);
    quiet = setTimeout(settle, SILENT_FOR);
  }

  function settle() {
    if (isRunning()) {
      quiet = setTimeout(settle, SILENT_FOR);
      return;
    }
    isOnItsWay = false;
    document.dispatchEvent(new Event("section11:answered"));
  }

  document.addEventListener("input", (event) => { if (event.target.matches?.(ENTERED)) isTyped = true; }, true);
  document.addEventListener("click", pressed, true);
})();
