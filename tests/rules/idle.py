"""A gate that is valid and never counts, so that a proof of the rules has something to find."""

IDLE = """\
id: idle
title: Never counts
when: {answer: openness.stage, is: agenda}
effect: {holds_to: co-produce}
because: It shows a finding.
source: {document: practice, passage: Idle, reference: None}
since: "1.0"
cases:
  - {name: agenda, answers: {openness.stage: agenda}, outcome: holds}
  - {name: made, answers: {openness.stage: made}, outcome: fails}
  - {name: not stated, answers: {}, outcome: unknown}
"""
