import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.pipeline.colouring import coloured
from readlater.pipeline.sanitize import sanitize


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_named_language_is_coloured() -> None:
    html = (
        '<pre><code class="language-python">def tide(at):\n    return "high"  # 3 m\n</code></pre>'
    )
    made = coloured(html)
    assert '<span class="k">def</span>' in made
    assert '<span class="nf">tide</span>' in made
    assert '<span class="c"># 3 m</span>' in made
    assert text(made) == text(html)


def test_the_class_may_stand_on_the_block() -> None:
    assert '<span class="k">' in coloured('<pre class="language-js">let x = 1;</pre>')


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>def tide(at): pass</code></pre>",
        '<pre><code class="language-nothingsuch">def tide(at): pass</code></pre>',
        '<pre><code class="language-python">a <a href="https://x.example/">link</a></code></pre>',
        '<p>No code, but the word <code class="language-python">def</code></p>',
        f'<pre><code class="language-python">{"x = 1;" * 9000}</code></pre>',
    ],
)
def test_what_is_not_surely_known_stays_as_it_is(html: str) -> None:
    assert coloured(html) == html


def test_the_last_line_is_coloured_without_its_end() -> None:
    html = '<pre><code class="language-diff">@@ -1 +1 @@\n-old\n+new</code></pre>'
    made = coloured(html)
    assert '<span class="gd">-old</span>' in made
    assert '<span class="gi">+new</span>' in made
    assert '<span class="gh">@@ -1 +1 @@</span>' in made
    assert text(made) == text(html)


def test_spans_of_the_page_give_way() -> None:
    html = '<pre><code class="language-python"><span>def</span> <span>f</span>(): ...</code></pre>'
    assert '<span class="k">def</span>' in coloured(html)


LANGUAGES = ["python", "js", "c", "rust", "bash", "html", "css", "json", "sql", "yaml", "diff"]


@settings(deadline=None)  # a lexer is loaded on the way
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_the_words_stay_and_nothing_new_comes(code: str, language: str) -> None:
    from html import escape

    clean = sanitize(f'<pre><code class="language-{language}">{escape(code)}</code></pre>')
    made = coloured(clean)
    assert text(made) == text(clean)
    assert sanitize(made) == sanitize(clean) or text(sanitize(made)) == text(clean)
    tags = set(re.findall(r"<[^>]*>", made)) - set(re.findall(r"<[^>]*>", clean))
    assert all(re.fullmatch(r'<span class="[a-z]{1,2}">|</span>', tag) for tag in tags)
