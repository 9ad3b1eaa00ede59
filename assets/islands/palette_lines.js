// What the palette lists: groups of lines, each with what it does once the palette is closed.
import { ACTIONS, keyOf } from "./actions.jsx";
import { act, within } from "./keyboard.jsx";

export const SHORTEST = 2;
const MOST = 8;
const STATUS = { open: "Open", pending: "Waiting on customer", resolved: "Resolved", snoozed: "Snoozed" };

export const wordsOf = (query) => query.toLowerCase().split(/\s+/).filter(Boolean);
const holds = (title, words) => words.every((word) => title.toLowerCase().includes(word));

// The text in pieces; every second one is a match.
export function pieces(text, query) {
  const words = wordsOf(query).sort((a, b) => b.length - a.length);
  if (!words.length) return [text];
  return text.split(new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu"));
}

// A title that begins with what was typed comes first.
function best(lines, query) {
  const words = wordsOf(query);
  if (!words.length) return lines;
  const first = (line) => (line.title.toLowerCase().startsWith(query.toLowerCase()) ? 0 : 1);
  return lines.filter((line) => holds(`${line.title} ${line.detail ?? ""}`, words)).sort((a, b) => first(a) - first(b)).slice(0, MOST);
}

// Each action of the keyboard map that would do something now, those of an open conversation first; `before` had the
// focus when the palette opened.
export function actions(map, before, isThread) {
  const [list, ...ofThread] = ACTIONS;
  return (isThread ? [...ofThread, list] : ACTIONS).flatMap(([title, list]) => list.filter(([id]) => within(id, before)).map(([id, , what]) => ({
    key: `action.${id}`, title: what, detail: title, keys: keyOf(id, map), run: () => act(id, before),
  })));
}

export function pagesFor(pages, permissions, open) {
  const mine = pages.filter((page) => permissions.includes(page.permission) && !permissions.includes(page.unless));
  return mine.map((page) => ({ key: `page.${page.route}`, title: page.label, run: () => open(page.route) }));
}

const composer = () => { const field = document.getElementById("composer-text"); return field?.checkVisibility?.() ? field : null; };
const insert = (words, canned) => window.dispatchEvent(new CustomEvent("hub:insert", { detail: { words, canned } }));
const query = (route, values) => `${route}?${new URLSearchParams(values)}`;

const FOUND = {
  conversations: (one, { thread }) => ({ ...one, status: STATUS[one.status], run: () => thread(one.id) }),
  customers: (one, { thread }) => ({ ...one, run: () => thread(one.id) }),
  vehicles: (one, { open }) => ({ ...one, at: "", status: composer() ? "Insert" : "", run: () => (composer() ? insert(one.words, false) : open(query("/inventory", { q: one.stock, id: one.id }))) }),
  canned: (one) => ({ ...one, status: "Insert", shortcut: one.key, run: () => insert(one.words, true) }),
  users: (one, { open }) => ({ ...one, status: one.status, run: () => open(query("/users", { q: one.title, id: one.id })) }),
};
const TITLES = { conversations: "Conversations", customers: "Customers", vehicles: "Vehicles", canned: "Canned responses", users: "Users" };

const found = (kind, lines, ways) => lines.map((one) => ({ ...FOUND[kind](one, ways), key: `${kind}.${one.id}` }));

// What was found on the server, a vehicle by its stock number first; canned responses only where there is a text for them.
export function foundGroups(answer, text, ways) {
  const isStock = answer.vehicles?.[0]?.stock.toLowerCase() === text.toLowerCase();
  const kinds = Object.keys(TITLES).sort((a, b) => (isStock ? (b === "vehicles") - (a === "vehicles") : 0)).filter((kind) => answer[kind]?.length && (kind !== "canned" || composer()));
  return kinds.map((kind) => ({ kind, title: TITLES[kind], lines: found(kind, answer[kind], ways) }));
}

export function ownGroups(text, { recent, doing, pages, here }, ways) {
  const last = text ? [] : found("conversations", recent.filter((one) => one.id !== here), ways).map((line) => ({ ...line, key: `recent.${line.id}` }));
  return [
    { kind: "recent", title: "Recently opened", lines: last },
    { kind: "actions", title: "Actions", lines: best(doing, text) },
    { kind: "pages", title: "Go to", lines: best(pages, text) },
  ].filter((group) => group.lines.length);
}
