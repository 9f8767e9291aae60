"""The wording of a letter: paragraphs with placeholders, filled in so that no value is ever read as wording.

The wording may say ``{{ organisation }}`` and ``{% if open_questions %} … {% endif %}`` and nothing else of Jinja's
language. Each value is put in as a mark and takes its place only after headings, lists and paragraphs were found:
whatever an organisation wrote, it stays text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from section11.errors import BadInputError
from section11.reports.letter_blocks import Block, Bullets, Heading, Paragraph, Part

LONGEST_WORDING = 20_000
Values = Mapping[str, str | Part]

_KEPT = "_kept"
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
_STRAY = re.compile(r"\{\{.*|\{%.*|(?:\{|\S*)[^{}]*\}\}|\S*\s*\S*%\}")
_ONE_BRACKET = re.compile(r"\{\s*(\w+)\s*\}")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w*)")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


@pass_context
def _kept(context: Context, value: object) -> str:
    """Keep a value for later and return its mark. Asking for its text raises for one that is not defined."""
    kept: list[str | Part] = context[_KEPT]
    kept.append(value if isinstance(value, Part) else str(value))
    return f"{_OPEN}{len(kept) - 1}{_CLOSE}"


_ENVIRONMENT = SandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_kept,
    # Nothing is a comment: the private characters are taken out of every wording.
    comment_start_string="\ue002#",
    comment_end_string="#\ue002",
)


def check_wording(words: str, names: Collection[str]) -> None:
    """Raise unless a wording can be filled in for every organisation.

    Raises:
        BadInputError: one sentence with the line and the placeholder that is wrong.
    """
    compiled(words, names)


def compiled(words: str, names: Collection[str], *, place: str = "Line") -> Template:
    """Return a wording ready to be filled in. ``place`` is what its lines are called in the sentence of a mistake.

    Raises:
        BadInputError: as ``check_wording``.
    """
    if len(words) > LONGEST_WORDING:
        raise BadInputError(f"The wording has {len(words):,} characters and at most {LONGEST_WORDING:,} can be kept.")
    words = _PRIVATE.sub("", words.replace("\r\n", "\n"))
    _check_brackets(words, names, place)
    _check_statements(words, place)
    try:
        tree = _ENVIRONMENT.parse(words)
    except (TemplateSyntaxError, RecursionError) as error:
        number = getattr(error, "lineno", None) or 1
        raise _mistake(words, number, place, "cannot be read") from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise _mistake(words, node.lineno, place, "is more than a placeholder")
    for name in tree.find_all(nodes.Name):
        if name.name not in names:
            raise _unknown(name.name, names, f"{place} {name.lineno}")
    return _ENVIRONMENT.from_string(tree)


def filled(template: Template, values: Values) -> tuple[Block, ...]:
    """Return the blocks of a wording with its values in place."""
    kept: list[str | Part] = []
    text = template.render({**values, _KEPT: kept})
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text):
        blocks += _blocks_of(chunk, kept)
    return tuple(_with_levels_in_order(blocks))


def filled_words(template: Template, values: Mapping[str, str]) -> str:
    """Return a wording of plain words with its values in place."""
    kept: list[str] = []
    text = template.render({**values, _KEPT: kept})
    return _MARK.sub(lambda mark: kept[int(mark[1])], text)


def _blocks_of(chunk: str, kept: list[str | Part]) -> list[Block]:
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*chunk.split("\n"), None]:
        is_heading = line is not None and line.startswith(("# ", "## "))
        is_item = line is not None and line.startswith("- ")
        if line is not None and not is_heading and (not lines or is_item == lines[-1].startswith("- ")):
            lines.append(line)
            continue
        blocks += _told(lines, kept)
        lines = []
        if line is not None and is_heading:
            level = 2 if line.startswith("## ") else 1
            blocks += _pieces(line.lstrip("#").strip(), kept, lambda words, level=level: Heading(words, level))  # type: ignore[misc]
        elif line is not None:
            lines = [line]
    return blocks


def _told(lines: list[str], kept: list[str | Part]) -> list[Block]:
    """Return what lines of one kind say: items of a list, or a paragraph."""
    if not any(line.strip() for line in lines):
        return []
    if not lines[0].startswith("- "):
        return _pieces("\n".join(lines).strip(), kept, Paragraph)
    found: list[Block] = []
    for line in lines:
        found += _pieces(line[2:].strip(), kept, lambda words: Bullets((words,)))
    return _joined(found)


def _joined(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Bullets) and isinstance(last, Bullets):
            joined[-1] = Bullets((*last.items, *block.items))
        else:
            joined.append(block)
    return joined


def _pieces(words: str, kept: list[str | Part], make: Callable[[str], Block]) -> list[Block]:
    """Return words with their values in place. A part in the midst of them stands by itself."""
    found: list[Block] = []
    said = ""
    for number, piece in enumerate(_MARK.split(words)):
        value = kept[int(piece)] if number % 2 else piece
        if not isinstance(value, Part):
            said += value
            continue
        found += [make(said.strip())] if said.strip() else []
        found += value.shown
        said = ""
    return found + ([make(said.strip())] if said.strip() else [])


def _with_levels_in_order(blocks: list[Block]) -> list[Block]:
    """Let the first heading be one of the first level, as a tagged PDF needs it."""
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    return [Heading(block.words) if block is first and isinstance(block, Heading) else block for block in blocks]


def _check_brackets(words: str, names: Collection[str], place: str) -> None:
    for number, line in enumerate(words.split("\n"), start=1):
        rest = _TAG.sub(" ", line)
        stray = _STRAY.search(rest)
        if stray:
            raise BadInputError(
                f"{place} {number}: “{_shortened(stray[0])}” lacks a bracket. "
                "Write placeholders with two on each side, such as {{ organisation }}."
            )
        for one in _ONE_BRACKET.finditer(rest):
            if one[1] in names:
                raise BadInputError(
                    f"{place} {number}: “{one[0]}” has one bracket on each side. Write it as {{{{ {one[1]} }}}}."
                )


def _check_statements(words: str, place: str) -> None:
    """Raise unless every ``{% if %}`` has its ``{% endif %}`` and there is no other statement."""
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(words.split("\n"), start=1):
        for tag in (one[0] for one in _TAG.finditer(line) if one[0].startswith("{%")):
            found = _STATEMENT.match(tag)
            name = found[1] if found else ""
            if name not in {"if", "elif", "else", "endif"}:
                raise _mistake(words, number, place, "is not a statement that can be used", tag)
            if name == "if":
                opened.append((number, tag))
            elif not opened:
                raise _mistake(words, number, place, "has no {% if … %} before it", tag)
            elif name == "endif":
                opened.pop()
    if opened:
        raise _mistake(words, opened[-1][0], place, "has no {% endif %} after it", opened[-1][1])


def _mistake(words: str, number: int, place: str, what: str, tag: str = "") -> BadInputError:
    lines = words.split("\n")
    line = lines[min(number, len(lines)) - 1]
    shown = tag or " ".join(one[0] for one in _TAG.finditer(line)) or line
    return BadInputError(
        f"{place} {number}: “{_shortened(shown)}” {what}. "
        "Use the placeholders of the list alone, and {% if … %} with {% endif %} to leave something out."
    )


def _unknown(name: str, names: Collection[str], where: str) -> BadInputError:
    near = difflib.get_close_matches(name, names, n=1)
    advice = f"Did you mean {{{{ {near[0]} }}}}?" if near else "Choose one from the list of placeholders."
    return BadInputError(f"{where}: {{{{ {_shortened(name)} }}}} is not a placeholder. {advice}")


def _shortened(words: str) -> str:
    words = words.strip()
    return words if len(words) <= 60 else f"{words[:60]}…"
