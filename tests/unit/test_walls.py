from __future__ import annotations

import pytest

from readlater import words
from readlater.article import Access, Extracted
from readlater.pipeline import extract_page

PROSE = (
    "The council voted on Tuesday evening to keep the night boat running for three more years, "
    "ending a dispute that had divided the town since spring and cost two mayors their office. "
    "The boat leaves at eleven and carries forty people and the post. "
)


def judged(body: str, *, head: str = "", lang: str = "en", status: int = 200) -> Extracted:
    page = f"<html lang={lang}><head>{head}</head><body>{body}</body></html>"
    got = extract_page(page, "https://news.example/a", status=status)
    assert all(words.evidence_sentence(one) for one in got.evidence)
    assert 0 <= got.confidence <= 1
    return got


@pytest.mark.parametrize(
    "body",
    [
        "<title>Just a moment...</title><div>Performing security verification</div>",
        "<h1>Verify you are human by completing the action below.</h1><p>news.example needs to "
        "review the security of your connection before proceeding.</p>",
        "<h1>Access to this page has been denied</h1><p>Press &amp; Hold to confirm you are a "
        "human (and not a bot).</p>",
        "<h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made "
        "us think you were a bot.</p>",
        "<h1>Our systems have detected unusual traffic from your computer network</h1>",
        "<h1>Überprüfen Sie, ob Sie ein Mensch sind</h1><p>Bestätigen Sie, dass Sie kein Roboter "
        "sind.</p>",
        "<h1>Einen Moment bitte</h1><p>Die Sicherheit Ihrer Verbindung wird überprüft.</p>",
        "<h1>Vérifiez que vous êtes humain</h1><p>Accès temporairement restreint</p>",
        "<h1>Verifica que eres un ser humano</h1><p>Hemos detectado tráfico inusual.</p>",
        "<h1>Verifica di essere umano</h1><p>Abbiamo rilevato traffico insolito.</p>",
        "<h1>Confirme que você é humano</h1><p>Detectamos tráfego incomum.</p>",
        "<h1>Controleer of je een mens bent</h1>",
        "<h1>Potwierdź, że jesteś człowiekiem</h1>",
        "<h1>Подтвердите, что вы человек</h1><p>Проверка браузера</p>",
        "<h1>İnsan olduğunuzu doğrulayın</h1>",
        "<h1>تحقق من أنك إنسان</h1>",
        "<h1>पुष्टि करें कि आप मनुष्य हैं</h1>",
        "<h1>あなたが人間であることを確認します</h1>",
        "<h1>请验证您是真人</h1><p>正在进行安全验证</p>",
        "<h1>사람인지 확인하는 중입니다</h1>",
        "<p>Please wait</p><script src='https://challenges.cloudflare.com/turnstile/v0/api.js'>"
        "</script>",
        "<p>news.example</p><script>var dd={'host':'geo.captcha-delivery.com'}</script>",
        "<div id=px-captcha></div><script>window._pxAppId='PX1'</script>",
    ],
)
def test_a_robot_check_is_known_whatever_its_status_and_language(body: str) -> None:
    got = judged(body)
    assert got.access is Access.BOT_WALL, got.evidence
    assert got.text == ""


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Mit Werbung oder Abo weiterlesen</h1><p>Wir und unsere 184 Partner verarbeiten "
        "personenbezogene Daten.</p><button>Weiter mit Werbung</button><a href='/pur'>Pur-Abo</a>",
        "<h2>Votre vie privée</h2><p>Nous et nos partenaires utilisons des cookies.</p>"
        "<button>Accepter et continuer</button><a href='/abo'>Refuser et s'abonner</a>",
        "<h2>La tua privacy</h2><p>Noi e i nostri partner archiviamo informazioni.</p>"
        "<button>Accetta e continua</button><a href='/abb'>Rifiuta e abbonati</a>",
        "<h2>Tu privacidad</h2><p>Nosotros y nuestros socios almacenamos información.</p>"
        "<button>Aceptar y continuar</button><a href='/s'>Rechazar y suscribirse</a>",
        "<h2>Uw privacy</h2><p>Wij en onze partners gebruiken cookies.</p><button>Akkoord</button>",
        "<h2>Szanujemy Twoją prywatność</h2><p>My i nasi partnerzy przechowujemy informacje."
        "</p><button>Akceptuję i przechodzę do serwisu</button>",
        "<h2>Your choices</h2><p>We and our 812 partners store and access information on your "
        "device, such as unique identifiers, to show you personalised advertising and content, to "
        "measure both, and to learn about those who see them. You can change your choice at any "
        "time in the privacy settings at the foot of each page. Some partners do not ask for your "
        "consent but rely on their legitimate interest.</p><button>Accept all</button>"
        "<button>Reject all</button><button>Manage options</button>",
    ],
)
def test_a_consent_wall_is_no_article(body: str) -> None:
    got = judged(body)
    assert got.access is Access.CONSENT_WALL, (got.evidence, got.text)
    assert got.text == ""


@pytest.mark.parametrize(
    "body",
    [
        "<h1>404</h1><p>Seite nicht gefunden.</p>",
        "<h1>Oups !</h1><p>Page introuvable</p>",
        "<h1>Este artículo ya no está disponible.</h1>",
        "<div id=app>You need to enable JavaScript to run this app.</div>",
        "<div id=root></div>",
        "<h1>Watch: the night boat</h1><video src=a.mp4></video><p>Two minutes at sea.</p>",
        "<nav><a href=/a>Home</a><a href=/b>News</a></nav><ul>"
        + "".join(f"<li><a href=/{n}>Section number {n}</a></li>" for n in range(30))
        + "</ul>",
    ],
)
def test_what_is_no_article_is_not_called_full(body: str) -> None:
    assert judged(body).access is Access.UNKNOWN


@pytest.mark.parametrize(
    ("box", "access"),
    [
        ("<p>Create a free account to continue reading</p>", Access.REGISTRATION),
        ("<p>Registrieren Sie sich kostenlos, um weiterzulesen</p>", Access.REGISTRATION),
        ("<p>Inscrivez-vous gratuitement pour lire la suite</p>", Access.REGISTRATION),
        ("<p>Regístrate gratis para seguir leyendo</p>", Access.REGISTRATION),
        ("<p>Registrati gratis per continuare a leggere</p>", Access.REGISTRATION),
        ("<p>Zarejestruj się, aby czytać dalej</p>", Access.REGISTRATION),
        ("<p>Subscribe to continue reading</p>", Access.PREVIEW),
        ("<p>Dieser Artikel ist nur für Abonnenten. Jetzt weiterlesen</p>", Access.PREVIEW),
        ("<p>La suite est réservée aux abonnés</p>", Access.PREVIEW),
        ("<p>Чтобы читать дальше, оформите подписку</p>", Access.PREVIEW),
        ("<p>この記事は有料会員限定です。続きを読むには登録</p>", Access.PREVIEW),
        ("<p>Sign in to continue reading</p>", Access.SIGN_IN),
        ("<p>Melden Sie sich an, um weiterzulesen</p><p>Hier anmelden</p>", Access.SIGN_IN),
    ],
)
def test_a_box_right_after_a_cut_text_says_what_is_asked_for(box: str, access: Access) -> None:
    cut = f"<article><h1>A boat returns</h1><p>{PROSE}</p><p>{PROSE}</p><div>{box}</div></article>"
    got = judged(cut)
    assert got.access is access, (got.evidence, got.removed)
    assert got.text.count("The council voted") == 2


def test_a_meter_over_a_whole_article_cuts_nothing() -> None:
    meter = "<div class=meter>You have 2 free articles left. <a href=/subscribe>Subscribe</a></div>"
    body = "".join(f"<p>{PROSE}</p>" for _ in range(8))
    assert judged(f"<article><h1>A boat</h1>{body}</article>{meter}").access is Access.FULL


def test_a_news_item_about_captchas_is_no_robot_check() -> None:
    text = (
        "The court found that a captcha on the ferry's booking site kept blind people out. "
        "Readers had complained for years. " + PROSE
    )
    got = judged(f"<article><h1>Booking site must change</h1><p>{text}</p><p>{PROSE}</p></article>")
    assert got.access is Access.FULL


PAID = (
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,'
    '"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".paid"}}'
    "</script>"
)


def test_the_part_that_data_calls_paid_decides_over_a_short_text() -> None:
    teaser = f"<article><h1>A boat returns</h1><p>{PROSE}</p></article>"
    summary = f'<meta name=description content="{PROSE}">'
    cut = judged(teaser, head=PAID + summary)
    assert cut.access is not Access.FULL
    codes = {one.code for one in cut.evidence}
    assert {"paid_part_missing", "only_summary", "says_not_free"} <= codes
    body = "".join(f"<p>{PROSE}</p>" for _ in range(5))
    whole = judged(
        f"<article><h1>A boat returns</h1><div class=paid>{body}</div></article>", head=PAID
    )
    assert whole.access is Access.FULL
    assert "paid_part_came" in {one.code for one in whole.evidence}


def test_paragraphs_before_the_box_are_counted() -> None:
    box = "<div class=paywall><p>To continue reading, subscribe today</p></div>"
    got = judged(f"<article><h1>A boat</h1><p>{PROSE}</p><p>{PROSE}</p>{box}</article>")
    first = got.evidence[0]
    assert first.code == "paragraphs_then_prompt"
    assert words.evidence_sentence(first) == (
        "2 paragraphs came, then “To continue reading, subscribe today”."
    )
    assert got.confidence > 0.7
