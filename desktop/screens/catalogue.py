"""The list of all screens."""

from dataclasses import dataclass

from desktop.page_table import PAGES
from desktop.screens import day, more, nearby, papers, sheets
from desktop.screens.waiting import Prepare


@dataclass(frozen=True)
class Screen:
    """One picture: what to do with the freshly opened sample before it is taken.

    `prepare` may return a widget (a dialog) to be taken instead of the window.  `is_small` takes
    it at 900 x 500; `is_empty` begins without the sample.
    """

    name: str
    prepare: Prepare
    is_small: bool = False
    is_empty: bool = False
    in_guide: bool = False


def screens() -> list[Screen]:
    """All screens, in the order of a clerk's day; a page that has none here stands as it opens."""
    drawn = _drawn()
    plain = [
        Screen(name, day.go(name))
        for name in PAGES
        if not any(screen.name.startswith(name) for screen in drawn)
    ]
    return [*drawn, *plain]


def _drawn() -> list[Screen]:
    return [
        Screen("first-start", day.first_start, is_empty=True, in_guide=True),
        Screen("first-start-wrong", day.first_start_wrong, is_empty=True),
        Screen("first-start-small", day.first_start, is_empty=True, is_small=True),
        Screen("register-empty", day.register_empty, is_empty=True, in_guide=True),
        Screen("register", day.go("register")),
        Screen("register-lived-in", more.lived_in, in_guide=True),
        Screen("register-small", day.go("register"), is_small=True),
        Screen("register-ticked", day.register_ticked, in_guide=True),
        Screen("register-ticked-small", day.register_ticked, is_small=True),
        Screen("register-none-found", day.register_none_found),
        Screen("register-summary-small", day.register_summary, is_small=True),
        Screen("register-own", more.office_facts),
        Screen("register-own-small", more.office_facts, is_small=True),
        Screen("register-bulk", day.register_bulk, in_guide=True),
        Screen("register-bulk-royalty", day.register_royalty),
        Screen("register-gaps", sheets.gaps),
        Screen("register-template", sheets.from_template),
        Screen("register-columns", sheets.columns_menu),
        Screen("register-states", sheets.states_menu),
        Screen("templates", more.templates, in_guide=True),
        Screen("bin", more.bin_sheet),
        Screen("results", more.results, in_guide=True),
        Screen("results-small", more.results, is_small=True),
        Screen("import-header", more.import_odd),
        Screen("import-empty", day.go("import")),
        Screen("import", papers.importing, in_guide=True),
        Screen("import-small", papers.importing, is_small=True),
        Screen("import-mapping", sheets.mapping),
        Screen("import-trouble", papers.import_trouble),
        Screen("submission", papers.submission_page("check"), in_guide=True),
        Screen("submission-fine", papers.submission_page("fine")),
        Screen("submission-choose", papers.submission_page("choose")),
        Screen("submission-result", papers.submission_page("make"), in_guide=True),
        Screen("submission-mail", sheets.mail_words),
        Screen("submission-stale", papers.submission_page("stale")),
        Screen("submission-home", papers.submission_page("home")),
        Screen("submission-empty", day.go("submission")),
        Screen("submission-small", papers.submission_page("check"), is_small=True),
        Screen("seals", papers.seals_page("scans"), in_guide=True),
        Screen("seals-empty", papers.seals_page("")),
        Screen("seals-small", papers.seals_page("scans"), is_small=True),
        Screen("print", papers.seals_page("print")),
        Screen("licence", papers.licence_page("one"), in_guide=True),
        Screen("licence-marked", papers.licence_page("marked")),
        Screen("licence-page", papers.licence_page("page")),
        Screen("licence-history", papers.licence_page("history")),
        Screen("licence-wrong", papers.licence_page("wrong")),
        Screen("licence-small", papers.licence_page("one"), is_small=True),
        Screen("licence-supply", sheets.supply),
        Screen("licence-accounts", sheets.account_menu),
        Screen("licences", papers.licence_page("list")),
        Screen("licences-empty", day.go("licences")),
        Screen("licences-pick", papers.licence_page("pick")),
        Screen("parties", day.parties_page, in_guide=True),
        Screen("parties-empty", day.go("parties")),
        Screen("parties-small", day.parties_page, is_small=True),
        Screen("settings", day.go("settings")),
        Screen("settings-pack", day.go("settings", group="pack")),
        Screen("settings-pack-differences", sheets.pack_differences),
        Screen("settings-restore", sheets.restore_settings),
        Screen("settings-backups", day.settings_backups, in_guide=True),
        Screen("settings-look", day.go("settings", group="look")),
        Screen("settings-about", day.go("settings", group="about")),
        Screen("settings-small", day.go("settings", group="pack"), is_small=True),
        Screen("submission-result-small", papers.submission_page("make"), is_small=True),
        Screen("wizard-patent", day.wizard(0, "patent.title"), in_guide=True),
        Screen("wizard-owners", day.wizard(0, "owners"), in_guide=True),
        Screen("wizard-owner", day.wizard(0, "owners.1.identity_number")),
        Screen("wizard-fee", day.wizard(3, "royalty.instalments.first_amount"), in_guide=True),
        Screen("wizard-fee-small", day.wizard(3, "royalty.way"), is_small=True),
        Screen("wizard-wrong", day.wizard_wrong, in_guide=True),
        Screen("wizard-check", day.wizard(2, "papers"), in_guide=True),
        Screen("wizard-own-use", nearby.step("own_use.way")),
        Screen("wizard-term", nearby.step("offer_end")),
        Screen("wizard-terms", nearby.step("other_terms")),
        Screen("wizard-contact", nearby.step("contact.name")),
        Screen("wizard-beyond", nearby.step("patent.filing_date")),
        Screen("wizard-locked", sheets.locked),
        Screen("wizard-own", nearby.step("notes")),
        Screen("wizard-calendar", nearby.calendar),
        Screen("wizard-basis", nearby.basis),
        Screen("wizard-help", nearby.step_help),
        Screen("wizard-zoomed", nearby.zoomed),
        Screen("wizard-without-preview", nearby.without_preview),
        Screen("wizard-other-paper", nearby.other_paper),
        Screen("wizard-preview-small", nearby.preview_alone, is_small=True),
        Screen("wizard-new", day.go("wizard")),
        Screen("wizard-history", day.wizard_history, in_guide=True),
        Screen("help", day.go("help")),
        Screen("keys", day.keys),
        Screen("crash", day.crash),
        Screen("trouble", day.trouble),
        Screen("trouble-locked", nearby.locked),
        Screen("renewing", sheets.renewing),
        Screen("ask-name", sheets.ask_name),
        Screen("ask-pack", sheets.ask_pack),
        Screen("question", nearby.question),
        Screen("notice", day.notice),
        Screen("progress", day.progress),
    ]
