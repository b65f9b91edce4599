"""The page of reviewing: one statement that waits for a decision, its sentences, a key for each answer."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esskg.resolve import DecisionKind
from esskg.server.access import from_here
from esskg.server.problems import Problem
from esskg.server.rows import values
from esskg.server.site import Page, Visit
from esskg.server.snapshot import Service
from esskg.server.statements import Statement, statements

WHO = "esskg-who"
"""The cookie that keeps the reviewer's name."""
LONGEST = 200
_ANSWERS = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT}


def review(visit: Visit) -> Page:
    """The statement that matters most among those that wait, or the first behind one that was passed over.

    Raises Problem where the visitor isn't at this machine.
    """
    _only_here(visit.request)
    queue, last = visit.snapshot.review, visit.asked("done")
    doubt = next(queue.waiting(visit.asked("after")), None)
    data = {
        "statement": doubt and _statement(visit, doubt.id),
        "weight": doubt and doubt.weight,
        "count": len(queue),
        "decided": queue.decided(),
        "done": _statement(visit, last) if last in queue else None,
        "verdict": queue.verdict(last) if last in queue else None,
    }
    drawn = {"who": unquote(visit.request.cookies.get(WHO, "")), "after": visit.asked("after")}
    return Page("review.html", visit.words("review.title"), data, drawn=drawn)


def _statement(visit: Visit, id_: str) -> Statement:
    selection = values("statement", [visit.snapshot.iri("statement", id_)])
    found, *_ = statements(visit.snapshot, selection, visit.language, 1)
    return found


async def decide(request: Request) -> Response:
    """Write a decision, or take one back, and go on to the next statement.

    Raises Problem for a visitor who isn't at this machine, or for a decision without a name or reason.
    """
    _only_here(request)
    form = await request.form(max_files=0, max_fields=10)
    given = {name: str(form.get(name, "")).strip() for name in ("id", "answer", "who", "why", "after")}
    if any(len(value) > LONGEST for value in given.values()):
        raise Problem(400, f"A name or reason is at most {LONGEST} characters long.")
    service: Service = request.app.state.service
    await run_in_threadpool(_apply, service, given)
    return _onwards(request, given)


def _apply(service: Service, given: dict[str, str]) -> None:
    queue, id_ = service.current().review, given["id"]
    if id_ not in queue:
        raise Problem(404, "This statement doesn't wait for a decision (any more).")
    if given["answer"] == "undo":
        queue.undo(id_)
    elif given["answer"] not in _ANSWERS:
        raise Problem(400, f"An answer is one of {', '.join(_ANSWERS)} and undo.")
    elif not (given["who"] and given["why"]):
        raise Problem(400, "A decision needs a name and a reason.")
    else:
        queue.decide(id_, _ANSWERS[given["answer"]], who=given["who"], why=given["why"])


def _onwards(request: Request, given: dict[str, str]) -> Response:
    done = {} if given["answer"] == "undo" else {"done": given["id"]}
    query = urlencode({name: value for name, value in (*done.items(), ("after", given["after"])) if value})
    answer = RedirectResponse(f"{request.url.path}?{query}", 303)
    if given["who"]:
        answer.set_cookie(WHO, quote(given["who"]), httponly=True, samesite="strict")
    return answer


def _only_here(request: Request) -> None:
    if not from_here(request):
        raise Problem(403, "Reviewing is for people at the machine that serves; or use esskg review there.")
