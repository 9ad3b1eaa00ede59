// The address is the workspace's state: links, search and the back button change it, and the server is told once.
import { useEffect, useRef } from "react";
import { go, inAddress, visit } from "./parts.jsx";

const SEARCH_MS = 250;
const PANES = ["context", "views"];

const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

const narrow = () => window.matchMedia("(max-width: 1279px)").matches;

// Search fields show what the address says, save the one that is being typed in.
function mirror() {
  for (const field of document.querySelectorAll("[data-param]")) {
    if (field !== document.activeElement) field.value = inAddress(field.dataset.param);
  }
}

function togglePane(name) {
  const root = document.documentElement;
  const now = root.dataset[name] === "closed" ? "open" : root.dataset[name] === "open" ? "closed" : narrow() ? "open" : "closed";
  root.dataset[name] = now;
  if (!narrow()) {
    window.localStorage.setItem(`hub.${name}`, now);
    window.dispatchEvent(new CustomEvent("hub:pane", { detail: { name, now } }));
  }
  document.querySelectorAll(`[data-pane-button="${name}"]`).forEach((button) => button.setAttribute("aria-expanded", now === "open"));
  if (now === "open" && narrow()) document.querySelector(`[data-pane-body="${name}"]`)?.focus();
}

export function Address({ path, onGo }) {
  const told = useRef(onGo);
  const timer = useRef(null);
  told.current = onGo;
  useEffect(() => {
    const here = () => window.location.pathname.replace(/\/$/, "") === path;
    const tell = () => { mirror(); told.current(window.location.search); };
    const back = (event) => { if (here()) { event.stopImmediatePropagation(); window.dispatchEvent(new Event("hub:address")); } };
    const click = (event) => {
      const toggle = event.target.closest?.("[data-pane-button]");
      if (toggle) togglePane(toggle.dataset.paneButton);
      const set = event.target.closest?.("[data-set]");
      if (set) go({ [set.dataset.set]: set.dataset.value });
      const link = event.target.closest?.("a[href]");
      if (!link || event.defaultPrevented || !plain(event) || !link.closest(".ws") || link.pathname.replace(/\/$/, "") !== path || link.closest(".rail")) return;
      event.preventDefault();
      if (link.href !== window.location.href) visit(new URL(link.href));
    };
    const type = (event) => {
      const name = event.target.dataset?.param;
      if (!name) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => go({ [name]: event.target.value.trim() }, true), SEARCH_MS);
    };
    const leave = (event) => { if (event.key === "Escape" && event.target.dataset?.param) { event.target.value = ""; type(event); event.target.blur(); } };
    for (const name of PANES) {
      const kept = window.localStorage.getItem(`hub.${name}`);
      if (kept && !narrow()) document.documentElement.dataset[name] = kept;
    }
    mirror();
    window.addEventListener("popstate", back, true);
    window.addEventListener("hub:address", tell);
    document.addEventListener("click", click, true);
    document.addEventListener("input", type);
    document.addEventListener("keydown", leave);
    return () => {
      clearTimeout(timer.current);
      for (const name of PANES) delete document.documentElement.dataset[name];
      window.removeEventListener("popstate", back, true);
      window.removeEventListener("hub:address", tell);
      document.removeEventListener("click", click, true);
      document.removeEventListener("input", type);
      document.removeEventListener("keydown", leave);
    };
  }, [path]);
  return null;
}
