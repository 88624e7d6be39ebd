"""What somebody does on a case from the e-mail on, in the browser, with every click counted.

The words that are typed are those the demo is filled with.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page, expect

from dubu_plugin.domain.danish import COPENHAGEN
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE
from dubu_plugin.testing.reception import Reception

from .clicks import Clicks

OF_CARD: Final = frozenset(
    {"barnets_ord", "hvem_goer_hvad", "ansvarlig", "indikator", "start", "oensket"}
)
"""What is written of a goal on its card."""


def story(name: str) -> dict[str, Any]:
    """Return the words of a case of the demo."""
    written = files("dubu_plugin.demo").joinpath("stories", f"{name}.toml")
    return tomllib.loads(written.read_text("utf-8"))


def mail(name: str) -> bytes:
    """Return a mail of the demo."""
    return files("dubu_plugin.demo").joinpath("post", f"{name}.eml").read_bytes()


def moment(day: str, clock: str = "09:00") -> datetime:
    """Return a moment of a Danish day."""
    said = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), COPENHAGEN)
    return said.astimezone(UTC)


@dataclass
class Told:
    """The case as it is told: a caseworker's page, her leader's, and the clock."""

    town: Reception
    origin: str
    open_page: Callable[..., Page]
    child: str
    words: dict[str, Any]
    names: Mapping[str, str]
    parents: Mapping[str, str]
    """The parents' names, and what each is called in the words."""
    case: str = ""
    hers: Clicks = field(init=False)
    leaders: Clicks = field(init=False)

    def __post_init__(self) -> None:
        """Sit down at the two front pages."""
        self.hers, self.leaders = (self._seated(who) for who in (KAREN, HENRIK))

    def _seated(self, who: str) -> Clicks:
        return Clicks(self.open_page(f"{self.origin}/dubu/hjaelp", who=who))

    @property
    def page(self) -> Page:
        """The caseworker's page."""
        return self.hers.page

    def say(self, text: str) -> str:
        """Return words with the names of this family."""
        return text.format_map(self.names)

    def comes(self, day: str, clock: str = "09:00") -> None:
        """Let a day come: what was begun is delivered, and both are at their front pages."""
        self.town.deliver()
        self.town.town.now = moment(day, clock)
        for one in (self.hers, self.leaders):
            one.page.goto(f"{self.origin}/dubu/min-dag")

    def home(self) -> Clicks:
        """Go to the front page."""
        self.page.goto(f"{self.origin}/dubu/min-dag")
        return self.hers

    def open_case(self) -> Clicks:
        """Open the case from the front page; where nothing of it is due soon, look it up there."""
        # The letters that wait to be posted are named by the child too, and lead elsewhere.
        elsewhere = self.page.locator("a:not([href$='/breve'])")
        hers = self.page.get_by_role("link", name=self.child).and_(elsewhere)
        if not hers.count():
            box = self.page.get_by_role("searchbox")
            box.fill(self.child)
            box.press("Enter")
        self.hers.on(hers.first)
        expect(self.page.get_by_role("heading", name="Arbejdet på sagen")).to_be_visible()
        self.case = self.page.url
        return self.hers

    def done(self, words: str = "") -> None:
        """Wait till the page says that it is done."""
        said = self.page.get_by_role("status").filter(has_text=words).first
        expect(said).to_be_visible()

    # -- a skrift ----------------------------------------------------------------------------------

    def written_here(self, words: Mapping[str, Any]) -> None:
        """Write what the page asks for; a choice is a click."""
        for code, text in words.items():
            there = self.page.locator(f"[name='t-{code}']")
            if isinstance(text, str) and there.count() > 1:
                self.hers.on(self.page.locator(f"[name='t-{code}'][value='{text}']"))
            elif isinstance(text, str) and there.count() == 1:
                there.fill(self.say(text))

    def onward(self) -> None:
        """Go on to the next place, which saves."""
        here = self.page.url
        self.hers.on(self.page.locator("button[name=til].button-primary"))
        expect(self.page).not_to_have_url(here)

    def screening(self) -> None:
        """Write a screening, and have it stand."""
        self.open_case().on(self.page.locator("a[href$='/skrift']").first)
        self.hers.button("Begynd screening")
        self.hers.on(self.page.get_by_role("link", name="Skriv videre"))
        for _ in range(2):
            self.written_here(self.words["screening"])
            self.onward()
        self.hers.button("Færdig")
        self.done("Den er færdig")

    def dimensions(self) -> None:
        """Write each dimension and what is gathered of them, and present it."""
        said = self.words["undersoegelse"]
        for one in said["forhold"]:
            expect(self.page).to_have_url(f"{self._skrift}/{one['kode']}")
            self.written_here({code: text for code, text in one.items() if code != "behov"})
            if "behov" in one:
                self.page.locator(".needs textarea").last.fill(self.say(one["behov"]))
            self.onward()
        self.written_here(said)
        self.hers.button("Fremlæg for leder")
        self.done("Den er fremlagt")

    @property
    def _skrift(self) -> str:
        return self.page.url.rsplit("/", 1)[0]

    def approved(self, title: str, button: str) -> None:
        """Have the leader open what waits, and approve it: two clicks."""
        self.leaders.page.goto(f"{self.origin}/dubu/min-dag")
        with self.leaders.budget("godkend"):
            self.leaders.link(f"{title}: {self.child}")
            self.leaders.button(button)
            expect(self.leaders.page.get_by_role("status").first).to_be_visible()

    def talk(self, words: Mapping[str, str]) -> None:
        """Note a talk with the child, from the front page."""
        self.home()
        with self.hers.budget("samtale"):
            self.open_case().link("Notér samtale")
            for code, text in words.items():
                self.page.locator(f"[name='{code}']").fill(self.say(text))
            self.page.get_by_label("Klokken").fill("08:30")
            self.hers.choose("Den anden rådgiver", METTE)
            self.hers.button("Notér")
            self.done("Samtalen er noteret")

    # -- the decision ------------------------------------------------------------------------------

    def heard(self, number: int, about: str, due: str) -> None:
        """Hear a party of the decision that is being prepared."""
        decision = self.page.url
        self.hers.on(self.page.get_by_role("link", name="Partshøring").nth(number))
        self.hers.type("Hvad høres parten om?", self.say(about))
        self.hers.type("Svar senest", due)
        self.hers.button("Send høringen")
        self.page.goto(decision)

    def answered(self, number: int, said: str, weighed: str, day: str) -> None:
        """Write in what a party answered."""
        decision = self.page.url
        self.hers.on(self.page.get_by_role("link", name="Partshøring").nth(number))
        self.page.locator("[name=besvaret]").fill(day)
        self.hers.type("Hvad svarede parten?", self.say(said))
        self.hers.type("Hvad har svaret betydet for afgørelsen?", self.say(weighed))
        self.hers.button("Gem svaret")
        self.page.goto(decision)

    def decided(
        self,
        *,
        indsats: str,
        begins: str,
        ends: str,
        consented: str,
        also: tuple[Mapping[str, Any], str] | None = None,
    ) -> None:
        """Write the decision, and present it.

        :param also: another indsats it gives, and the last day of that.
        """
        page = self.page
        self.hers.on(page.locator("[name=udfald][value=medhold]"))
        page.locator("[name=indsats]").select_option(f"{indsats}:")
        page.locator("[name=fra]").fill(begins)
        page.locator("[name=til]").fill(ends)
        if also is not None:
            another, last = also
            self.hers.on(page.get_by_text("Endnu en indsats"))
            page.locator("[name=indsats-2]").select_option(f"{another['hvad']}:")
            page.locator("[name=formaal-2]").fill(self.say(another["formaal"]))
            page.locator("[name=til-2]").fill(last)
        self.hers.on(page.locator("[name=plan][value=ja]"))
        for code, text in self.words["afgoerelse"].items():
            there = page.locator(f"textarea[name='{code}'], input[name='{code}']")
            if there.count():
                there.fill(self.say(text))
        for one in page.locator("[name^='samtykke-'][value=givet]").all():
            self.hers.on(one)
        for one in page.locator("[name^='samtykkedag-']").all():
            one.fill(consented)
        self.hers.button("Fremlæg for lederen")
        self.done("Afgørelsen er fremlagt")

    # -- help, plan and follow-up ------------------------------------------------------------------

    def helped(self, one: Mapping[str, Any], ends: str) -> None:
        """Begin an indsats, from the front page."""
        self.home()
        with self.hers.budget("indsats"):
            self.open_case()
            self.hers.on(self.page.locator("a[href$='/indsatser']").first)
            self.hers.link("Ny indsats")
            if self.page.locator("[name=hvad]").input_value() != f"{one['hvad']}:":
                self.hers.choose("Hvad sættes i gang?", f"{one['hvad']}:")
            self.hers.type("Ventes at slutte", ends)
            self.hers.type("Hvor meget?", one["antal"])
            self.hers.type("Hvem giver hjælpen?", one["leverandoer"])
            self.hers.button("Gem indsatsen")
            self.done()

    def plan(self, unticked: tuple[str, ...], looked_at: str) -> None:
        """Make the plan out of the needs, write it, and send it; from the front page."""
        self.home()
        with self.hers.budget("plan"):
            self.open_case().link("Lav plan")
            for text in unticked:
                self.hers.on(self.page.get_by_role("checkbox", name=text))
            for goal in self.words["plan"]["maal"]:
                need = self._need(goal["behov"])
                self.page.locator(f"input[name^='maal-'][value='{need}']").fill(
                    self.say(goal["aendring"])
                )
            self.hers.button("Lav plan")
            self.done("Planen er lavet")
            for goal in self.words["plan"]["maal"]:
                self._goal(goal, looked_at)
            self.hers.on(self.page.locator("summary", has_text="Inddragelse og uenighed"))
            for code, text in self.words["plan"].items():
                if code not in ("maal", "min_moedes"):
                    self.page.locator(f"[name='{code}']").fill(self.say(text))
            self.hers.button("Gem og send")
            self.done("Planen er godkendt")

    def _need(self, dimension: str) -> str:
        every = self.words["undersoegelse"]["forhold"]
        return self.say(next(one["behov"] for one in every if one["kode"] == dimension))

    def _goal(self, goal: Mapping[str, str], looked_at: str) -> None:
        about = self.page.locator("textarea", has_text=self.say(goal["aendring"]))
        card = self.page.locator("section.box").filter(has=about)
        for code, text in goal.items():
            if code in OF_CARD:
                card.locator(f"[name$='-{code}']").fill(self.say(text))
        card.locator("[name$='-ses_paa']").fill(looked_at)

    def follow_up(self, one: Mapping[str, Any], link: str) -> None:
        """Follow up from the front page: a status for each goal, and that it goes on."""
        self.home()
        with self.hers.budget("opfoelgning"):
            self.hers.link(link)
            goals = self.words.get("plan", {}).get("maal", ())
            for goal, status, said in zip(
                goals, one.get("status", ()), one.get("ord", ()), strict=True
            ):
                card = self.page.locator(".follow").filter(has_text=self.say(goal["aendring"]))
                self.hers.on(card.locator(f"[name$='-status'][value={status}]"))
                card.locator("[name$='-ord']").fill(self.say(said))
            if goals and "tal" in one:
                self.page.locator("[name$='-tal']").first.fill(str(one["tal"]))
            self.page.locator("[name='barnets_syn']").fill(self.say(one["barnet"]))
            if "uden_samtale" in one:
                self.page.locator("[name='uden_samtale']").fill(self.say(one["uden_samtale"]))
            for label, who in self.parents.items():
                self.page.get_by_label(label).first.fill(self.say(one[who]))
            self.hers.on(self.page.locator("[name=valg][value=fortsaet]"))
            self.hers.type("Samlet vurdering", self.say(one["samlet"]))
            self.page.locator("[name=andre_forhold]").fill("Nej.")
            if "naeste" in one:
                self.hers.on(self.page.locator("[name=naeste][value=anden]"))
                self.page.locator("[name=naeste_dag]").fill(one["naeste"])
            self.page.locator("[name=naeste_grund]").fill(self.say(one["grund"]))
            self.hers.button("Gem opfølgning")
            self.done()
