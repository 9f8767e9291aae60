// Slides by arrow keys. Without this script the file is one page to read, with everything in it.
"use strict";
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const button = (id) => document.getElementById(id);
  const wide = matchMedia("(min-width: 44rem)").matches;
  let now = Math.min(Math.max(parseInt(location.hash.slice(1), 10) || 1, 1), slides.length) - 1;

  const inSlides = () => document.body.classList.contains("slides");

  const remember = () => {
    try {
      history.replaceState(null, "", `#${now + 1}`);
    } catch {
      // A file opened from a folder may not be allowed to; the place is then not remembered.
    }
  };

  // A subject with many bars is made smaller until it fits, but never too small to read; beyond that it scrolls.
  const fit = () => {
    const room = document.querySelector("main");
    const slide = slides[now];
    slide.style.fontSize = "";
    if (!inSlides()) return;
    for (let size = 95; size >= 65 && room.scrollHeight > room.clientHeight; size -= 5) slide.style.fontSize = `${size}%`;
  };

  const show = (wanted, focus = true) => {
    now = Math.min(Math.max(wanted, 0), slides.length - 1);
    slides.forEach((slide, place) => slide.classList.toggle("shown", place === now));
    button("place").textContent = `${now + 1} of ${slides.length}`;
    button("previous").setAttribute("aria-disabled", String(now === 0));
    button("next").setAttribute("aria-disabled", String(now === slides.length - 1));
    fit();
    if (!inSlides()) return;
    document.querySelector("main").scrollTop = 0;
    remember();
    if (focus) slides[now].querySelector("h2").focus({ preventScroll: true });
  };

  const setMode = (presenting) => {
    document.body.classList.toggle("slides", presenting);
    // A long slide scrolls in here, so the keyboard must reach it.
    if (presenting) document.querySelector("main").tabIndex = 0;
    else document.querySelector("main").removeAttribute("tabindex");
    for (const id of ["previous", "place", "next", "full"]) button(id).hidden = !presenting;
    button("mode").textContent = presenting ? "Read as one page" : "Show as slides";
  };

  const fullScreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  };

  const moves = {
    ArrowRight: () => show(now + 1),
    PageDown: () => show(now + 1),
    ArrowLeft: () => show(now - 1),
    PageUp: () => show(now - 1),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    f: fullScreen,
    F: fullScreen,
  };

  document.addEventListener("keydown", (event) => {
    if (!inSlides() || event.altKey || event.ctrlKey || event.metaKey || !moves[event.key]) return;
    // Inside a wide table the arrows move the table.
    const scroll = event.target.closest?.(".scroll");
    if (scroll && event.key.startsWith("Arrow") && scroll.scrollWidth > scroll.clientWidth) return;
    event.preventDefault();
    moves[event.key]();
  });
  button("previous").addEventListener("click", () => show(now - 1, false));
  button("next").addEventListener("click", () => show(now + 1, false));
  button("full").addEventListener("click", fullScreen);
  button("mode").addEventListener("click", () => {
    setMode(!inSlides());
    show(now, false);
    if (!inSlides()) slides[now].scrollIntoView();
  });
  addEventListener("resize", fit);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

  document.querySelector("nav").hidden = false;
  setMode(wide);
  show(now, false);
})();
