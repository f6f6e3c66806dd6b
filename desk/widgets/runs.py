"""The last refresh and the one that runs now: ask for one, follow it, see how it ended."""

import re
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from desk import markup, request, verdicts, wording
from desk.request import Progress
from desk.texts import catalogue, text
from desk.widgets import loading
from desk.widgets.filters import view
from etl import runs
from etl.errors import AmurError

Row = dict[str, Any]


def last_run() -> None:
    """Draw what the last refresh on this machine did, and the control that starts another."""
    language = view().language
    st.subheader(text("status_page.run", language), anchor="run")
    now = request.progress()
    running = bool(now and now.running)
    if request.offered():
        _control(running, language)
    if running:
        follow("status_page.running")
        return
    _end(now, language)
    _report(runs.last(), language)


def _control(running: bool, language: str) -> None:
    asked = st.button(
        text("status_page.refresh_now", language),
        icon=":material/refresh:",
        key="refresh_now",
        disabled=running,
        help=text("status_page.refresh_now_help", language),
    )
    if not asked:
        return
    try:
        request.start()
    except AmurError as error:
        st.warning(markup.plain(str(error)))
        return
    st.rerun()


@st.fragment(run_every="1s")
def follow(key: str) -> None:
    """Draw what runs now under a text, each second; when it ends the whole page is drawn anew."""
    language = view().language
    now = request.progress()
    if now is None or not now.running:
        st.rerun()
    stage = text(f"status_page.stage.{_known(now.stage, 'building')}", language)
    st.info(text(key, language, since=_moment(now.started, language), stage=stage))
    _table([_progress(name, now, language) for name in now.sources], language)


def _progress(source: str, now: Progress, language: str) -> Row:
    at = now.sources[source]
    return {
        "source": _name(source),
        "stage": text(f"status_page.stage.{_known(at.stage, 'asking')}", language),
        "fetched": at.fetched,
        "happened": _plain(at.error, language),
    }


def _end(now: Progress | None, language: str) -> None:
    """Say how the last refresh ended where its report cannot: it was killed or did not begin."""
    if now and now.state == "killed":
        st.warning(text("status_page.killed", language, since=_moment(now.started, language)))
    elif now and now.state == "broken" and now.exit == 4:
        st.info(text("status_page.busy", language))
    elif now and now.state == "broken":
        told = markup.plain(now.told) or f"exit {now.exit}"
        st.warning(text("status_page.broken", language, told=told))


def _report(report: Row | None, language: str) -> None:
    if report is None:
        st.info(text("status_page.no_run", language))
        return
    state = "run_published" if report.get("published") else "run_unchanged"
    said = text(f"status_page.{state}", language)
    if report.get("error"):
        told = markup.plain(str(report["error"]))
        said = text("status_page.run_failed", language, error=told)
    st.markdown(
        text(
            "status_page.run_ok",
            language,
            build=report.get("build_id") or "–",
            finished=_moment(_read(report.get("finished")), language),
            state=said,
        )
    )
    asked = [row for row in report.get("sources", []) if row.get("fetched") or row.get("error")]
    if asked:
        failed = sum(row["status"] == "failed" for row in asked)
        told = text("status_page.run_sources", language, count=len(asked), failed=failed)
        (st.warning if failed else st.caption)(told)
        _table([_asked(row, language) for row in asked], language)


def changed_verdicts() -> None:
    """Draw the claims that the last run judged otherwise than the build before."""
    shown = view()
    language = shown.language
    digest = runs.last_digest()
    if digest is None:
        return
    st.subheader(text("status_page.verdicts", language), anchor="verdicts")
    changed = digest.get("verdicts") or []
    if not changed:
        st.caption(text("status_page.no_verdicts", language))
        return
    st.caption(text("status_page.verdicts_caption", language, count=len(changed)))
    known = {
        (row["article"], row["number"]): row[f"explanation_{language}"]
        for row in loading.all_claims(shown.build, shown.as_of)
    }
    rows = [_changed(row, known.get((row["article"], row["number"])), language) for row in changed]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", key="changed_verdicts")


def _changed(row: Row, why: str | None, language: str) -> Row:
    value = "" if row["value"] is None else f"{wording.number(row['value'], language)} "
    old = {"verdict": row["old_verdict"], "reason": row["old_reason"]}
    return {
        text("filter.publisher", language): markup.seen(row["publisher"]),
        text("claims_page.article", language): markup.seen(row["title"]),
        text("articles.claim_value", language): f"{value}{row['unit'] or ''}".strip(),
        text("status_page.was", language): verdicts.word_with_reason(old, language),
        text("status_page.now", language): verdicts.word_with_reason(row, language),
        text("articles.claim_explanation", language): why or row["explanation"],
    }


def _asked(row: Row, language: str) -> Row:
    error = row.get("error") or ""
    return {
        "source": _name(row["source"]),
        "stage": text(f"status_page.stage.{_known(row['status'], 'done')}", language),
        "fetched": row["fetched"],
        "new": row["observations_new"],
        "revised": row["observations_revised"],
        "happened": _plain(error, language),
        "details": error,
    }


def _table(rows: list[Row], language: str) -> None:
    """Draw rows with their headings; a wide cell is read in full on a click."""
    if rows:
        heads = {name: text(f"status_page.head.{name}", language) for name in rows[0]}
        st.dataframe(pd.DataFrame(rows).rename(columns=heads), hide_index=True, placeholder="")


def _plain(error: str, language: str) -> str:
    """Return in plain words what failed; the details keep the exact error."""
    if not error:
        return ""
    found = re.match(r"[A-Za-z]+(?=: )", error)
    key = f"status_page.failure.{found[0] if found else 'other'}"
    if key not in catalogue("en"):
        key = "status_page.failure.other"
    if error.endswith("_KEY is not set"):
        key = "status_page.failure.KeyMissing"
    return text(key, language)


def _known(stage: str, otherwise: str) -> str:
    """Return the stage if it has a word; a newer refresh may have others."""
    return stage if f"status_page.stage.{stage}" in catalogue("en") else otherwise


def _name(source: str) -> str:
    return loading.source_names(view().build).get(source, source)


def _read(text_: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text_))
    except ValueError:
        return None


def _moment(moment: datetime | None, language: str) -> str:
    """Return a moment: 24 Nov 2026, 02:57 UTC."""
    if moment is None:
        return "–"
    moment = moment.astimezone(UTC)
    return f"{wording.day(moment.date(), language)}, {moment:%H:%M} UTC"
