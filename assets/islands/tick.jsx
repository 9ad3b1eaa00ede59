import { useEffect, useRef } from "react";

// Says so every few seconds while the page can be seen, and at once when it is looked at again.
export function Tick({ seconds, onTick }) {
  const say = useRef(onTick);
  say.current = onTick;
  useEffect(() => {
    const tell = () => { if (!document.hidden) say.current?.(); };
    const timer = setInterval(tell, seconds * 1000);
    document.addEventListener("visibilitychange", tell);
    return () => { clearInterval(timer); document.removeEventListener("visibilitychange", tell); };
  }, [seconds]);
  return null;
}
