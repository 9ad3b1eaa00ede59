import React, { useEffect, useState } from "react";
import { LOCALE } from "./locale.js";

const UNITS = [[3600, 60, "m"], [86400, 3600, "h"], [604800, 86400, "d"]];

function short(date, now) {
  const seconds = Math.max(0, (now - date) / 1000);
  if (seconds < 45) return "now";
  const unit = UNITS.find(([limit]) => seconds < limit);
  if (unit) return `${Math.max(1, Math.round(seconds / unit[1]))} ${unit[2]}`;
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString(LOCALE, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

// In how long: "3 m", "2 h"; "now" once it is over.
function until(date, now) {
  const seconds = (date - now) / 1000;
  if (seconds <= 0) return "now";
  const unit = UNITS.find(([limit]) => seconds < limit) ?? UNITS.at(-1);
  return `${Math.max(1, Math.round(seconds / unit[1]))} ${unit[2]}`;
}

const day = (date) => date.toLocaleDateString(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const full = (date) =>
  date.toLocaleString(LOCALE, { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" });

function passed(date, now) {
  const words = short(date, now);
  return words === "now" ? "just now" : now - date < UNITS.at(-1)[0] * 1000 ? `${words} ago` : words;
}

const WORDS = { ago: short, passed, until, day, exact: full };

// Says nothing before it is in the browser, since only the browser knows the reader's zone and clock.
export function Moment({ at, mode }) {
  const [now, setNow] = useState(null);
  useEffect(() => {
    setNow(new Date());
    if (!["ago", "passed", "until"].includes(mode)) return undefined;
    const timer = setInterval(() => setNow(new Date()), 30000);
    return () => clearInterval(timer);
  }, [at, mode]);
  if (!at) return <span className="muted">Never</span>;
  const date = new Date(at);
  const utc = `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return (
    <time dateTime={at} title={now ? `${full(date)} (${utc})` : utc}>
      {now ? WORDS[mode](date, now) : ""}
    </time>
  );
}
