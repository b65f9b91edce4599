// Makes the query page's text area a SPARQL editor; the page works without it.
import { autocompletion, completeFromList } from "@codemirror/autocomplete";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { EditorView, minimalSetup } from "codemirror";

const KEYWORDS = `SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES PREFIX
  GROUP BY HAVING ORDER LIMIT OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT EXISTS NOT IN AS LANG DATATYPE STR
  REGEX CONTAINS STRSTARTS COALESCE IF BOUND`.split(/\s+/);

// The colours are the style sheet's, so that they suit light and dark pages alike.
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--visited)" },
  { tag: [tags.string, tags.number, tags.atom], color: "var(--warn)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

function completions(terms) {
  const words = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  const known = terms.map(([label, detail]) => ({ label, detail, type: "property" }));
  return completeFromList([...words, ...known]);
}

// Tab leaves the editor (no keyboard trap); Ctrl+Enter runs the query.
function editor(area, terms) {
  const run = () => (area.form.requestSubmit(), true);
  return new EditorView({
    doc: area.value,
    extensions: [
      keymap.of([{ key: "Mod-Enter", run }]),
      minimalSetup,
      StreamLanguage.define(sparql),
      syntaxHighlighting(COLOURS),
      autocompletion({ override: [completions(terms)] }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-labelledby": area.dataset.labelledby, spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) area.value = update.state.doc.toString();
      }),
    ],
  });
}

function replace(area) {
  const terms = JSON.parse(document.getElementById("terms")?.textContent ?? "[]");
  const view = editor(area, terms);
  area.before(view.dom);
  area.hidden = true;
  const error = area.dataset.line && view.state.doc.line(Math.min(Number(area.dataset.line), view.state.doc.lines));
  if (error) view.dispatch({ selection: { anchor: error.from, head: error.to } });
  document.body.dataset.ready = "1";
}

const area = document.querySelector("textarea[name=query]");
if (area) replace(area);
