// YASGUI over our own endpoint: our prefixes, the ontology's terms, nothing asked of other servers.
"use strict";

const ENDPOINT = `${location.origin}/sparql`;
const TERMS = {
  class: "SELECT DISTINCT ?term { { ?term a owl:Class } UNION { [] a ?term } } ORDER BY ?term LIMIT 500",
  property: "SELECT DISTINCT ?term { [] ?term [] } ORDER BY ?term LIMIT 500",
};

async function terms(kind) {
  const body = new URLSearchParams({ query: TERMS[kind] });
  const response = await fetch(ENDPOINT, { method: "POST", body, headers: { Accept: "application/sparql-results+json" } });
  if (!response.ok) return [];
  return (await response.json()).results.bindings.map((row) => row.term.value).filter((term) => !term.startsWith("_:"));
}

async function start() {
  const declared = await (await fetch("/api/prefixes")).json();
  // The endpoint knows the prefixes; the editor's own check of the syntax wants to see those in use.
  const whole = (query) => {
    const used = Object.entries(declared).filter(([prefix]) =>
      new RegExp(`(^|[^\\w])${prefix}:`, "m").test(query) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(query));
    return [...used.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`), query].join("\n");
  };
  const first = "SELECT ?university ?name {\n  ?university a coop:University ; rdfs:label ?name\n} LIMIT 20";
  const handed = new URLSearchParams(location.hash.slice(1)).get("query");
  Yasgui.Yasqe.defaults.autocompleters = [];
  for (const kind of ["class", "property"]) {
    const old = Yasgui.Yasqe.Autocompleters?.[kind];
    if (!old) continue;
    let known;
    Yasgui.Yasqe.forkAutocompleter(kind, { name: `own-${kind}`, bulk: true, persistenceId: null, get: () => (known ||= terms(kind)) });
    Yasgui.Yasqe.defaults.autocompleters.push(`own-${kind}`);
  }
  Yasgui.Yasr.defaults.prefixes = declared;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint: ENDPOINT, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint: ENDPOINT }] },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    yasqe: { value: whole(handed || first), persistenceId: null, createShareableLink: null },
    yasr: { prefixes: declared, persistenceId: null },
  });
  const field = document.querySelector("#yasgui .CodeMirror textarea");
  field?.setAttribute("aria-label", document.getElementById("yasgui").dataset.label);
  document.getElementById("examples").addEventListener("change", (event) => {
    if (event.target.value) yasgui.getTab().getYasqe().setValue(whole(event.target.value));
  });
  // What the graph holds has a page here, wherever the graph's base is.
  document.getElementById("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.href.startsWith(declared.id)) {
      event.preventDefault();
      location.href = `/id/${link.href.slice(declared.id.length)}`;
    }
  });
}

addEventListener("DOMContentLoaded", start);
