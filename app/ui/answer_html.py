"""The answer as rich text: quote, words, citation links, sources. Pure; everything from the memory is escaped."""

from __future__ import annotations

from html import escape

from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.known_errors import remedy_words
from app.ui.theme import Theme
from app.ui.words import Remedy, translate
from recall.results import Quote

LINK, REMEDY_LINK = "moment:", "remedy:"


def answer_html(model: AskViewModel, theme: Theme) -> str:
    """Build the body of the answer panel."""
    blocks: list[str] = []
    if model.shows_quote:
        blocks.append(_quote_block(model, theme))
    if model.phase is Phase.FOUND and model.question:
        words = translate("answer", "Press Enter to ask this as a question.")
        blocks.append(f'<p style="color:{theme.soft}">{escape(words)}</p>')
    if model.text and model.phase is not Phase.ABSTAINED:
        blocks.append(_answer_block(model, theme))
    if model.trouble:
        blocks.append(_trouble_block(model, theme))
    if model.citations:
        blocks.append(_sources_block(model, theme))
    if model.lacks_meaning and model.phase in (Phase.FOUND, Phase.ABSTAINED, Phase.ANSWERED):
        blocks.append(_meaning_block(theme))
    return "".join(blocks)


def _link(moment: str, text: str, theme: Theme, where: str) -> str:
    return _anchor(f"{LINK}{moment}", text, theme, where)


def _anchor(target: str, text: str, theme: Theme, tip: str = "") -> str:
    style = f"color:{theme.accent}; text-decoration:none; font-weight:600"
    return f'<a href="{escape(target)}" title="{escape(tip)}" style="{style}">{escape(text)}</a>'


def _where(model: AskViewModel, moment: str) -> str:
    """What a citation leads to: who or what it is from, and when."""
    row = model.cards.find(moment)
    card = model.cards.cards[row] if row is not None else None
    return f"{card.source}, {card.when}" if card is not None else ""


def _label(text: str, theme: Theme) -> str:
    return f'<span style="color:{theme.soft}; font-size:small">{escape(text)}</span>'


def _quote_block(model: AskViewModel, theme: Theme) -> str:
    assert model.quote is not None
    label = _label(_quote_label(model.quote), theme)
    link = _link(model.quote.moment, translate("answer", "show"), theme, _where(model, model.quote.moment))
    words = escape(_in_marks(model.quote))
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" style="margin-bottom:12px"><tr>'
        f'<td width="3" bgcolor="{theme.accent}"></td>'
        f'<td bgcolor="{theme.tint}" style="padding:10px 12px">{label}<br/>{words} &nbsp;{link}</td></tr></table>'
    )


def _quote_label(quote: Quote) -> str:
    if quote.is_told:
        told = translate("answer", "Read from what was kept")
        return told if quote.certain else translate("answer", "Perhaps this, read from what was kept")
    certain = translate("answer", "Quoted word for word")
    return certain if quote.certain else translate("answer", "Perhaps this, word for word")


def _in_marks(quote: Quote) -> str:
    """Only what was said or written stands between quotation marks."""
    return quote.text if quote.is_told else f"“{quote.text}”"


def _answer_block(model: AskViewModel, theme: Theme) -> str:
    parts = []
    for piece in model.pieces():
        if piece.n is None:
            parts.append(escape(piece.text).replace("\n", "<br/>"))
        elif piece.moment is None:
            parts.append(f'&nbsp;<span style="color:{theme.soft}">{escape(piece.text)}</span>')
        else:
            parts.append("&nbsp;" + _link(piece.moment, piece.text, theme, _where(model, piece.moment)))
    return f'<p style="font-size:large; line-height:135%; margin-top:4px">{"".join(parts)}</p>'


def _trouble_block(model: AskViewModel, theme: Theme) -> str:
    assert model.trouble is not None
    colour = theme.text if model.phase is Phase.ABSTAINED else theme.trouble
    hint = f'<p style="color:{theme.soft}">{escape(model.trouble.hint)}</p>' if model.trouble.hint else ""
    if model.trouble.remedy is not None:
        hint += _remedy_block(model.trouble.remedy, theme)
    return (
        f'<p style="font-size:large; line-height:135%; color:{colour}; margin-top:4px">'
        f"{escape(model.trouble.message)}</p>{hint}"
    )


def _remedy_block(remedy: Remedy, theme: Theme) -> str:
    return f"<p>{_anchor(f'{REMEDY_LINK}{remedy}', remedy_words(remedy), theme)}</p>"


def _meaning_block(theme: Theme) -> str:
    """What is found by words and times only is not passed off as all there is."""
    words = translate("answer", "Only words and times were searched: what finds by meaning is not here yet.")
    return f'<p style="color:{theme.soft}">{escape(words)}</p>{_remedy_block(Remedy.MODELS, theme)}'


def _sources_block(model: AskViewModel, theme: Theme) -> str:
    rows = []
    for citation in model.citations:
        where = _where(model, citation.moment)
        quote = f"<br/>{_label(f'“{citation.quote}”', theme)}" if citation.quote else ""
        rows.append(
            f'<tr><td style="padding:4px 8px 4px 0">{_link(citation.moment, f"[{citation.n}]", theme, where)}</td>'
            f'<td style="padding:4px 0">{escape(where)}{quote}</td></tr>'
        )
    title = _label(translate("answer", "Sources"), theme)
    return f'<p style="margin-top:16px">{title}</p><table cellspacing="0" cellpadding="0">{"".join(rows)}</table>'


def answer_text(model: AskViewModel) -> str:
    """The answer in plain words, with its sources below: to be copied."""
    quoted = f"{_in_marks(model.quote)}\n" if model.shows_quote and model.quote is not None else ""
    words = "".join(piece.text if piece.n is None else f" {piece.text}" for piece in model.pieces()).strip()
    lines = []
    for citation in model.citations:
        where = _where(model, citation.moment)
        said = f"“{citation.quote}”" if citation.quote else ""
        lines.append(f"[{citation.n}] " + ": ".join(part for part in (where, said) if part))
    return "\n".join(part for part in (f"{quoted}{words}".strip(), "", *lines)).strip() + "\n"


def answer_news(model: AskViewModel, understood: str) -> str:
    """What has come of a question, for those who do not see it: how much was found, the answer, or why there is none.

    Args:
        model: How far it is.
        understood: What was understood, in words; empty while nothing was.
    """
    match model.phase:
        case Phase.ANSWERED:
            quoted = f"{_in_marks(model.quote)} " if model.shows_quote and model.quote is not None else ""
            words = "".join(piece.text for piece in model.pieces() if piece.n is None)
            n = len(model.citations)
            sources = translate("answer", "1 source") if n == 1 else translate("answer", "{n} sources").format(n=n)
            told = translate("answer", "Answer: {words} ({sources})")
            return told.format(words=f"{quoted}{words.strip()}", sources=sources)
        case Phase.ABSTAINED | Phase.FAILED:
            return model.trouble.line if model.trouble is not None else ""
        case Phase.FOUND if model.question:
            found = model.cards.count_words() if model.cards.cards else model.heading()
            return f"{found}. {understood}"
        case Phase.READING:
            return f"{model.status()} {understood}"
        case Phase.STOPPED:
            return model.status()
    return ""
