// The keyboard map: keys find the button that carries them (`data-hotkey`) and press it; no key reaches the server by itself.
import { useEffect, useRef, useState } from "react";
import { Keyboard as KeyboardIcon } from "lucide-react";
import { inAddress } from "./parts.jsx";
import { ACTIONS, FIXED, carried, clash, given, keyOf, without, withKey } from "./actions.jsx";

const CHORD_MS = 900;
const TYPING = "input, textarea, select, [contenteditable=true]";

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
// What a closed menu holds can be pressed all the same where it says `data-anytime`; a draft's letters are heard in its panel alone.
const find = (key, within = document, inPanels = true) => {
  const carriers = [...within.querySelectorAll(`[data-hotkey~="${CSS.escape(key)}"]`)].filter((element) => inPanels || !element.closest("[data-panel]"));
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
  (mark?.matches("h3") ? mark.nextElementSibling : mark ?? [...menu.querySelectorAll("button, input, a[href]")].find(shown))?.focus();
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

const panelAtHand = () => document.activeElement?.closest?.("[data-panel]") ?? document.querySelector("[data-panel]:focus-within");

function resolveTo(key) {
  const panel = panelAtHand();
  if (/^[1-9]$/.test(key)) return document.querySelector(`.src[data-source="${key}"]`);
  return (panel && find(key, panel)) || find(key, document, key.length > 1);
}

// A ready draft is sent from its thread or its own row: not from a field, a link, another row or while another thread is coming.
const FIELD = "input:not([type=checkbox]), textarea, select, [contenteditable=true], a[href]";
function maySend(target) {
  const row = target.closest?.("#rows [role=option]");
  const open = inAddress("id");
  return !target.closest?.(FIELD) && (!row || row.dataset.row === open) && document.querySelector(".dock")?.dataset.of === open;
}

// What the list does by itself, since no button stands for it.
const rowAtHand = (at = document.activeElement) => (at?.matches("#rows [role=option]") ? at : document.querySelector("#rows [aria-selected=true]"));
const ON_ROW = { x: "select", u: "unread" };

function actOnList(key) {
  if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
  const row = rowAtHand();
  if (key === "o" && row && row === document.activeElement) { row.click(); return true; }
  if (!ON_ROW[key] || !row) return false;
  window.dispatchEvent(new CustomEvent("hub:row", { detail: { act: ON_ROW[key], id: row.dataset.row } }));
  return true;
}

const STEPS = ["list.next", "list.previous"];
const AT_ROW = ["list.open", "list.select", "list.unread"];

// What an action of the map would act on now; `before` has the focus, or had it. Nothing where it would do nothing.
export function within(id, before) {
  if (STEPS.includes(id)) return document.querySelector("#rows [role=option]");
  if (AT_ROW.includes(id)) return rowAtHand(before);
  const key = keyOf(id, {});
  const panel = id.startsWith("draft.") ? document.querySelector("[data-panel]") : document;
  const element = panel && find(key, panel, panel !== document || key.length > 1);
  return element && !element.matches(":disabled, [aria-disabled=true]") ? element : null;
}

// Do what the action's own key does.
export function act(id, before) {
  const element = within(id, before);
  if (!element) return;
  if (id === "list.open") element.click();
  else if (!actOnList(STEPS.includes(id) || AT_ROW.includes(id) ? keyOf(id, {}) : "")) press(element, keyOf(id, {}));
}

const words = (key, mac) => key.split(/[+-](?=.)/).map((part) => ({ mod: mac ? "⌘" : "Ctrl", shift: mac ? "⇧" : "Shift", enter: "Enter" })[part] ?? (part.length === 1 ? part.toUpperCase() : part));
export const Keys = ({ of, mac }) => words(of, mac).map((part) => <kbd key={part}>{part}</kbd>);

// What the buttons say about their keys follows the person's own map: hints, titles and what a screen reader is told.
function relabel(map, mac) {
  for (const carrier of document.querySelectorAll("[data-hotkey]")) {
    const owned = carrier.dataset.hotkey.split(" ");
    const inPanel = Boolean(carrier.closest("[data-panel]"));
    const now = new Map(owned.map((key) => [words(key, mac).join(" "), given(key, map, inPanel)]));
    if (carrier.hasAttribute("aria-keyshortcuts")) carrier.setAttribute("aria-keyshortcuts", [...now.values()].map((key) => key.replace("mod", "Control").replace("-", " ")).join(" "));
    if (carrier.title) {
      carrier.dataset.title ??= carrier.title;
      carrier.title = carrier.dataset.title.replace(/\(([^()]+)\)/g, (whole, key) => (now.has(key) ? `(${words(now.get(key), mac).join(" ")})` : whole));
    }
    const hint = carrier.querySelector("kbd");
    if (!hint || owned.length > 1 || (given(owned[0], map, inPanel) === owned[0] && !hint.dataset.mapped)) continue;
    hint.dataset.mapped = "";
    [...hint.childNodes].forEach((node, at) => { node.nodeValue = at ? "" : words([...now.values()][0], mac).join(" "); });
  }
}

// Buttons come and go with the panes: while somebody has keys of his own, newcomers are told of them too.
function useOwnHints(map, mac) {
  const was = useRef(false);
  useEffect(() => {
    const own = Object.keys(map).length > 0;
    if (!own && !was.current) return undefined;
    was.current = own;
    relabel(map, mac);
    if (!own) return undefined;
    const watch = new MutationObserver(() => relabel(map, mac));
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [map, mac]);
}

// One action's key: a press on it waits for the new one; G waits for a second.
function KeyLine({ action: [id, own, what], map, mac, onMap }) {
  const [recording, setRecording] = useState("");
  const [refused, setRefused] = useState("");
  const now = keyOf(id, map);
  const take = (key) => {
    const other = clash(id, key, map);
    setRecording("");
    setRefused(other ? `${words(key, mac).join(" ")} is “${other}” already.` : "");
    if (!other) onMap(withKey(map, id, key));
  };
  const hear = (event) => {
    if (!recording || ["Shift", "Control", "Meta", "Alt", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const key = nameOf(event);
    if (key === "escape") setRecording("");
    else if (recording === "g") take(`g-${key}`);
    else if (key === "g") setRecording("g");
    else take(key);
  };
  return (
    <div>
      <dt>
        {now !== own ? <button type="button" className="link small" onClick={() => { setRefused(""); onMap(without(map, id)); }}>Reset<span className="sr"> {what}</span></button> : null}
        <button type="button" className="key-set" aria-label={`${what}: ${words(now, mac).join(" ")}. Change the key`} onClick={() => { setRefused(""); setRecording("on"); }} onKeyDown={hear} onBlur={() => setRecording("")}>
          {recording ? <span className="muted" role="status">{recording === "g" ? "G, then…" : "Press a key"}</span> : <Keys of={now} mac={mac} />}
        </button>
      </dt>
      <dd>{what}{refused ? <small className="down" role="alert">{refused}</small> : null}</dd>
    </div>
  );
}

function useMap(preferences, onPrefer) {
  const [map, setMap] = useState(preferences.key_map ?? {});
  const [on, setOn] = useState(preferences.single_keys ?? true);
  useEffect(() => {
    setMap(preferences.key_map ?? {});
    setOn(preferences.single_keys ?? true);
  }, [preferences]);
  return [map, (next) => { setMap(next); onPrefer({ key_map: next }); }, on, (next) => { setOn(next); onPrefer({ single_keys: next }); }];
}

export function Keyboard({ preferences, onPrefer }) {
  const dialog = useRef(null);
  const [map, keepMap, on, keepOn] = useMap(preferences, onPrefer);
  const chord = useRef({ key: "", at: 0 });
  const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
  useOwnHints(map, mac);
  useEffect(() => {
    const hear = (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
      stepInMenu(event);
      const pressed = nameOf(event);
      const typing = event.target.closest?.(TYPING);
      const single = !pressed.includes("mod+") && pressed !== "escape";
      if ((single && (typing || !on)) || (typing && pressed === "mod+z" && event.target.value)) return;
      const outside = !typing && pressed.includes("mod+");
      if (document.querySelector(":popover-open") && (single || pressed === "escape")) return;
      const prefix = Date.now() - chord.current.at < CHORD_MS ? chord.current.key : "";
      chord.current = { key: "", at: 0 };
      if (pressed === "g") { chord.current = { key: pressed, at: Date.now() }; return; }
      const key = carried(prefix ? `${prefix}-${pressed}` : pressed, map, outside || Boolean(panelAtHand()));
      if (!key || (key === "mod+enter" && !maySend(event.target))) return;
      if (single && actOnList(key)) { event.preventDefault(); return; }
      if (key === "escape" && typing) typing.blur();
      const element = resolveTo(key);
      if (element) { event.preventDefault(); press(element, key); return; }
      const draft = key === "mod+j" ? document.querySelector("[data-panel] .draft-text[tabindex]") : null;
      if (draft) { event.preventDefault(); draft.focus(); }
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [on, map]);
  return (
    <>
      <button type="button" className="navi keys-button" data-hotkey="?" onClick={() => dialog.current.showModal()}><KeyboardIcon className="i" aria-hidden="true" /><span className="trunc grow">Keyboard</span><kbd aria-hidden="true">{words(keyOf("help.keys", map), mac).join(" ")}</kbd></button>
      <dialog ref={dialog} className="dialog keys" aria-labelledby="keys-title" onClick={(event) => { if (event.target === dialog.current) dialog.current.close(); }}>
        <div className="dialog-head row"><h2 id="keys-title" className="grow">Keyboard</h2>{Object.keys(map).length ? <button type="button" className="btn btn-sm btn-ghost" onClick={() => keepMap({})}>Reset all</button> : null}<button type="button" className="btn btn-sm" autoFocus onClick={() => dialog.current.close()}>Close</button></div>
        <div className="dialog-body">
          <p className="muted small">Press a key to give its action another one.</p>
          <div className="keys-map">
            {ACTIONS.map(([title, actions], place) => (
              <section key={title}><h3>{title}</h3><dl>{actions.map((action) => <KeyLine key={action[0]} action={action} map={map} mac={mac} onMap={keepMap} />)}
                {place === ACTIONS.length - 1 ? FIXED.map(([key, what]) => <div key={key}><dt><Keys of={key} mac={mac} /></dt><dd>{what}</dd></div>) : null}</dl></section>
            ))}
          </div>
          <label className="row"><input type="checkbox" className="check" checked={on} onChange={(event) => keepOn(event.target.checked)} />Single keys work while nobody is typing</label>
        </div>
      </dialog>
    </>
  );
}
