"""What is set at once is set as it would be thing by thing, to the last bit."""

from math import fsum
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.ground.fonts import FontSet
from forms.output.atoms import atoms
from forms.output.short_lines import short_lines, short_width
from forms.output.text import Align, TextStyle, set_by_atoms
from forms.paper.document import AnyInline, Blank, Break, Gap, Run, Spread, Tick

FONTS = FontSet(Path(__file__).parents[3] / "resources" / "fonts")
STYLE = TextStyle(role="song", size_pt=10, leading_pt=14, answer_size_pt=10.5)

PLAIN = "一二三四五，。；：、（）《》/%—…123.abc-年月日元次𬭎①é"
WORDS = st.one_of(
    st.text(st.sampled_from(PLAIN), min_size=1, max_size=30),
    st.text(st.sampled_from(f"{PLAIN} “”　\n"), max_size=12),
    st.sampled_from(("ZL202110345678.3", "2021年6月8日", "人民币壹拾万元整", "a.b@c.edu.cn")),
)
PATHS = st.sampled_from(("", "patent.title", "owners.0.name"))
INLINES = st.lists(
    st.one_of(
        st.builds(Run, text=WORDS, path=PATHS),
        st.builds(
            Blank, answer=WORDS, min_em=st.sampled_from((0, 4, 9)), fill=st.booleans(), path=PATHS
        ),
        st.builds(Tick, checked=st.booleans(), path=st.just("royalty.way")),
        st.builds(Gap, em=st.sampled_from((0.25, 1, 2))),
        st.builds(Spread, text=st.just("姓名"), em=st.just(4)),
        st.just(Break()),
    ),
    max_size=7,
).map(tuple)


@settings(max_examples=400, deadline=None)
@given(
    INLINES,
    st.floats(20, 400),
    st.sampled_from((0.0, 1.0, 2.0)),
    st.sampled_from((0.0, 1.3)),
    st.sampled_from(("left", "center", "right")),
    st.booleans(),
)
def test_lines_set_at_once_are_those_set_thing_by_thing(
    inlines: tuple[AnyInline, ...],
    width: float,
    first: float,
    hang: float,
    align: Align,
    justify: bool,
) -> None:
    how = inlines, STYLE, width, FONTS, first, hang, align, justify
    quick = short_lines(*how)
    if quick is not None:
        assert quick == set_by_atoms(*how)


def test_what_papers_are_full_of_is_set_at_once() -> None:
    """The comparison above would hold of a way that is never taken."""
    sentence = (
        Tick(checked=True, path="royalty.way"),
        Run(text="合同生效后"),
        Blank(answer="30", path="royalty.lump_sum.days"),
        Run(text="日内支付"),
        Blank(answer="100,000.00", fill=True, path="royalty.lump_sum.amount"),
        Break(),
        Run(text="ZL202110345678.3", path="patent.number"),
    )
    lines = short_lines(sentence, STYLE, 400, FONTS, 0, 1.3, "left", True)
    assert lines is not None
    assert len(lines) == 2
    first, *others = atoms(sentence[:5], STYLE, FONTS)
    natural = first.width + fsum(atom.width + atom.space for atom in others)
    assert short_width(sentence[:5], STYLE, FONTS) == natural
