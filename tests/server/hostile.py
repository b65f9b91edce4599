"""Queries that would take all of a server's time, memory or stack if it let them."""

from __future__ import annotations

CROSS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(8))
LINK = "<http://x/p>"
NUMBERS = " ".join(f"({n})" for n in range(1500))
FEW = NUMBERS[: NUMBERS.index("(900)")]
TEXT = "a" * 12_000

HOSTILE = {
    "cross product": f"SELECT * {{ {CROSS} }}",
    "count of a cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "distinct cross product": f"SELECT DISTINCT ?s0 ?o7 {{ {CROSS} }}",
    "sorted cross product": f"SELECT * {{ {CROSS} }} ORDER BY ?o7 ?s0",
    "late page of a cross product": f"SELECT * {{ {CROSS} }} OFFSET 1000000000 LIMIT 1",
    "groups of a cross product": f"SELECT ?s0 ?s1 ?s2 (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?s0 ?s1 ?s2",
    "texts of a cross product": f'SELECT (GROUP_CONCAT(?o0; separator=", ") AS ?t) {{ {CROSS} }}',
    "filtered cross product": f"SELECT * {{ {CROSS} FILTER(CONCAT(STR(?s0), STR(?o7)) = 'none') }}",
    "question about a cross product": f"ASK {{ {CROSS} FILTER(CONCAT(STR(?s0), STR(?o7)) = 'none') }}",
    "unbounded construct": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} WHERE {{ {CROSS} }}",
    "describing everything": f"DESCRIBE * {{ {CROSS} }}",
    "paths between all": f"SELECT (COUNT(*) AS ?n) {{ ?a {LINK}* ?b . ?c {LINK}* ?d . ?e {LINK}* ?f }}",
    "paths of anything": f"SELECT * {{ ?a (!{LINK}|{LINK}|^{LINK})* ?b . ?b (!{LINK}|{LINK}|^{LINK})* ?c }}",
    "path in a path": f"SELECT (COUNT(*) AS ?n) {{ ?a ((({LINK}+)+)+)+ ?b . ?c ((({LINK}*)*)*)* ?d }}",
    "path of alternatives": "SELECT * { ?a (" + "|".join([LINK] * 500) + ")* ?b . ?b ^(" + LINK + ")* ?c }",
    "negated path": f"SELECT * {{ ?a !{LINK}* ?b . ?c !<http://x/none>* ?d }}",
    "huge values": f"SELECT * {{ VALUES (?a) {{ {NUMBERS} }} VALUES (?b) {{ {NUMBERS} }} }}",
    "values joined thrice": "SELECT (COUNT(*) AS ?n) {"
    + "".join(f"{{ VALUES (?v{n}) {{ {FEW} }} }} " for n in range(3))
    + "}",
    "optional in optional": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?a ?b ?c " * 60 + "}" * 60 + " }",
    "unions of everything": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o . ?a ?b ?c }"] * 200) + " }",
    "minus a cross product": f"SELECT * {{ ?s0 ?p0 ?o0 MINUS {{ {CROSS} }} }}",
    "existence of a cross product": f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {CROSS} FILTER(?s = 1) }} }}",
    "deep nesting": "SELECT * { " + "{ " * 7_000 + "?s ?p ?o" + " }" * 7_000 + " }",
    "deep brackets": "SELECT * { ?s ?p ?o FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }",
    "deep subqueries": "SELECT * { " + "{ SELECT * { " * 1_500 + "?s ?p ?o" + " } }" * 1_500 + " }",
    "long chain of operators": "SELECT * { ?s ?p ?o FILTER(" + "!" * 20_000 + "true) }",
    "regular expression bomb": f'SELECT * {{ {CROSS} FILTER REGEX("{TEXT}", "(a*)*b") }}',
    "large regular expression": 'ASK { ?s ?p ?o FILTER REGEX(STR(?s), "(((a{1,999}){1,999}){1,999}){1,9}") }',
    "doubling text": "SELECT * { BIND('aaaaaaaa' AS ?t0) "
    + "".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1}) " for n in range(40))
    + "}",
    "hashing without end": f"SELECT (MAX(SHA512(CONCAT(STR(?s0), STR(?o7)))) AS ?m) {{ {CROSS} }}",
    "a megabyte of text": "SELECT * { ?s ?p ?o } #" + "x" * 1_000_000,
    "a call to another server": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
}
