"""``spectrum rules list``, ``show``, ``test`` and ``verify``."""

from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import ForceOption, ListFormat, RulesOption, SeedOnlyOption, rule_base_name

app = typer.Typer(help="Look at the rule base, test it and prove it.", no_args_is_help=True, rich_markup_mode=None)

_FormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")]


@app.command("list")
def list_rules(
    format: _FormatOption = ListFormat.text, rules: RulesOption = "", seed_only: SeedOnlyOption = False
) -> None:
    """List every criterion, gate, floor, note and prerequisite with its layer.

    Example: spectrum rules list --seed-only
    """
    from spectrum_cli.cli.output import new_page, show_page, write_json_line
    from spectrum_cli.render.rule_list import render_rule_list, rule_list_json
    from spectrum_cli.workflows.rules import get_rule_base

    base = get_rule_base(rule_base_name(rules, seed_only))
    if format is ListFormat.json:
        write_json_line(rule_list_json(base))
        return
    page = new_page()
    render_rule_list(base, page)
    show_page(page)


@app.command("show")
def show_rule(
    rule: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule, as 'rules list' shows it.")],
    format: _FormatOption = ListFormat.text,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Show one rule whole: condition, effect, reason, source and its own cases.

    Example: spectrum rules show one-proposal
    """
    from spectrum_cli.cli.explain import explain

    explain(rule, format, rules, seed_only)


@app.command("test")
def run_rule_cases(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILES]...", help="Test files, or folders of them, to run as well.")
    ] = None,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Run the cases inside the rules, and tests in files, and say what they cover. Exit status 1 if one fails.

    Example: spectrum rules test --rules my-rules tests/
    """
    from spectrum_cli.cli.output import new_page, show_diagnostics, show_page
    from spectrum_cli.render.rule_list import render_case_report, render_test_report
    from spectrum_cli.workflows.rule_tests import BadRuleTests, run_rule_tests
    from spectrum_cli.workflows.rules import run_cases

    name = rule_base_name(rules, seed_only)
    try:
        tests = run_rule_tests(files, name) if files else None
    except BadRuleTests as error:
        show_diagnostics(error.diagnostics)
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    report = run_cases(name)
    page = new_page()
    render_case_report(report, page)
    if tests is not None:
        page.blank()
        render_test_report(tests, page)
    show_page(page)
    if report.failures or (tests is not None and tests.differences):
        raise typer.Exit(exits.FINDINGS)


@app.command("verify")
def verify_rules(
    format: _FormatOption = ListFormat.text,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
    witnesses: Annotated[
        str,
        typer.Option("--witnesses", metavar="DIR", help="Write a decision file for each thing shown to this folder."),
    ] = "",
    force: ForceOption = False,
) -> None:
    """Prove that a rule base is sound, over every decision file that there can be. Exit status 1 if it is not.

    Example: spectrum rules verify --rules my-rules
    """
    from spectrum_cli.cli.output import new_page, show_page, write_json_line, write_out
    from spectrum_cli.render.diagnostics import render_diagnostic
    from spectrum_cli.render.verification import render_verification, verification_json
    from spectrum_cli.workflows.verify import verify, write_witnesses

    found = verify(rule_base_name(rules, seed_only))
    if witnesses:
        write_witnesses(found, witnesses, force=force)
    if format is ListFormat.json:
        write_json_line(verification_json(found))
    else:
        write_out("".join(render_diagnostic(item) + "\n" for item in found.diagnostics))
        page = new_page()
        render_verification(found, page)
        show_page(page)
    if found.diagnostics:
        raise typer.Exit(exits.FINDINGS)
