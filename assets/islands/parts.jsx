// What the workspace's islands share: the address, times in words, initials, menus, things kept on this device.
import { useEffect, useRef, useState } from "react";
import { LOCALE } from "./locale.js";

const UNITS = [[3600, 60, "m"], [86400, 3600, "h"]];

export const MOD = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";
export const plural = (count, word, many = `${word}s`) => `${count} ${count === 1 ? word : many}`;
export const Kbd = ({ children }) => <kbd aria-hidden="true">{children}</kbd>;

export function useNow(everyMs = 30000) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

// "now", "6 m", "3 h", "Mon", "Sep 12", "Sep 12, 2025".
export function ago(iso, now) {
  const date = new Date(iso);
  const seconds = Math.max(0, (now - date) / 1000);
  if (seconds < 45) return "now";
  const unit = UNITS.find(([limit]) => seconds < limit);
  if (unit) return `${Math.max(1, Math.round(seconds / unit[1]))} ${unit[2]}`;
  if (seconds < 6 * 86400) return date.toLocaleDateString(LOCALE, { weekday: "short" });
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(LOCALE, { day: "numeric", month: "short", year });
}

// As part of a sentence: "just now", "6 m ago", "Mon", "Sep 12".
export function since(iso, now) {
  const words = ago(iso, now);
  if (words === "now") return "just now";
  return (now - new Date(iso)) / 1000 < UNITS.at(-1)[0] ? `${words} ago` : words;
}

// How long: "6 m", "3 h", "2 d".
export function lasting(ms) {
  const minutes = Math.max(1, Math.round(ms / 60000));
  if (minutes < 60) return `${minutes} m`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

export const exact = (iso) =>
  new Date(iso).toLocaleString(LOCALE, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });

// When something will be: "3:30 PM" today, "Mon 9:00 AM" within six days, else "Dec 4".
export function upTo(iso, now) {
  const date = new Date(iso);
  const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return clock(iso);
  if (days < 7) return date.toLocaleString(LOCALE, { weekday: "short", hour: "numeric", minute: "2-digit" });
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(LOCALE, { day: "numeric", month: "short", year });
}

const TAG = /<\/?(?:p|br|div|span|b|strong|i|em|u|a|ul|ol|li|font|h[1-6]|table|tbody|tr|td|th|img|hr|blockquote)(?:\s[^<>]*)?\/?>/gi;
const BREAK = /<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])(?:\s[^<>]*)?\/?>\n?/gi;
const NAMED = { "&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&" };
const OVERRIDES = /[\u202d\u202e]/g;

// A text as it was meant to be read: without the tags of one that was written in HTML, and without the signs that
// turn the order of its letters around. What is stored stays as it came.
export function readable(text) {
  const plain = text.replace(OVERRIDES, "");
  if (plain.search(TAG) < 0) return plain;
  const words = plain.replace(BREAK, "\n").replace(TAG, "").replace(/&(?:nbsp|lt|gt|quot|#39|apos|amp);/g, (name) => NAMED[name]);
  return words.replace(/\n{3,}/g, "\n\n").trim() || plain;
}

export const clock = (iso) => new Date(iso).toLocaleTimeString(LOCALE, { hour: "numeric", minute: "2-digit" });

export const initials = (name) => {
  const words = (name || "?").trim().split(/\s+/);
  const first = (word) => [...word][0] ?? "";
  return ((first(words[0]) || "?") + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
};

export const hue = (id) => 1 + [...(id || "")].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % 6;

export const Avatar = ({ name, id, size = 32, title }) => (
  <span className={`av av-${hue(id)} av-${size}`} title={title} aria-hidden="true">{initials(name)}</span>
);

// The query of the address is the workspace's state; `replace` leaves no step for the back button.
export function go(change, replace = false) {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  visit(url, replace);
}

export function visit(url, replace = false) {
  const step = { ...window.history.state, idx: (window.history.state?.idx ?? 0) + (replace ? 0 : 1) };
  window.history[replace ? "replaceState" : "pushState"](step, "", url);
  window.dispatchEvent(new Event("hub:address"));
}

export const inAddress = (name) => new URLSearchParams(window.location.search).get(name) ?? "";

export function announce(words, urgent = false) {
  const region = document.getElementById(urgent ? "say-now" : "say-soon");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = words; }, 30);
}

export function read(key, empty) {
  try { return { ...empty, ...JSON.parse(window.localStorage.getItem(key) ?? "{}") }; } catch { return empty; }
}

export function write(key, value, empty) {
  try {
    if (JSON.stringify(value) === JSON.stringify(empty)) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, JSON.stringify(value));
  } catch (full) {
    console.warn("this browser keeps no more text", full);
  }
}

// A value kept in this browser, one a key; `keep` merges a change into the value of the key at hand or of another.
export function useKept(key, empty) {
  const [, redraw] = useState(0);
  const values = useRef(new Map());
  const at = (name) => {
    if (!values.current.has(name)) values.current.set(name, read(name, empty));
    return values.current.get(name);
  };
  const keep = (change, name = key) => {
    values.current.set(name, { ...at(name), ...change });
    write(name, values.current.get(name), empty);
    redraw((count) => count + 1);
  };
  return [at(key), keep, at];
}
