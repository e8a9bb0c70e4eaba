"""Scripts and style lose comments and blanks, and nothing that means something."""

import json
import subprocess
from pathlib import Path

import playwright
import pytest

from spectrum_cli.render.board import SCRIPTS
from spectrum_cli.render.board.compact import compact_script, compact_style

# Playwright brings one, so that none has to be installed.
NODE = str(Path(playwright.__file__).parent / "driver" / "node")
ASSETS = Path("src/spectrum_cli/render/assets/board")


@pytest.mark.parametrize(
    ("script", "compact"),
    [
        ("const a = 1; // one\nconst b = 2;\n", "const a=1;const b=2;"),
        ("/* what\n it does */\nlet x;", "let x;"),
        ("/*! licence */ let x;", "/*! licence */let x;"),
        ("say(\"two  blanks // here\", '/* and */ there');", "say(\"two  blanks // here\",'/* and */ there');"),
        ("say(`line one\n  line ${ two (`in  ner`) } `);", "say(`line one\n  line ${ two (`in  ner`) } `);"),
        ("a = b / c / d;", "a=b/c/d;"),
        ("a = x.replace(/ [/'\"] /g, '');", "a=x.replace(/ [/'\"] /g,'');"),
        ("if (x) return / a b /.test(y);", "if(x)return/ a b /.test(y);"),
        ("else return /[^/]  [/]/u;", "else return/[^/]  [/]/u;"),
        ("a = b + +c - -d;", "a=b+ +c- -d;"),
        ("return x in y;", "return x in y;"),
        (r"a = 'it\'s  me';", r"a='it\'s  me';"),
        ("class A { static  b() {} }", "class A{static b(){}}"),
        ("const f = () => { go(); };", "const f=()=>{go()};"),
    ],
)
def test_blanks_and_comments_go_and_texts_templates_and_patterns_stay(script: str, compact: str) -> None:
    assert compact_script(script) == compact + "\n"


def test_a_compact_script_does_what_the_script_does() -> None:
    script = """
      // Everything that is hard to tell apart.
      const words = ["a / b", 'c // d', `e ${ ["f /* g */"].map((x) => `${x} !`).join(" ") } h`];
      const half = words.length / 2 / 1;
      const found = "x/y  z".replace(/[/ ]+/g, "-") + (half > 1 ? /a\\/  b/.source : "");
      let n = 1;
      n = n + +"2" - -3;
      console.log(JSON.stringify([words, half, found, n, typeof /x/]));
    """

    def run(text: str) -> object:
        return json.loads(subprocess.run([NODE, "-e", text], capture_output=True, check=True, encoding="utf-8").stdout)

    assert run(compact_script(script)) == run(script)


@pytest.mark.parametrize("name", [name for name in SCRIPTS if not name.startswith("vendor/")])
def test_every_script_of_the_page_can_be_read_as_a_script_when_it_is_compact(name: str, tmp_path: Path) -> None:
    file = tmp_path / "script.js"
    source = (ASSETS / name).read_text(encoding="utf-8")
    file.write_text(compact_script(source), encoding="utf-8")
    result = subprocess.run([NODE, "--check", str(file)], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    assert file.stat().st_size < 0.9 * len(source.encode("utf-8"))


def test_style_keeps_what_needs_its_blanks() -> None:
    style = """
    /* Sizes */
    .a > .b, .c::after { margin: 0 calc(1rem + 2px); content: "a  b; }"; }
    @media (max-width: 46rem) { html:root [x="y z"] .d:hover { grid-template: repeat(2, 1fr) / auto 1fr; } }
    """
    assert compact_style(style) == (
        '.a>.b,.c::after{margin:0 calc(1rem + 2px);content:"a  b; }"}'
        '@media (max-width:46rem){html:root [x="y z"] .d:hover{grid-template:repeat(2,1fr) / auto 1fr}}\n'
    )
