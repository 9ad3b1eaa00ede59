// The keyboard map: keys find the button that carries them (`data-hotkey`) and press it; no key reaches the server by itself.
import { useEffect, useRef, useState } from "react";
import { Keyboard as KeyboardIcon } from "lucide-react";

const MAP = [
  ["List", [["J", "Next conversation"], ["K", "Previous conversation"], ["Enter", "Open"], ["/", "Search"], ["G M", "Mine"], ["G U", "Unassigned"], ["G W", "Waiting for reply"], ["G A", "All open"]]],
  ["Conversation", [["R", "Reply"], ["N", "Private note"], ["M", "Canned responses"], ["E", "Resolve and next"], ["A", "Assign"], ["I", "Assign to me"], ["S", "Status"], ["P", "Priority"], ["L", "Labels"], ["Z", "Snooze"], ["]", "Customer panel"], ["[", "Views"]]],
  ["AI draft", [["mod J", "Draft a reply"], ["mod Enter", "Accept and send"], ["E", "Edit, while the draft has the focus"], ["R", "Reject, while the draft has the focus"], ["shift mod J", "Draft again"], ["1–9", "Open a source"], ["Esc", "Stop or close"], ["mod Z", "Undo sending"]]],
];
const CHORD_MS = 900;
const TYPING = "input, textarea, select, [contenteditable=true]";

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
// What a closed menu holds can be pressed all the same where it says `data-anytime`.
const find = (key, within = document) => {
  const carriers = [...within.querySelectorAll(`[data-hotkey~="${CSS.escape(key)}"]`)];
  return carriers.find(shown) ?? carriers.find((element) => "anytime" in element.dataset);
};

function nameOf(event) {
  const parts = [event.shiftKey && event.key.length > 1 | event.ctrlKey | event.metaKey ? "shift" : "", event.metaKey || event.ctrlKey ? "mod" : "", event.key.toLowerCase()];
  return parts.filter(Boolean).join("+");
}

// A menu opened by a key takes the focus at the part that the key names (`data-menu-key`), and gives it back on closing.
function press(element, key) {
  if (element.matches(TYPING)) { element.focus(); element.select?.(); return; }
  element.click();
  const menu = element.popoverTargetElement;
  if (!menu?.matches(":popover-open")) return;
  const mark = menu.querySelector(`[data-menu-key="${CSS.escape(key)}"]`);
  (mark?.matches("h3") ? mark.nextElementSibling : mark ?? menu.querySelector("button, input, a[href]"))?.focus();
}

function stepInMenu(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = by && document.activeElement?.closest(".menu:popover-open");
  if (!menu) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("button, input, a[href]")].filter(shown);
  items[(items.indexOf(document.activeElement) + by + items.length) % items.length]?.focus();
}

function step(by) {
  const options = [...document.querySelectorAll("#rows [role=option]")];
  const from = options.indexOf(document.activeElement);
  const at = from >= 0 ? from : options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const to = options[Math.max(0, Math.min(options.length - 1, at + by))];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
}

function resolveTo(key, prefix) {
  const panel = document.activeElement?.closest?.("[data-panel]") ?? document.querySelector("[data-panel]:focus-within");
  if (/^[1-9]$/.test(key)) return document.querySelector(`.src[data-source="${key}"]`);
  return (panel && find(key, panel)) || find(prefix ? `${prefix}-${key}` : key);
}

function useSingleKeys() {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(window.localStorage.getItem("hub.keys") !== "off"), []);
  return [on, (value) => { setOn(value); window.localStorage.setItem("hub.keys", value ? "on" : "off"); }];
}

const words = (key, mac) => key.split(" ").map((part) => ({ mod: mac ? "⌘" : "Ctrl", shift: mac ? "⇧" : "Shift" })[part] ?? part);

export function Keyboard() {
  const dialog = useRef(null);
  const [on, setOn] = useSingleKeys();
  const chord = useRef({ key: "", at: 0 });
  const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
  useEffect(() => {
    const hear = (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
      stepInMenu(event);
      const key = nameOf(event);
      const typing = event.target.closest?.(TYPING);
      const single = !key.includes("mod+") && key !== "escape";
      if ((single && (typing || !on)) || (typing && key === "mod+z")) return;
      if (document.querySelector(":popover-open") && (single || key === "escape")) return;
      const prefix = Date.now() - chord.current.at < CHORD_MS ? chord.current.key : "";
      chord.current = { key: "", at: 0 };
      if (key === "g") { chord.current = { key, at: Date.now() }; return; }
      if (!prefix && (key === "j" || key === "k")) { event.preventDefault(); step(key === "j" ? 1 : -1); return; }
      if (!prefix && key === "o" && document.activeElement?.matches("[role=option]")) { document.activeElement.click(); return; }
      if (key === "escape" && typing) typing.blur();
      const element = resolveTo(key, prefix);
      if (element) { event.preventDefault(); press(element, key); }
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [on]);
  return (
    <>
      <button type="button" className="navi keys-button" data-hotkey="?" onClick={() => dialog.current.showModal()}><KeyboardIcon className="i" aria-hidden="true" /><span className="trunc grow">Keyboard</span><kbd aria-hidden="true">?</kbd></button>
      <dialog ref={dialog} className="dialog keys" aria-labelledby="keys-title" onClick={(event) => { if (event.target === dialog.current) dialog.current.close(); }}>
        <div className="dialog-head row"><h2 id="keys-title" className="grow">Keyboard</h2><button type="button" className="btn btn-sm" autoFocus onClick={() => dialog.current.close()}>Close</button></div>
        <div className="dialog-body">
          <div className="keys-map">
            {MAP.map(([title, keys]) => (
              <section key={title}><h3>{title}</h3><dl>{keys.map(([key, what]) => <div key={key + what}><dt>{words(key, mac).map((part) => <kbd key={part}>{part}</kbd>)}</dt><dd>{what}</dd></div>)}</dl></section>
            ))}
          </div>
          <label className="row"><input type="checkbox" className="check" checked={on} onChange={(event) => setOn(event.target.checked)} />Single keys work while nobody is typing</label>
        </div>
      </dialog>
    </>
  );
}
