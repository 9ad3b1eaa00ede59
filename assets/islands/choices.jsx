import { useEffect, useState } from "react";

const COMMON = ["en-US", "en-GB", "en-CA", "es-US", "es-MX", "es-ES", "fr-CA", "fr-FR", "de-DE", "pt-BR", "pt-PT", "it-IT", "nl-NL", "pl-PL", "vi-VN", "zh-CN", "ko-KR"];

function named(tag) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

// What the browser knows of time zones and languages, to choose from; this device's own come first.
export function Choices() {
  const [known, setKnown] = useState({ zones: [], languages: [] });
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setKnown({
      zones: [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])],
      languages: [...new Set([...navigator.languages, ...COMMON])],
    });
  }, []);
  return (
    <>
      <datalist id="zones">{known.zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
      <datalist id="languages">{known.languages.map((tag) => <option key={tag} value={tag}>{named(tag)}</option>)}</datalist>
    </>
  );
}
