// A vehicle's picture; where it does not come, a plain sign in its place.
import { useEffect, useRef, useState } from "react";
import { ImageOff } from "lucide-react";

export function Photo({ src, label, look }) {
  const [failed, setFailed] = useState("");
  const image = useRef(null);
  // It may have failed before there was anybody to hear of it.
  useEffect(() => { if (image.current?.complete && !image.current.naturalWidth) setFailed(src); }, [src]);
  if (failed === src) return <span className={`no-photo ${look ?? ""}`}><ImageOff className="i" aria-hidden="true" /><span className="small">The picture did not load</span></span>;
  return <img ref={image} src={src} alt={label ?? ""} className={look} loading="lazy" onError={() => setFailed(src)} />;
}
