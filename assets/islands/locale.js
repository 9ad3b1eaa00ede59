// How dates and times are written: as the browser's language writes them in English, since the screens speak English.
const own = typeof navigator === "undefined" ? "" : (navigator.language ?? "");

export const LOCALE = own.startsWith("en") ? own : "en-US";
