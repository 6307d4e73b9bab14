"""The list of all screens."""

from dataclasses import dataclass

from desktop.installed.workplaces import BUREAU, OFFICE, Workplace
from desktop.screens import (
    bureau_scenes,
    day_scenes,
    declaration_scenes,
    distribution_scenes,
    match_scenes,
    nearby_scenes,
    online_scenes,
    overview_scenes,
    paper_scenes,
    publish_scenes,
    reuse_scenes,
    sheet_scenes,
    statement_scenes,
    stock_scenes,
    sync_scenes,
)
from desktop.screens.scene_waits import Prepare
from desktop.shell.page_table import PAGES

_SEVERAL = "ZL202120862680.3"
"""A patent of several owners in the sample, paid for by instalments."""


@dataclass(frozen=True)
class Screen:
    """One picture: what to do with the freshly opened sample before it is taken.

    `prepare` may return a widget (a dialog) to be taken instead of the window.  `is_small` takes
    it at 900 x 500; `is_empty` begins without the sample; `workplace` says at whose desk.
    """

    name: str
    prepare: Prepare
    is_small: bool = False
    is_empty: bool = False
    in_guide: bool = False
    workplace: Workplace = OFFICE


def screens() -> list[Screen]:
    """All screens, in the order of a clerk's day; a page that has none here stands as it opens."""
    drawn = _drawn()
    plain = [
        Screen(name, day_scenes.go(name), workplace=row.workplaces[0])
        for name, row in PAGES.items()
        if not any(screen.name.startswith(name) for screen in drawn)
    ]
    return [*drawn, *plain]


def _drawn() -> list[Screen]:
    return [
        Screen("first-start", day_scenes.first_start_filled, is_empty=True, in_guide=True),
        Screen("first-start-wrong", day_scenes.first_start_wrong, is_empty=True),
        Screen("first-start-small", day_scenes.first_start_filled, is_empty=True, is_small=True),
        Screen("first-start-bureau", bureau_scenes.first_start, is_empty=True, in_guide=True),
        Screen(
            "publish",
            publish_scenes.looked_at(),
            in_guide=True,
            workplace=BUREAU,
        ),
        Screen(
            "publish-made",
            publish_scenes.looked_at(is_decided=True),
            workplace=BUREAU,
        ),
        Screen(
            "publish-small",
            publish_scenes.looked_at(),
            is_small=True,
            workplace=BUREAU,
        ),
        Screen("overview", overview_scenes.today, in_guide=True),
        Screen("overview-small", overview_scenes.today, is_small=True),
        Screen("overview-empty", overview_scenes.empty, is_empty=True),
        Screen("overview-schedule", overview_scenes.schedule(), in_guide=True),
        Screen("overview-schedule-ticked", overview_scenes.schedule(ticked=6)),
        Screen("overview-schedule-small", overview_scenes.schedule(), is_small=True),
        Screen("overview-schedule-put-off", overview_scenes.schedule(standing="snoozed")),
        Screen("overview-done", overview_scenes.done_sheet),
        Screen("overview-statistics", overview_scenes.statistics, in_guide=True),
        Screen("overview-statistics-below", overview_scenes.statistics_below),
        Screen("overview-statistics-small", overview_scenes.statistics, is_small=True),
        Screen("overview-statistics-empty", overview_scenes.statistics_empty, is_empty=True),
        Screen("overview-targets", overview_scenes.target_sheet),
        Screen("register-empty", day_scenes.register_empty, is_empty=True, in_guide=True),
        Screen("register", day_scenes.go("register")),
        Screen("register-lived-in", reuse_scenes.lived_in, in_guide=True),
        Screen("register-small", day_scenes.go("register"), is_small=True),
        Screen("register-ticked", day_scenes.register_ticked, in_guide=True),
        Screen("register-ticked-small", day_scenes.register_ticked, is_small=True),
        Screen("register-none-found", day_scenes.register_none_found),
        Screen("register-summary-small", day_scenes.register_summary, is_small=True),
        Screen("register-own", reuse_scenes.office_facts),
        Screen("register-own-small", reuse_scenes.office_facts, is_small=True),
        Screen("register-bulk", day_scenes.register_bulk, in_guide=True),
        Screen("register-bulk-royalty", day_scenes.register_royalty),
        Screen("register-gaps", sheet_scenes.gaps),
        Screen("register-template", sheet_scenes.from_template),
        Screen("register-columns", sheet_scenes.columns_menu),
        Screen("register-states", sheet_scenes.states_menu),
        Screen("sync", sync_scenes.looked_at(), in_guide=True),
        Screen("sync-taken", sync_scenes.looked_at(is_taken=True)),
        Screen("sync-small", sync_scenes.looked_at(), is_small=True),
        Screen("sync-empty", day_scenes.go("sync")),
        Screen("convert", declaration_scenes.convert(_SEVERAL, licences=1), in_guide=True),
        Screen("convert-small", declaration_scenes.convert(_SEVERAL), is_small=True),
        Screen("convert-barred", declaration_scenes.convert("ZL202010136533.8")),
        Screen("convert-results", declaration_scenes.converted_many),
        Screen("wizard-filing", declaration_scenes.filing(), in_guide=True),
        Screen("wizard-filing-arrears", declaration_scenes.filing(declaration_scenes.ARREARS)),
        Screen(
            "wizard-filing-withdrawn",
            declaration_scenes.filing(declaration_scenes.WITHDRAWN, licences=2),
        ),
        Screen(
            "wizard-filing-again",
            declaration_scenes.filing(declaration_scenes.WITHDRAWN, again=True),
        ),
        Screen("templates", reuse_scenes.templates, in_guide=True),
        Screen("bin", reuse_scenes.bin_sheet),
        Screen("results", reuse_scenes.results, in_guide=True),
        Screen("results-small", reuse_scenes.results, is_small=True),
        Screen("import-header", reuse_scenes.import_odd),
        Screen("import-empty", day_scenes.go("import")),
        Screen("import", paper_scenes.import_looked_at, in_guide=True),
        Screen("import-small", paper_scenes.import_looked_at, is_small=True),
        Screen("import-mapping", sheet_scenes.mapping),
        Screen("import-trouble", paper_scenes.import_trouble),
        Screen("submission", paper_scenes.submission_page("check"), in_guide=True),
        Screen("submission-fine", paper_scenes.submission_page("fine")),
        Screen("submission-choose", paper_scenes.submission_page("choose")),
        Screen("submission-result", paper_scenes.submission_page("make"), in_guide=True),
        Screen("submission-mail", sheet_scenes.mail_words),
        Screen("submission-stale", paper_scenes.submission_page("stale")),
        Screen("submission-home", paper_scenes.submission_page("home")),
        Screen("submission-empty", day_scenes.go("submission")),
        Screen("submission-small", paper_scenes.submission_page("check"), is_small=True),
        Screen("seals", paper_scenes.seals_page("scans"), in_guide=True),
        Screen("seals-empty", paper_scenes.seals_page("")),
        Screen("seals-small", paper_scenes.seals_page("scans"), is_small=True),
        Screen("print", paper_scenes.seals_page("print")),
        Screen("licence", paper_scenes.licence_page("one"), in_guide=True),
        Screen("licence-marked", paper_scenes.licence_page("marked")),
        Screen("licence-page", paper_scenes.licence_page("page")),
        Screen("licence-history", paper_scenes.licence_page("history")),
        Screen("licence-wrong", paper_scenes.licence_page("wrong")),
        Screen("licence-life", paper_scenes.licence_page("life")),
        Screen("licence-life-small", paper_scenes.licence_page("life"), is_small=True),
        Screen("licence-small", paper_scenes.licence_page("one"), is_small=True),
        Screen("licence-supply", sheet_scenes.supply),
        Screen("licence-accounts", sheet_scenes.account_menu),
        Screen("licences", paper_scenes.licence_page("list")),
        Screen("licences-empty", day_scenes.go("licences")),
        Screen("licences-pick", paper_scenes.licence_page("pick")),
        Screen("parties", day_scenes.parties_page, in_guide=True),
        Screen("parties-empty", day_scenes.go("parties")),
        Screen("parties-small", day_scenes.parties_page, is_small=True),
        Screen("match", match_scenes.matched(ticked=2), in_guide=True),
        Screen("match-pushed", match_scenes.matched(pushed=True)),
        Screen("match-none", match_scenes.matched(row=3)),
        Screen("match-small", match_scenes.matched(ticked=1), is_small=True),
        Screen("match-empty", day_scenes.go("match")),
        Screen("stock", stock_scenes.grid(ticked=3), in_guide=True),
        Screen("stock-cell", stock_scenes.grid(opened=True)),
        Screen("stock-open", stock_scenes.grid(row=8)),
        Screen("stock-small", stock_scenes.grid(ticked=2), is_small=True),
        Screen("stock-empty", day_scenes.go("stock")),
        Screen("stock-send", stock_scenes.send_sheet),
        Screen("stock-watch", stock_scenes.watch_sheet),
        Screen("stock_return", stock_scenes.came_back),
        Screen("stock_return-small", stock_scenes.came_back, is_small=True),
        Screen("stock_return-empty", day_scenes.go("stock_return")),
        Screen("settings", day_scenes.go("settings")),
        Screen("settings-pack", day_scenes.go("settings", group="pack")),
        Screen("settings-pack-differences", sheet_scenes.pack_differences),
        Screen("settings-restore", sheet_scenes.restore_settings),
        Screen("settings-backups", day_scenes.settings_backups, in_guide=True),
        Screen("settings-workplace", day_scenes.go("settings", group="workplace")),
        Screen(
            "settings-bureau",
            day_scenes.go("settings", group="office"),
            is_empty=True,
            workplace=BUREAU,
        ),
        Screen("settings-look", day_scenes.go("settings", group="look")),
        Screen("settings-about", day_scenes.go("settings", group="about")),
        Screen("settings-small", day_scenes.go("settings", group="pack"), is_small=True),
        Screen("submission-result-small", paper_scenes.submission_page("make"), is_small=True),
        Screen("statement", statement_scenes.statement, in_guide=True),
        Screen("statement-small", statement_scenes.statement, is_small=True),
        Screen("statement-wrong", statement_scenes.statement_wrong),
        Screen("statement-words", statement_scenes.statement_words),
        Screen("statement-blank", statement_scenes.statement_blank),
        Screen("wizard-patent", day_scenes.wizard(0, "patent.title"), in_guide=True),
        Screen("wizard-owners", day_scenes.wizard(0, "owners"), in_guide=True),
        Screen("wizard-owner", day_scenes.wizard(0, "owners.1.identity_number")),
        Screen(
            "wizard-fee", day_scenes.wizard(3, "royalty.instalments.first_amount"), in_guide=True
        ),
        Screen("wizard-fee-small", day_scenes.wizard(3, "royalty.way"), is_small=True),
        Screen("wizard-wrong", day_scenes.wizard_wrong, in_guide=True),
        Screen("wizard-check", day_scenes.wizard(2, "papers"), in_guide=True),
        Screen("wizard-own-use", nearby_scenes.step("own_use.way")),
        Screen("wizard-term", nearby_scenes.step("offer_end")),
        Screen("wizard-terms", nearby_scenes.step("other_terms")),
        Screen("wizard-contact", nearby_scenes.step("contact.name")),
        Screen("wizard-beyond", nearby_scenes.step("patent.filing_date")),
        Screen("wizard-online", online_scenes.filling(), in_guide=True),
        Screen("wizard-online-differs", online_scenes.filling(differs=True)),
        Screen("wizard-online-files", online_scenes.files),
        Screen("wizard-online-small", online_scenes.filling(), is_small=True),
        Screen("wizard-online-pilot", online_scenes.pilot),
        Screen("wizard-locked", sheet_scenes.gone_out),
        Screen("wizard-own", nearby_scenes.step("notes")),
        Screen("wizard-calendar", nearby_scenes.calendar),
        Screen("wizard-basis", nearby_scenes.problem_basis),
        Screen("wizard-help", nearby_scenes.help_of_step),
        Screen("wizard-ledger-differs", nearby_scenes.ledger_differs),
        Screen("wizard-ledger", nearby_scenes.ledger_settled, in_guide=True),
        Screen("wizard-zoomed", nearby_scenes.zoomed),
        Screen("wizard-without-preview", nearby_scenes.without_preview),
        Screen("wizard-other-paper", nearby_scenes.other_paper),
        Screen("wizard-preview-small", nearby_scenes.preview_alone, is_small=True),
        Screen("wizard-new", day_scenes.go("wizard")),
        Screen("wizard-history", day_scenes.wizard_history, in_guide=True),
        Screen("distribution", distribution_scenes.runs, in_guide=True),
        Screen("distribution-one", distribution_scenes.one, in_guide=True),
        Screen("distribution-one-small", distribution_scenes.one, is_small=True),
        Screen("distribution-closed", distribution_scenes.closed),
        Screen("distribution-agreed", distribution_scenes.agreed),
        Screen("distribution-empty", day_scenes.go("distribution")),
        Screen("province", bureau_scenes.province, in_guide=True, workplace=BUREAU),
        Screen("province-small", bureau_scenes.province, is_small=True, workplace=BUREAU),
        Screen("province-term", bureau_scenes.term_sheet, workplace=BUREAU),
        Screen("store", bureau_scenes.store, in_guide=True, workplace=BUREAU),
        Screen("store-small", bureau_scenes.store, is_small=True, workplace=BUREAU),
        Screen("store-licence", bureau_scenes.licence_sheet, workplace=BUREAU),
        Screen("units", bureau_scenes.units, workplace=BUREAU),
        Screen("units-small", bureau_scenes.units, is_small=True, workplace=BUREAU),
        Screen("intake", bureau_scenes.intake, in_guide=True, workplace=BUREAU),
        Screen("intake-twice", bureau_scenes.intake_twice, workplace=BUREAU),
        Screen("intake-foreign", bureau_scenes.intake_foreign, workplace=BUREAU),
        Screen("intake-small", bureau_scenes.intake, is_small=True, workplace=BUREAU),
        Screen("intake-empty", bureau_scenes.intake_empty, is_empty=True, workplace=BUREAU),
        Screen("help", day_scenes.go("help")),
        Screen("keys", day_scenes.keys),
        Screen("crash", day_scenes.crash),
        Screen("trouble", day_scenes.trouble),
        Screen("trouble-locked", nearby_scenes.locked_by_another),
        Screen("renewing", sheet_scenes.renewing),
        Screen("ask-name", sheet_scenes.ask_name),
        Screen("ask-pack", sheet_scenes.ask_pack),
        Screen("question", nearby_scenes.question),
        Screen("notice", day_scenes.notice),
        Screen("progress", day_scenes.progress),
    ]
