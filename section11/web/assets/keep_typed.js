// What is typed outlives a lost connection, a restart of the server and a new sign-in. Each text that is not saved yet is
// remembered in this tab alone; when the page is back it is put into its box again and saved. See decision 0020.
(() => {
  if (window.keepsTyped) return;
  window.keepsTyped = true;

  const BOX = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input:not([type=password])';
  const FORM = '[data-testid="stForm"]';
  const STATE = "data-test-connection-state";
  const CONNECTION_ERROR = "Connection error";
  const STORE = "section11.typed";
  // In milliseconds: between two tries to put texts back, for a page is drawn bit by bit; between two looks for the sign-in.
  const TRY_EVERY = 300;
  const LOOK_EVERY = 3000;

  const person = document.querySelector("[data-person]")?.dataset.person ?? "";
  const app = () => document.querySelector('[data-testid="stApp"]');
  const isConnected = () => app()?.getAttribute(STATE) === "CONNECTED";
  const isAtRest = () => isConnected() && app().dataset.testScriptState === "notRunning";

  // One text: which box, what was typed, which version of the answer it was typed over, whether it left the box,
  // and whether the connection was lost since.
  const texts = new Map();
  // Whether the page was drawn since the connection was last lost, and whether the person pressed "Sign out".
  let isDrawn = true;
  let isLeaving = false;
  const owner = () => document.querySelector("[data-person]")?.dataset.person ?? person;

  // The standard on screen may stand in the address or not; the question is in the label.
  function page() {
    const asked = new URLSearchParams(location.search);
    asked.delete("standard");
    return `${location.pathname}?${asked}`;
  }
  const nameOf = (box) => `${page()} ${box.getAttribute("aria-label")}`;
  const boxes = (name) => [...document.querySelectorAll(BOX)].filter((one) => nameOf(one) === name);
  // Two boxes of one name cannot be told apart.
  const boxOf = (name) => (boxes(name).length === 1 ? boxes(name)[0] : null);

  // The page marks the version of each answer it has drawn; a text without one has nobody else who writes to it.
  const versionNear = (box) => {
    const mark = box.closest('[data-testid="stVerticalBlock"][class*="st-key-card-"]')?.querySelector('[class*="st-key-version-"]');
    return mark ? /st-key-version-\S+?(?=-by-)/.exec(mark.className)[0] : "";
  };

  function remember() {
    const kept = JSON.stringify({ person: owner(), texts: [...texts] });
    if (texts.size) sessionStorage.setItem(STORE, kept);
    else sessionStorage.removeItem(STORE);
  }

  function recall() {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
    if (kept?.person !== person) return sessionStorage.removeItem(STORE);
    for (const [name, text] of kept.texts) texts.set(name, { ...text, isLost: true, isRecalled: true });
  }

  function typed(event) {
    const box = event.target;
    if (!event.isTrusted || !box.matches?.(BOX)) return;
    const name = nameOf(box);
    const known = texts.get(name);
    const isLost = known?.isLost || !isConnected();
    texts.set(name, { label: box.getAttribute("aria-label"), version: versionNear(box), ...known, text: box.value,
      hasLeft: false, isSent: false, isLost });
    remember();
  }

  const isSignedOut = () => document.querySelector("[data-signed-out]") !== null;

  // What had left its box went with this message.
  function sent() {
    if (isConnected()) for (const one of texts.values()) one.isSent ||= one.hasLeft;
  }

  // The server has answered everything that was sent: what was sent is saved, or its card says why not.
  function answered() {
    if (!isConnected()) return;
    isDrawn = true;
    if (isSignedOut()) {
      if (isLeaving) texts.clear();
      for (const one of texts.values()) one.isLost = true;
      return remember();
    }
    for (const [name, one] of texts) {
      if (one.isLost) continue;
      const box = boxOf(name);
      // A form that was sent empties its boxes, or shows what became of the text: either way the server has it.
      if (one.isSent && (!box || box.value === one.text || box.closest(FORM))) texts.delete(name);
      else if (box) one.version = versionNear(box);
    }
    remember();
  }

  function left(event) {
    const one = event.target.matches?.(BOX) && texts.get(nameOf(event.target));
    if (one) one.hasLeft = true;
  }

  function pressedEnter(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches?.("input"))) left(event);
  }

  // Streamlit listens for what a person does, so a text is put into its box as a person would, and then left.
  function enter(box, text) {
    const write = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
    for (const value of [`${text} `, text]) {
      write.call(box, value);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }

  function again(box, one) {
    Object.assign(one, { isLost: false, hasLeft: true, isSent: false });
    enter(box, one.text);
  }

  // One after the other: of two messages at once the second can overtake the first, and one would be lost.
  function putBack() {
    if (!texts.size || !isDrawn || !isAtRest() || isSignedOut()) return;
    if ([...texts.values()].some((one) => one.hasLeft && !one.isLost)) return;
    for (const [name, one] of texts) {
      const box = one.isLost && boxOf(name);
      if (!box) continue;
      if (one.isRecalled && box.value === one.text) texts.delete(name);
      else if (box.disabled || one.version !== versionNear(box)) {
        // The box still shows what was typed. Loaded anew, it shows what is stored.
        if (!one.isRecalled) return location.reload();
        offer(name, one);
      } else {
        const at = [box.selectionStart, box.selectionEnd];
        again(box, one);
        if (document.activeElement === box) box.setSelectionRange(...at);
        break;
      }
    }
    remember();
  }

  // A person goes on typing while the connection is lost: Streamlit would close every box that is open.
  function keepOpen(changes) {
    for (const { target, attributeName } of changes)
      if (attributeName === "disabled" && target.matches(BOX)) target.disabled = false;
  }

  // Streamlit tells people to start the program in their terminal.
  function closeDialog() {
    const dialog = [...document.querySelectorAll('[data-testid="stDialog"]')].find(
      (one) => one.textContent.includes(CONNECTION_ERROR));
    dialog?.querySelector("button")?.click();
  }

  const bar = document.createElement("div");
  bar.id = "connection";
  bar.setAttribute("role", "status");
  document.body.append(bar);

  function say(...parts) {
    bar.replaceChildren(...parts);
  }
  function element(kind, words, more = {}) {
    return Object.assign(document.createElement(kind), { textContent: words }, more);
  }

  let looking = 0;
  function lost() {
    isDrawn = false;
    for (const one of texts.values()) one.isLost = true;
    remember();
    say(element("p", "Connection lost. What you type is kept, and is saved as soon as the connection is back."));
    clearInterval(looking);
    looking = setInterval(lookForSignIn, LOOK_EVERY);
    lookForSignIn();
  }

  async function lookForSignIn() {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (isConnected() || answer?.type !== "opaqueredirect") return;
    // With nothing to keep, what the page shows is no longer for whoever sits there.
    if (!texts.size) return location.reload();
    const next = encodeURIComponent(location.pathname + location.search);
    say(element("p", "You are signed out. What you typed is kept in this tab: sign in again and it is put back. "),
      element("a", "Sign in", { href: `/sign-in?next=${next}` }));
  }

  function back() {
    clearInterval(looking);
    say();
  }

  // Somebody else changed the answer meanwhile, or it can no longer be changed: the person decides.
  function offer(name, one) {
    if (bar.querySelector(`[data-text="${CSS.escape(name)}"]`)) return;
    const card = element("div", "");
    card.dataset.text = name;
    const kept = element("textarea", one.text, { readOnly: true, rows: 4 });
    kept.setAttribute("aria-label", "What you typed");
    const done = () => { texts.delete(name); remember(); card.remove(); };
    const use = element("button", "Use mine", { onclick: () => {
      const box = boxOf(name);
      if (!box || box.disabled) return;
      again(box, one);
      card.remove();
    } });
    const drop = element("button", "Keep what is there", { onclick: done });
    card.append(element("p", `While the connection was lost, this was changed: ${one.label}. You had typed:`), kept, use, drop);
    bar.append(card);
  }

  let wasConnected = true;
  function look() {
    const connected = isConnected();
    if (wasConnected && !connected && app() && !isSignedOut()) lost();
    if (!wasConnected && connected) back();
    wasConnected = connected || !app();
  }

  new MutationObserver((changes) => {
    if (!isConnected()) keepOpen(changes);
    look();
  }).observe(document.body, { subtree: true, attributeFilter: ["disabled", STATE, "data-test-script-state"] });
  new MutationObserver(() => { if (!isConnected()) closeDialog(); }).observe(document.body, { subtree: true, childList: true });
  document.addEventListener("input", typed, true);
  document.addEventListener("focusout", left, true);
  document.addEventListener("keydown", pressedEnter, true);
  document.addEventListener("click", (event) => { isLeaving = event.target.closest?.(".st-key-sign_out") !== null; }, true);
  document.addEventListener("section11:sent", sent);
  document.addEventListener("section11:answered", answered);
  setInterval(putBack, TRY_EVERY);
  recall();
  look();
})();
