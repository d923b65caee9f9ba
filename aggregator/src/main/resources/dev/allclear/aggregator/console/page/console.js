// Fetches the living part of a page again when there is news of it. Without this script a reload does the same.
"use strict";
const part = document.querySelector("[data-live]");
const note = document.getElementById("live");

if (part && note && window.EventSource) {
  const shown = new Map();
  let timer = 0;
  let busy = false;
  let again = false;

  const say = (text, lost) => {
    if (note.textContent !== text) note.textContent = text;
    note.classList.toggle("lost", lost);
  };

  const name = (element, index) => element.id || element.className || element.tagName + index;

  // replaces only what differs, so that what is unfolded, focused or selected elsewhere stays as it is
  const patch = (old, fresh) => {
    const known = new Map([...old.children].map((child, index) => [name(child, index), child]));
    let place = null;
    [...fresh.children].forEach((child, index) => {
      const key = name(child, index);
      const before = known.get(key);
      known.delete(key);
      let here = before;
      if (!before) {
        here = document.importNode(child, true);
        shown.set(key, child.outerHTML);
      } else if (child.id === "tone") {
        before.className = child.className;
        patch(before, child);
      } else if ((shown.get(key) || before.outerHTML) !== child.outerHTML) {
        here = document.importNode(child, true);
        before.querySelectorAll("details").forEach((one, i) => {
          const twin = here.querySelectorAll("details")[i];
          if (twin && one.open) twin.open = true;
        });
        before.replaceWith(here);
        shown.set(key, child.outerHTML);
      }
      if (place ? place.nextElementSibling !== here : old.firstElementChild !== here) {
        if (place) place.after(here); else old.prepend(here);
      }
      place = here;
    });
    known.forEach((gone) => gone.remove());
  };

  const refresh = async () => {
    timer = 0;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(part.dataset.live, { credentials: "same-origin", redirect: "error" });
      if (answer.ok) {
        patch(part, new DOMParser().parseFromString(await answer.text(), "text/html").body);
        reachable();
      }
    } catch (unreachable) {
      say("not live: trying again", true);
    } finally {
      busy = false;
      if (again) {
        again = false;
        soon();
      }
    }
  };

  // what can be scrolled must be reachable by keyboard
  const reachable = () => {
    document.querySelectorAll("figure").forEach((figure) => {
      if (figure.scrollWidth > figure.clientWidth) figure.tabIndex = 0; else figure.removeAttribute("tabindex");
    });
  };

  const soon = () => {
    if (!timer) timer = setTimeout(refresh, 400);
  };

  reachable();
  addEventListener("resize", reachable);
  const events = new EventSource(part.dataset.follow);
  events.addEventListener("change", soon);
  events.addEventListener("missed", soon);
  events.onopen = () => {
    say("live", false);
    soon();
  };
  events.onerror = () => say("not live: trying again", true);
}
