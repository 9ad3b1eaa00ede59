// A draft's text with its claims underlined, the numbered sources, and the popover of one claim.
import { useEffect, useRef } from "react";
import { BadgeCheck, CircleAlert, CircleHelp, ShieldAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import { plural, since } from "./parts.jsx";

export const LOOK = {
  supported: { mark: "cl-ok", tone: "success", Icon: BadgeCheck, words: "Sourced" },
  uncertain: { mark: "cl-warn", tone: "warning", Icon: TriangleAlert, words: "To check" },
  unsupported: { mark: "cl-bad", tone: "danger", Icon: CircleAlert, words: "No source" },
};

export const tally = (claims) => ({
  all: claims.length,
  red: claims.filter((claim) => claim.verdict === "unsupported"),
  amber: claims.filter((claim) => claim.verdict === "uncertain"),
  green: claims.filter((claim) => claim.verdict === "supported"),
});

export const evidenceKey = (evidence) => `${evidence.source}:${evidence.id}`;

export const isOpen = (claim) => claim.verdict !== "supported";

// An open claim within another one of the same or a graver verdict is mended with it, and not counted a second time.
export function folded(claims) {
  const covers = (outer, inner) => outer !== inner && isOpen(outer) && outer.start <= inner.start && outer.end >= inner.end
    && outer.end - outer.start > inner.end - inner.start && (outer.verdict === "unsupported" || inner.verdict === "uncertain");
  return claims.filter((claim) => !isOpen(claim) || !claims.some((other) => covers(other, claim)));
}

// One number for each piece of evidence, in the order in which the text first rests on it; what a record contradicts
// does not rest on it.
export function numbered(claims) {
  const numbers = new Map();
  for (const claim of [...claims].sort((a, b) => a.start - b.start)) {
    if (!claim.evidence || claim.verdict === "unsupported") continue;
    const key = evidenceKey(claim.evidence);
    if (!numbers.has(key)) numbers.set(key, { number: numbers.size + 1, evidence: claim.evidence, key });
  }
  return numbers;
}

// Claims count code points, JavaScript's strings count UTF-16 units: cut the text by code points.
export function segments(content, claims) {
  const points = Array.from(content);
  const pieces = [];
  let at = 0;
  const ordered = claims.map((claim, index) => ({ claim, index })).sort((a, b) => a.claim.start - b.claim.start || b.claim.end - a.claim.end);
  for (const { claim, index } of ordered) {
    if (claim.start < at || claim.end > points.length || claim.end <= claim.start) continue;
    if (claim.start > at) pieces.push({ text: points.slice(at, claim.start).join("") });
    pieces.push({ text: points.slice(claim.start, claim.end).join(""), claim, index });
    at = claim.end;
  }
  if (at < points.length) pieces.push({ text: points.slice(at).join("") });
  return pieces;
}

export const replaced = (content, claim, words) => {
  const points = Array.from(content);
  return [...points.slice(0, claim.start), ...Array.from(words), ...points.slice(claim.end)].join("");
};

// Where the sentence that the claim stands in begins and ends; a full stop inside a number ends no sentence.
export function sentenceOf(points, claim) {
  const ends = (i) => /[.!?\n]/.test(points[i]) && (i + 1 >= points.length || /\s/.test(points[i + 1]));
  let start = claim.start;
  while (start > 0 && !ends(start - 1)) start -= 1;
  let end = Math.max(claim.end - 1, start);
  while (end < points.length - 1 && !ends(end)) end += 1;
  return [start, end + 1];
}

// The text without the claim's sentence, or with other words in its place; paragraphs stay.
export function withoutSentence(content, claim, words = "") {
  const points = Array.from(content);
  const [start, end] = sentenceOf(points, claim);
  const joined = [points.slice(0, start).join("").replace(/[ \t]+$/, ""), words, points.slice(end).join("").replace(/^[ \t]+/, "")]
    .reduce((text, part) => (text && part && !text.endsWith("\n") && !part.startsWith("\n") ? `${text} ${part}` : text + part), "");
  return joined.replace(/\n{3,}/g, "\n\n").trim();
}

export function verdictOf(claims, assistance) {
  const { all, red, amber, green } = tally(claims);
  if (red.length) return { tone: "danger", Icon: ShieldAlert, title: `Held back · ${plural(red.length, "fact")} ${red.length === 1 ? "has" : "have"} no source` };
  if (amber.length) return { tone: "warning", Icon: TriangleAlert, title: `${plural(amber.length, "statement")} to check · ${green.length} of ${all} sourced` };
  if (assistance?.clarifying_question) return { tone: "info", Icon: CircleHelp, title: "Asks the customer first" };
  return { tone: "success", Icon: ShieldCheck, title: all ? `Grounded · ${green.length} of ${plural(all, "fact")} sourced` : "States no facts" };
}

export function sourceWords(evidence, sources, now) {
  const known = sources?.[evidenceKey(evidence)] ?? {};
  const fallback = { message: "This thread", vehicle: "Inventory", dealership: "The dealership", policy: "Policy", canned_response: "Canned response" };
  return {
    label: known.label ?? fallback[evidence.source] ?? evidence.source,
    quote: (evidence.field && known.fields?.[evidence.field]) || known.quote || "",
    age: known.at ? `${known.age_word ?? ""} ${since(known.at, now)}`.trim() : known.note ?? "",
  };
}

export function ClaimText({ content, claims, checking, caret, onClaim, onLeave }) {
  const numbers = numbered(claims);
  const mark = (piece, at) => {
    const { claim, index } = piece;
    const number = claim.evidence && claim.verdict !== "unsupported" && numbers.get(evidenceKey(claim.evidence))?.number;
    const look = LOOK[claim.verdict];
    const open = (event) => onClaim?.(index, event.currentTarget, event.type === "click");
    return (
      <span
        key={at} role="button" tabIndex={0} className={`cl ${checking ? "cl-wait" : look.mark}`} data-verdict={claim.verdict}
        aria-haspopup="dialog"
        onMouseEnter={open} onMouseLeave={onLeave} onFocus={open} onClick={open}
        onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onClaim?.(index, event.currentTarget, true); } }}
      >{piece.text}{!checking && number ? <sup>{number}</sup> : null}<span className="sr">({checking ? "checking" : look.words.toLowerCase()})</span></span>
    );
  };
  return (
    <p className="pre">
      {segments(content, claims).map((piece, at) => (piece.claim ? mark(piece, at) : <span key={at}>{piece.text}</span>))}
      {caret ? <span className="caret" aria-hidden="true" /> : null}
    </p>
  );
}

export function Sources({ claims, sources, now, onOpen }) {
  const list = [...numbered(claims).values()];
  if (!list.length) return null;
  return (
    <div className="srcs" aria-label="Sources" role="group">
      {list.map(({ number, evidence, key }) => {
        const words = sourceWords(evidence, sources, now);
        return (
          <button key={key} type="button" className="src" data-source={number} onClick={(event) => onOpen(key, event.currentTarget)}>
            <span className="k">{number}</span><span className="trunc">{words.label}</span>{words.age ? <small>{words.age}</small> : null}
          </button>
        );
      })}
    </div>
  );
}

// Floats above the words that it is about and stays inside the window.
export function ClaimPopover({ claim, words: sentence, anchor, taking, sources, now, children, onClose, onEnter, onLeave }) {
  const box = useRef(null);
  useEffect(() => { if (taking) box.current.focus({ preventScroll: true }); }, [anchor, taking]);
  useEffect(() => {
    const card = box.current;
    const place = () => {
      const at = anchor.getBoundingClientRect();
      const { width, height } = card.getBoundingClientRect();
      const above = at.top - height - 8;
      card.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
      card.style.top = `${above > 8 ? above : Math.min(at.bottom + 8, window.innerHeight - height - 8)}px`;
    };
    place();
    window.addEventListener("resize", place);
    return () => window.removeEventListener("resize", place);
  }, [anchor, claim]);
  const look = LOOK[claim.verdict];
  const words = claim.evidence ? sourceWords(claim.evidence, sources, now) : null;
  return (
    <div
      ref={box} className="pop claim-pop" role="dialog" tabIndex={-1} aria-label={`${look.words}: ${claim.text}`}
      onMouseEnter={onEnter} onMouseLeave={onLeave} onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); onClose(); } }}
    >
      <span className={`st st-plain st-${look.tone}`}><look.Icon className="i i-12" aria-hidden="true" />{look.words}</span>
      {words ? <blockquote>{words.quote ? <b className="strong pre">{words.quote}</b> : <b className="strong">{words.label}</b>}<br /><span className="small muted">{[words.label, words.age].filter(Boolean).join(", ")}</span></blockquote> : null}
      {sentence || isOpen(claim) || !words ? <p className="small muted">{sentence ?? claim.reason}</p> : null}
      {children}
    </div>
  );
}
