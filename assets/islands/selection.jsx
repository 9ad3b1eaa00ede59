// Which conversations are chosen for one change to all; it stays in the browser until it is made.
import { useEffect, useState } from "react";
import { announce } from "./parts.jsx";

const MOST = 100;
let chosen = new Set();
const hears = new Set();

function settle(next) {
  chosen = next;
  hears.forEach((tell) => tell(next));
}

export function toggle(id) {
  const next = new Set(chosen);
  if (!next.delete(id) && next.size < MOST) next.add(id);
  settle(next);
  announce(next.size ? `${next.size} selected` : "Nothing selected");
}

export const choose = (ids) => settle(new Set(ids.slice(0, MOST)));

export const anyChosen = () => chosen.size > 0;

export function useSelection() {
  const [now, setNow] = useState(chosen);
  useEffect(() => {
    hears.add(setNow);
    setNow(chosen);
    return () => hears.delete(setNow);
  }, []);
  return now;
}
