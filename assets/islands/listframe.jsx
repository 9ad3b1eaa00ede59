// How the list looks, kept for the person: its width, the height of its rows, which panes are folded.
import { useEffect, useRef, useState } from "react";
import { Rows2, Rows3 } from "lucide-react";

const NARROWEST = 300, WIDEST = 480, USUAL = 360, STEP = 10, SAVE_MS = 400;
const PANES = ["views", "context"];
const bounded = (width) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
const root = () => document.documentElement;
const LOOK = "hub.look";

// What this browser last showed, so that the list stands as its reader left it before the server has told.
function lastLook() {
  try { return JSON.parse(window.localStorage.getItem(LOOK) ?? "{}") ?? {}; } catch { return {}; }
}

function usePanes(preferences, onPrefer) {
  const folded = useRef([]);
  const keep = useRef(onPrefer);
  keep.current = onPrefer;
  useEffect(() => {
    const hear = ({ detail: { name, now } }) => {
      folded.current = now === "closed" ? [...new Set([...folded.current, name])] : folded.current.filter((pane) => pane !== name);
      keep.current({ collapsed_panes: folded.current });
    };
    window.addEventListener("hub:pane", hear);
    return () => window.removeEventListener("hub:pane", hear);
  }, []);
  useEffect(() => {
    if (!preferences.collapsed_panes) return;
    folded.current = preferences.collapsed_panes;
    if (window.matchMedia("(max-width: 1279px)").matches) return;
    for (const name of PANES) {
      const now = folded.current.includes(name) ? "closed" : "open";
      root().dataset[name] = now;
      window.localStorage.setItem(`hub.${name}`, now);
    }
  }, [preferences]);
}

export function ListEdge({ preferences, onPrefer }) {
  const [width, setWidth] = useState(() => bounded(lastLook().width ?? USUAL));
  const timer = useRef(null);
  const from = useRef(null);
  usePanes(preferences, onPrefer);
  useEffect(() => { if (preferences.list_width && !from.current && !timer.current) setWidth(preferences.list_width); }, [preferences]);
  useEffect(() => {
    root().style.setProperty("--w-list", `${width}px`);
    return () => root().style.removeProperty("--w-list");
  }, [width]);
  useEffect(() => {
    const density = preferences.density ?? lastLook().density ?? "comfortable";
    root().dataset.rows = density;
    if (preferences.density) window.localStorage.setItem(LOOK, JSON.stringify({ width, density }));
    return () => delete root().dataset.rows;
  }, [preferences.density, width]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (next) => {
    const wanted = bounded(next);
    setWidth(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { timer.current = null; onPrefer({ list_width: wanted }); }, SAVE_MS);
  };
  const key = (event) => {
    const to = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: NARROWEST, End: WIDEST, Enter: USUAL }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  };
  const grab = (event) => { event.currentTarget.setPointerCapture(event.pointerId); from.current = { x: event.clientX, width }; };
  const drag = (event) => { if (from.current) set(from.current.width + event.clientX - from.current.x); };
  const drop = () => { from.current = null; };
  return (
    <div
      className="edge" role="separator" tabIndex={0} aria-orientation="vertical" aria-label="Width of the list" aria-controls="main"
      aria-valuenow={width} aria-valuemin={NARROWEST} aria-valuemax={WIDEST} aria-valuetext={`${width} pixels`} title="Drag, or use the arrow keys; Enter sets it back"
      onKeyDown={key} onPointerDown={grab} onPointerMove={drag} onPointerUp={drop} onPointerCancel={drop} onDoubleClick={() => set(USUAL)}
    />
  );
}

export function DensitySwitch({ preferences, onPrefer }) {
  const compact = preferences.density === "compact";
  const Icon = compact ? Rows3 : Rows2;
  const words = compact ? "Comfortable rows" : "Compact rows";
  return (
    <button type="button" className="btn btn-ghost btn-sm btn-icon density" title={words} aria-label={words} onClick={() => onPrefer({ density: compact ? "comfortable" : "compact" })}>
      <Icon className="i i-14" aria-hidden="true" />
    </button>
  );
}
