"""Words for what is decided of a publication; screen and command line say the same."""

from collections.abc import Mapping

from forms.bureau.publication_plan import How

HOW_WORDS: Mapping[How, str] = {
    "whole": "照原样公布",
    "masked": "遮去中间几位",
    "left_out": "不公布",
}
