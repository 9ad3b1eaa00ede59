// What is wrong with a text, one plain sentence a flag, and what mends it.
import { isOpen, LOOK, replaced, sentenceOf, withoutSentence } from "./claims.jsx";
import { plural } from "./parts.jsx";

export const remedyOf = (remedies, claim) => remedies?.find((one) => one.start === claim.start && one.end === claim.end);

// Take the record's value, state the record, remove the sentence, ask the customer, or say that one will find out:
// whichever there is.
export function mendsOf(claim, remedy, content, onContent) {
  const list = [];
  if (remedy?.value) list.push({ words: `Use ${remedy.value}`, act: () => onContent(replaced(content, claim, remedy.value)) });
  if (remedy?.restated) list.push({ words: "Use the record", title: `“${remedy.restated}”`, act: () => onContent(withoutSentence(content, claim, remedy.restated)) });
  const shorter = withoutSentence(content, claim);
  if (shorter) list.push({ words: "Remove", title: "Remove the sentence", act: () => onContent(shorter) });
  if (remedy?.question) list.push({ words: "Ask instead", title: `“${remedy.question}”`, act: () => onContent(withoutSentence(content, claim, remedy.question)) });
  if (remedy?.finding_out) list.push({ words: "I’ll find out", title: `“${remedy.finding_out}”`, act: () => onContent(withoutSentence(content, claim, remedy.finding_out)) });
  return list;
}

// Every flag mended at once, sentence by sentence from the end, so that no place moves: where each flag of a sentence
// has the record's value it takes them, else the sentence says what the record says, or goes, or asks or promises to
// find out where nothing else is left.
export function mendAll(claims, remedies, content) {
  const points = Array.from(content);
  const sentences = new Map();
  for (const claim of claims.filter(isOpen)) {
    const [start] = sentenceOf(points, claim);
    sentences.set(start, [...(sentences.get(start) ?? []), claim]);
  }
  return [...sentences].sort(([a], [b]) => b - a).reduce((text, [, flagged]) => {
    const known = flagged.map((claim) => [claim, remedyOf(remedies, claim)]).sort(([a], [b]) => b.start - a.start);
    if (known.every(([, remedy]) => remedy?.value)) return known.reduce((words, [claim, remedy]) => replaced(words, claim, remedy.value), text);
    const [first, remedy] = known.at(-1);
    const record = flagged.length === 1 ? remedy?.restated : "";
    const instead = remedy?.question ?? remedy?.finding_out;
    return withoutSentence(text, first, record ?? "") || (instead ? withoutSentence(text, first, instead) : text);
  }, content);
}

export const MendButtons = ({ list }) => list.map((mend) => <button key={mend.words} type="button" className="btn btn-sm" title={mend.title} onClick={mend.act}>{mend.words}</button>);

export function Flags({ claims, remedies, mendList }) {
  const open = claims.filter(isOpen);
  if (!open.length) return null;
  return (
    <ul className="flags" aria-label="What to mend">
      {open.map((claim) => {
        const { Icon, words } = LOOK[claim.verdict];
        const sentence = remedyOf(remedies, claim)?.sentence ?? claim.reason;
        return (
          <li key={`${claim.start}-${claim.end}`} className={`flag${claim.verdict === "uncertain" ? " warn" : ""}`}>
            <Icon className="i" aria-hidden="true" /><p><span className="sr">{words}: </span>{sentence.includes(claim.text) ? null : <><b className="strong">“{claim.text}”</b> </>}<span className="why">{sentence}</span></p>
            <span className="row mends" role="group" aria-label={`Mend “${claim.text}”`}><MendButtons list={mendList(claim)} /></span>
          </li>
        );
      })}
    </ul>
  );
}

export function StandBehind({ checked, onChange, count }) {
  return (
    <label className="stand">
      <input type="checkbox" className="check" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>I stand behind this <small className="muted">{count ? `and send ${plural(count, "fact")} without a source; my name is recorded` : "and send it as it is; my name is recorded"}</small></span>
    </label>
  );
}
