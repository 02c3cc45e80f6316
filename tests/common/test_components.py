"""Components declare their arguments; a wrong call fails."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError

ENGINE = Engine(
    builtins=["common.templatetags.components"],
    loaders=[
        (
            "django.template.loaders.locmem.Loader",
            {
                "components/greeting.html": '{% args name tone="warm" %}<p class="{{ tone }}">{{ name }}</p>',
                "components/box.html": "{% args title %}<section>{{ title }}: {{ children }}</section>",
                "components/silent.html": "<p>no declaration</p>",
            },
        )
    ],
)


@pytest.fixture(autouse=True)
def _components_from_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    class Backend:
        def __init__(self, name: str) -> None:
            self.template = ENGINE.get_template(name)

    monkeypatch.setattr("common.templatetags.components.get_template", Backend)


def render(source: str, **context: object) -> str:
    return ENGINE.from_string(source).render(Context(context))


def test_a_component_gets_its_arguments_and_defaults() -> None:
    assert render('{% component "greeting" name=who %}', who="Lille") == '<p class="warm">Lille</p>'


def test_a_component_prints_the_content_it_surrounds() -> None:
    rendered = render('{% componentblock "box" title="A" %}<b>x</b>{% endcomponentblock %}')
    assert rendered == "<section>A: <b>x</b></section>"


def test_a_component_sees_nothing_of_the_page_but_its_arguments() -> None:
    assert render('{% component "greeting" name=who tone=tone %}', who="x", tone="cold", name="y") == (
        '<p class="cold">x</p>'
    )


@pytest.mark.parametrize(
    "call",
    [
        '{% component "greeting" %}',
        '{% component "greeting" name="a" colour="b" %}',
        '{% component "silent" %}',
        "{% component greeting %}",
    ],
)
def test_a_wrong_call_is_an_error(call: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(call)
