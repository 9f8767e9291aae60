// On a phone Streamlit draws the menu as a list with sections, headings and pages side by side in it, which is no list
// that a screen reader can count. Here it becomes what it looks like: groups of links, each with its heading as its name.
(() => {
  if (window.groupsTheMenu) return;
  window.groupsTheMenu = true;

  function group() {
    for (const menu of document.querySelectorAll('[data-testid="stSidebarNavItems"]:has(header)')) {
      for (const item of [menu, ...menu.querySelectorAll("li")]) item.setAttribute("role", "none");
      for (const heading of menu.querySelectorAll("header")) {
        heading.setAttribute("role", "presentation");
        heading.parentElement.setAttribute("role", "group");
        heading.parentElement.setAttribute("aria-label", heading.querySelector("p")?.textContent ?? "");
      }
    }
  }

  new MutationObserver(group).observe(document.body, { childList: true, subtree: true });
  group();
})();
