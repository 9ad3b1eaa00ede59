// What keys can do: every action with its own key, and how a person's choice of keys is read.
export const ACTIONS = [
  ["List", [["list.next", "j", "Next conversation"], ["list.previous", "k", "Previous conversation"], ["list.open", "o", "Open (Enter too)"], ["list.select", "x", "Select"], ["list.unread", "u", "Mark unread"], ["list.search", "/", "Search"], ["view.mine", "g-m", "Mine"], ["view.unassigned", "g-u", "Unassigned"], ["view.waiting", "g-w", "Waiting for reply"], ["view.drafts", "g-d", "Drafts to review"], ["view.held", "g-h", "Held back"], ["view.open", "g-a", "All open"], ["view.snoozed", "g-s", "Snoozed"], ["view.resolved", "g-r", "Resolved"]]],
  ["Conversation", [["conversation.reply", "r", "Reply"], ["conversation.note", "n", "Private note"], ["conversation.macros", "m", "Canned responses"], ["conversation.resolve", "e", "Resolve and next"], ["conversation.assign", "a", "Assign"], ["conversation.take", "i", "Assign to me"], ["conversation.status", "s", "Status"], ["conversation.priority", "p", "Priority"], ["conversation.label", "l", "Labels"], ["conversation.snooze", "z", "Snooze"], ["pane.context", "]", "Customer panel"], ["pane.views", "[", "Views"], ["help.keys", "?", "This list"]]],
  ["AI draft", [["ai.start", "mod+j", "Draft a reply"], ["ai.again", "shift+mod+j", "Draft again"], ["ai.undo", "mod+z", "Undo sending"], ["draft.accept", "mod+enter", "Accept and send"], ["draft.edit", "e", "Edit, while the draft has the focus"], ["draft.reject", "r", "Reject, while the draft has the focus"]]],
];
export const FIXED = [["mod+k", "Search and commands"], ["1–9", "Open a source"], ["Esc", "Stop or close"]];
const EVERY = ACTIONS.flatMap(([, actions]) => actions);
const ofDraft = (id) => id.startsWith("draft.");

export const keyOf = (id, map) => map[id] ?? EVERY.find(([action]) => action === id)[1];

// Which action has the key; inside a draft's panel its own come first.
function heardBy(key, map, inPanel) {
  const having = EVERY.filter(([id]) => keyOf(id, map) === key);
  return (inPanel && having.find(([id]) => ofDraft(id))) || having.find(([id]) => !ofDraft(id) || id === "draft.accept");
}

// The key that the buttons carry for a pressed one: what was given another key no longer hears its old one.
export function carried(key, map, inPanel) {
  const action = heardBy(key, map, inPanel);
  if (action) return action[1];
  return EVERY.some(([id, own]) => own === key && (inPanel || !ofDraft(id)) && keyOf(id, map) !== key) ? "" : key;
}

// The key that presses a button which carries `own`: the reverse of `carried`.
export function given(own, map, inPanel) {
  const having = EVERY.filter(([, key]) => key === own);
  const action = (inPanel && having.find(([id]) => ofDraft(id))) || having.find(([id]) => !ofDraft(id)) || having[0];
  return action ? keyOf(action[0], map) : own;
}

// Whom a new key would take it from: two actions may share one only where one of them is the draft panel's.
export function clash(id, key, map) {
  const other = EVERY.find(([action]) => action !== id && ofDraft(action) === ofDraft(id) && keyOf(action, map) === key);
  return other?.[2] ?? FIXED.find(([own]) => own === key)?.[1] ?? "";
}

export function without(map, id) {
  return Object.fromEntries(Object.entries(map).filter(([action]) => action !== id));
}

export function withKey(map, id, key) {
  const own = EVERY.find(([action]) => action === id)[1];
  return key === own ? without(map, id) : { ...map, [id]: key };
}
