"""The scenes of 网上填报: a declaration copied field by field, and the pilot's own web form."""

from datetime import date
from decimal import Decimal

from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.online_page import OnlinePage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle
from forms.facts.paths import with_value
from forms.facts.record import Case, Contact, LumpSum, Party, Patent, Royalty, Statement
from forms.office.paper_making import composed
from forms.paper.document_words import words_sha256

STEP = "online"
_COPIED = 6
_FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
CASE = Case(
    pack="cnipa-2024",
    patent=Patent(
        number="ZL202020995106.0",
        title="江河水质在线监测浮标",
        main_class="G01N 33/18",
        filing_date=date(2020, 6, 3),
        grant_date=date(2021, 1, 29),
        legal_status="有效",
        evaluation_report=True,
        report_conclusion="qualified",
    ),
    owners=(
        Party(name="示例大学", kind="unit"),
        Party(name="示例水环境研究院（武汉）", kind="unit"),
    ),
    offer_end=date(2027, 12, 31),
    royalty=Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(30000), days=0)),
    other_terms="可提供不超过 5 个工作日的现场技术指导，不另收费。",
    contact=Contact(
        name="陈思远",
        phone="027-8700 0000",
        email="zscq@example.edu.cn",
        address="湖北省武汉市示例区学府路 1 号",
        postcode="430000",
    ),
    signing="representative",
    signing_representative="示例大学",
    statement=Statement(text="本专利许可使用费按自行实施收益测算。" * 40),
)


def filling(*, differs: bool = False) -> Prepare:
    """Six fields copied; perhaps one has changed since, and a name differs by a bracket."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        program.desk.choose_pack(CASE.pack)
        store = program.desk.store
        imported = {"owners": "示例大学；示例水环境研究院（武汉）"}
        stored = store.cases.save(CASE, imported=imported)
        store.web.keep_file(stored.id, "report", "评价报告.pdf", _FILE * 9000)
        paper, office = program.desk.pack.papers["consent"], store.parties.office()
        sealed = composed(program.desk.pack, paper, CASE, office)
        store.papers.add_scan(stored.id, paper.code, _FILE * 24000, words_sha256(sealed))
        program.desk.go("wizard", case_id=stored.id)
        page = page_shown(program, WizardPage)
        page.open_step(STEP)
        online = page.stage.form
        assert isinstance(online, OnlinePage)
        for one in online.shown()[:_COPIED]:
            online.do(one.id)
        if differs:
            page.session.draft.type("owners.1.name", "示例水环境研究院(武汉)")
            page.session.draft.type("offer_end", "")

    return prepare


def files(program: Program) -> None:
    """The attachments, which stand below the fields."""
    filling()(program)
    page = page_shown(program, WizardPage)
    online = page.stage.form
    assert isinstance(online, OnlinePage)
    settle()
    bar = page.stage.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def pilot(program: Program) -> None:
    """The pilot's own web form: the same page by another pack's data."""
    assert program.desk is not None
    stored = program.desk.store.cases.listed()[2]
    program.desk.store.cases.save(
        with_value(stored.case, "owners.0.bank.name", "示例银行武汉学府路支行"), case_id=stored.id
    )
    program.desk.go("wizard", case_id=stored.id)
    page_shown(program, WizardPage).open_step(STEP)
