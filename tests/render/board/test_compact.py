"""Scripts, style and data lose comments, blanks and what repeats, and nothing that means something."""

import json
import subprocess
from pathlib import Path

import playwright
import pytest

from spectrum_cli.render.board import SCRIPTS, asset
from spectrum_cli.render.board.compact import compact_data, compact_script, compact_style, pieces

# Playwright brings one, so that none has to be installed.
NODE = str(Path(playwright.__file__).parent / "driver" / "node")
ASSETS = Path("src/spectrum_cli/render/assets/board")


@pytest.mark.parametrize(
    ("script", "compact"),
    [
        ("const a = 1; // one\nuse(a);\n", "let a=1;use(a);"),
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
        ("const f = () => { go(); };", "let f=()=>{go()};"),
    ],
)
def test_blanks_and_comments_go_and_texts_templates_and_patterns_stay(script: str, compact: str) -> None:
    assert compact_script(script) == compact + "\n"


@pytest.mark.parametrize(
    ("script", "compact"),
    [
        ("const a = 1;\n// two\nlet b = 2;\nconst { c } = d;", "let a=1,b=2,{c}=d;"),
        (
            "const a = () => { const b = 1; go(b); const c = 2; };\nconst d = 3;",
            "let a=()=>{let b=1;go(b);let c=2},d=3;",
        ),
        ("if (a) b = 1;\nconst c = 2;", "if(a)b=1;let c=2;"),
        ("for (const a of b) go(a);\nconst c = 1;", "for(let a of b)go(a);let c=1;"),
        ("for (let i = 0, n = 9; i < n; i += 1) { const a = 1; }", "for(let i=0,n=9;i<n;i+=1){let a=1}"),
        ("say('const a; const b;', `const c; ${ x } const d`);", "say('const a; const b;',`const c; ${ x } const d`);"),
        ("a.map((item) => item.id);", "a.map(item=>item.id);"),
        ("return (item) => item;", "return(item)=>item;"),
        ("a.map((item, place) => place, () => 1, ({ id }) => id);", "a.map((item,place)=>place,()=>1,({id})=>id);"),
        ("const f = (a) => (b) => c;", "let f=a=>b=>c;"),
    ],
)
def test_declarations_are_joined_and_single_parameters_lose_their_brackets(script: str, compact: str) -> None:
    assert compact_script(script) == compact + "\n"


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_text_template_and_pattern_of_the_page_is_copied_sign_by_sign(name: str) -> None:
    def literals(script: str) -> list[str]:
        return [piece for kind, piece in pieces(script) if kind == "code" and len(piece) > 1 and piece[0] in "\"'`/"]

    source = asset(name)
    assert literals(compact_script(source)) == literals(source)


def test_a_compact_script_does_what_the_script_does() -> None:
    script = """
      // Everything that is hard to tell apart.
      const words = ["a / b", 'c // d', `e ${ ["f /* g */"].map((x) => `${x} !`).join(" ") } h`];
      const half = words.length / 2 / 1;
      const found = "x/y  z".replace(/[/ ]+/g, "-") + (half > 1 ? /a\\/  b/.source : "");
      let n = 1;
      const later = words.map((word) => () => word.length);
      for (const sign of "ab") { const { length } = sign; const more = length; n += more; }
      n = n + +"2" - -3;
      console.log(JSON.stringify([words, half, found, n, later.map((get) => get()), typeof /x/]));
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


def test_records_with_the_same_keys_become_a_table_and_others_stay() -> None:
    records = [{"id": "a", "when": [{"x": 1}, {"x": 2}]}, {"id": "b", "when": []}]
    assert compact_data(
        {"rules": records, "one": [{"id": "a"}], "mixed": [{"a": 1}, {"b": 2}], "words": ["a", "b"]}
    ) == {
        "rules": {"of": ["id", "when"], "rows": [["a", {"of": ["x"], "rows": [[1], [2]]}], ["b", []]]},
        "one": [{"id": "a"}],
        "mixed": [{"a": 1}, {"b": 2}],
        "words": ["a", "b"],
    }
