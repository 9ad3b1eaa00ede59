// What can be put into a text: canned responses after "/", values after "{", vehicles of the inventory after "#".
import { useEffect, useRef } from "react";

const LOOK_UP_MS = 200;
const SHOWN = 8;
const TOKEN = /(?:^|\s)([/#])([^\s/#]{0,40})$|(\{)(\w{0,20})$/;
const STATUS = { available: "Available", pending: "Pending", sold: "Sold" };

// The unfinished token before the caret: `{kind, query, start}`, or null.
export function tokenAt(text, caret) {
  const found = TOKEN.exec(text.slice(0, caret));
  if (!found) return null;
  const kind = found[1] ?? found[3];
  const query = found[2] ?? found[4] ?? "";
  return { kind, query, start: caret - query.length - 1 };
}

// Put words in place of the token, or at the caret; returns the text and where the caret goes.
export function placed(text, caret, token, words) {
  const from = token ? token.start : caret;
  const gap = !token && from > 0 && !/\s$/.test(text.slice(0, from)) ? " " : "";
  const before = text.slice(0, from) + gap + words;
  return [before + text.slice(caret), before.length];
}

// Every `{name}` whose value is known, filled in; the others stay to be seen.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values.find((one) => one.name === name && one.value)?.value ?? whole);
export const unfilled = (text) => /\{\w+\}/.exec(text)?.[0] ?? "";

// What a placeholder stands for in this conversation.
export function valuesOf({ customer, house, me, vehicles }) {
  const [vehicle] = vehicles;
  const first = (customer?.name ?? "").split(" ")[0];
  return [
    { name: "name", words: "Customer's first name", value: first },
    { name: "customer", words: "Customer's full name", value: customer?.name ?? "" },
    { name: "me", words: "Your name", value: me },
    { name: "dealership", words: "Dealership", value: house.name ?? "" },
    { name: "phone", words: "Dealership's phone", value: house.phone ?? "" },
    { name: "email", words: "Dealership's e-mail", value: house.email ?? "" },
    { name: "website", words: "Dealership's website", value: house.website ?? "" },
    { name: "vehicle", words: "Vehicle of interest", value: vehicle?.name ?? "" },
    { name: "price", words: "Its price", value: /\d/.test(vehicle?.price ?? "") ? vehicle.price : "" },
    { name: "stock", words: "Its stock number", value: vehicle?.stock_number ?? "" },
  ];
}

// While the caret stays in the text, Enter and Tab take the first line (`ready`), which looks chosen.
function Picker({ label, empty, lines, ready, onClose }) {
  const box = useRef(null);
  const move = (event) => {
    const options = [...box.current.querySelectorAll("button")];
    const at = options.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined && options[to]) { event.preventDefault(); options[to].focus(); }
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) { event.preventDefault(); event.stopPropagation(); onClose(); }
  };
  return (
    <div className={`pop menu canned${ready ? " canned-ready" : ""}`} role="group" aria-label={label} ref={box} onKeyDown={move}>
      {lines.map((line) => (
        <button key={line.key} type="button" onClick={line.act}>
          <span className="stack grow"><b className="strong trunc">{line.title}</b><span className="small muted trunc">{line.detail}</span></span>{line.hint}
        </button>
      ))}
      {lines.length ? null : <p className="muted small">{empty}</p>}
    </div>
  );
}

// The best first: a shortcut that is the word, one or a title that begins with it, a title that has it anywhere.
function fit(one, words) {
  const [title, shortcut] = [one.title.toLowerCase(), (one.shortcut ?? "").toLowerCase()];
  return [shortcut === words, shortcut.startsWith(words), title.startsWith(words), title.includes(words)].indexOf(true);
}

export function Canned({ canned, values, query, typed, onPick, onClose }) {
  const words = query.toLowerCase();
  const found = canned.filter((one) => !words || fit(one, words) >= 0).sort((a, b) => (words ? fit(a, words) - fit(b, words) : 0)).slice(0, SHOWN);
  const lines = found.map((one) => ({ key: one.id, title: one.title, detail: one.content, hint: one.shortcut ? <kbd>/{one.shortcut}</kbd> : null, act: () => onPick(filled(one.content, values)) }));
  const empty = canned.length ? `No canned response matches “${query}”.` : "There are no canned responses yet. An administrator can add them.";
  return <Picker label="Canned responses" empty={empty} lines={lines} ready={typed} onClose={onClose} />;
}

export function Values({ values, query, typed, onPick, onClose }) {
  const word = query.toLowerCase();
  const found = values.filter((one) => one.value && (!word || one.name.startsWith(word) || one.words.toLowerCase().includes(word)));
  const lines = found.map((one) => ({ key: one.name, title: one.value, detail: one.words, hint: <kbd>{`{${one.name}}`}</kbd>, act: () => onPick(one.value) }));
  return <Picker label="Values to insert" empty={`Nothing is known that matches “${query}”.`} lines={lines} ready={typed} onClose={onClose} />;
}

export function Stock({ stock, query, typed, onFind, onPick, onClose }) {
  useEffect(() => {
    const timer = setTimeout(() => onFind(query), LOOK_UP_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const ready = stock.query === query;
  const lines = (ready ? stock.rows : []).map((one) => ({
    key: one.id, title: `${one.name} · ${one.price}`, detail: [one.stock_number, one.mileage, STATUS[one.status] ?? one.status].filter(Boolean).join(" · "), hint: null, act: () => onPick(one.words),
  }));
  return <Picker label="Inventory" empty={ready ? `No vehicle matches “${query}”.` : "Looking through the inventory"} lines={lines} ready={typed} onClose={onClose} />;
}
