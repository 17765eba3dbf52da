"""Frameworks as REFI-QDA codebooks: valid, read back as the same, hostile ones refused."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from reviewer.documents.outside.codebooks import codebook as believed
from reviewer.errors import FrameworkError, InputError
from reviewer.intake import frameworks
from reviewer.intake.frameworks import framework_bytes, read_framework
from reviewer.method.codebook import SET, codebook_bytes, framework_of
from reviewer.method.files import STANDARDS, standard
from reviewer.records.codebook import MOST_BYTES, MOST_CODES
from tests.reviewer.documents.codebooks import in_here
from tests.reviewer.method.test_framework_files import files

# What REFI-QDA 1.0 says of a codebook, in our words: what stands where, and in which order.
GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:QDA-XML:codebook:1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="CodeBook"><optional><attribute name="origin" ns=""/></optional>
  <element name="Codes"><oneOrMore><ref name="code"/></oneOrMore></element>
  <optional><element name="Sets"><oneOrMore><element name="Set">
   <ref name="guid"/><attribute name="name" ns=""/><ref name="words"/>
   <zeroOrMore><element name="MemberCode"><ref name="guid"/></element></zeroOrMore>
  </element></oneOrMore></element></optional></element></start>
 <define name="code"><element name="Code"><ref name="guid"/><attribute name="name" ns=""/>
  <attribute name="isCodable" ns=""><data type="boolean"/></attribute>
  <optional><attribute name="color" ns=""><data type="token">
   <param name="pattern">#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})</param></data></attribute></optional>
  <ref name="words"/><zeroOrMore><ref name="code"/></zeroOrMore></element></define>
 <define name="words"><optional><element name="Description"><text/></element></optional></define>
 <define name="guid"><attribute name="guid" ns=""><data type="token"><param name="pattern">
  [0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}</param></data>
 </attribute></define>
</grammar>
"""
RULES = etree.RelaxNG(etree.fromstring(re.sub(r">\s+\[0", ">[0", GRAMMAR)))
HEAD = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
TAIL = "</Codes></CodeBook>"


def code(name, *inner, guid="g", codable=True, words="", more=""):
    said = f"<Description>{words}</Description>" if words else ""
    yes = "true" if codable else "false"
    return (
        f'<Code guid="{guid}" name="{name}" isCodable="{yes}"{more}>{said}{"".join(inner)}</Code>'
    )


def book(*codes, after=""):
    return (HEAD + "".join(codes) + "</Codes>" + after + "</CodeBook>").encode()


def taken(raw, name="own.qdc"):
    return framework_of(in_here(raw), name)


@pytest.mark.parametrize("name", STANDARDS)
def test_what_comes_along_is_a_valid_codebook_and_reads_as_the_same(name, tmp_path):
    path = tmp_path / "own.QDC"
    path.write_bytes(framework_bytes(standard(name), path.name))
    tree = etree.parse(path)
    assert RULES.validate(tree), RULES.error_log
    assert read_framework(path) == (standard(name), ())
    guids = tree.xpath("//@guid")
    members = tree.xpath("//*[local-name()='MemberCode']/@guid")
    assert len(set(guids)) == len(guids) - len(members)
    assert set(members) <= set(tree.xpath("//*[local-name()='Code']/@guid"))


def test_the_rules_would_find_what_is_wrong():
    good = codebook_bytes(standard("safeguarding"), "a.qdc").decode()
    for before, after in (
        ('isCodable="true"', ""),
        ("<Description>", "<Descr>x</Descr><Description>"),
        ('guid="', 'guid="x'),
    ):
        assert not RULES.validate(etree.fromstring(good.replace(before, after, 1).encode()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_any_framework_reads_back_or_is_not_written(file):
    try:
        raw = codebook_bytes(file, "a.qdc")
    except FrameworkError as told:
        assert "Write it as TOML" in str(told)  # noqa: PT017 - the others are what is looked at
        return
    assert RULES.validate(etree.fromstring(raw)), RULES.error_log
    assert taken(raw) == (file, ())


def test_a_guid_stays_whatever_else_changes():
    held = codebook_bytes(standard("safeguarding"), "a.qdc").decode()
    assert 'guid="16ce37f8-1e20-526a-b24e-871f13f3ead8" name="PRAC-VOICE ' in held


def test_what_another_program_changed_comes_back_changed():
    raw = codebook_bytes(standard("safeguarding"), "a.qdc").decode()
    raw = raw.replace("PRAC-VOICE The person's own voice", "PRAC-VOICE Their voice")
    raw = raw.replace("Agencies did not share", "Nobody shared")
    raw = re.sub(r'<Code guid="(\S+)"', lambda hit: f'<Code guid="{{{hit[1].upper()}}}"', raw)
    raw = re.sub(r'\s*<Code [^>]*name="ORG-LAW .*?</Code>', "", raw, flags=re.DOTALL)
    raw = raw.replace(
        'name="GOV Governance" isCodable="false">',
        'name="GOV Governance" isCodable="false" color="#ff0000"><Description>D</Description>'
        + code("Money &amp; trust", guid="new", words="Of money."),
    )
    file, notes = taken(raw.encode())
    framework = file.framework
    assert framework.factors[0].name == "Their voice"
    assert next(one for one in framework.factors if one.code == "JOIN-SHARE").definition == (
        "Nobody shared, request or put together what each of them knew."
    )
    assert framework.factors[-1].code == "MONEY-TRUST"
    assert framework.factors[-1].group == "GOV"
    assert "ORG-LAW" not in framework.codes
    assert (len(framework.factors), framework.thresholds.counts) == (12, 3)
    assert notes == (
        "Groups and factors that were deleted in it: 1.",
        "New factors, their codes made from their names: MONEY-TRUST.",
        "The words of groups were left out, of: GOV Governance.",
        "Colours of codes were not taken: 1.",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda raw: raw.replace("</Codes>", code("Loose", guid="n") + "</Codes>"),
            "none of its groups: Loose",
        ),
        (
            lambda raw: raw.replace("<Codes>", "<Codes>" + code("H", guid="n", codable=False)),
            "none of its groups: H",
        ),
        (lambda raw: re.sub("id = &quot;\\S+", "id = 1", raw), "none of its groups"),
        (lambda raw: raw.replace("[thresholds]", "[thresholds"), f"“{SET}” was changed"),
        (lambda raw: raw.replace("counts = 3", "counts = 9"), "point of its scale"),
        (lambda raw: raw.replace("value = 3", "value = 1"), "own.qdc: The scale must ascend"),
        (lambda raw: raw.replace("version =", "versoin ="), "“versoin” is nothing"),
        (
            lambda raw: raw.replace("[thresholds]", "a = " + "1" * 5000 + "\n[thresholds]"),
            "400 digits",
        ),
        (lambda raw: raw.replace("[[factors]]", "[factors]", 1), "was changed"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_codebook_of_ours_that_was_broken_is_refused(change, words):
    raw = codebook_bytes(standard("safeguarding"), "a.qdc").decode()
    changed = change(raw)
    assert changed != raw
    with pytest.raises(FrameworkError, match=words):
        taken(changed.encode())


def test_codes_of_the_same_guid_are_told():
    raw = codebook_bytes(standard("safeguarding"), "a.qdc").decode()
    one = re.search(r"<Code [^>]*PRAC-ASK.*?</Code>", raw, re.DOTALL)[0]
    with pytest.raises(FrameworkError, match="same guid"):
        taken(raw.replace(one, one + one).encode())


# ---------------------------------------------------------------- of other programs


def test_a_codebook_of_another_program_gets_codes_and_our_scale():
    raw = book(
        code("Topics", codable=False, words="About."),
        code("Economy", more=' color="#ffff00"', words="Jobs or taxes."),
        code(
            "Codes",
            code("\u00c9conomie  et sant\u00e9", code("Deep", words="D"), words="a\nb"),
            code("Heading", code("Under"), codable=False),
            code("Economy"),
        ),
        code("\u6f22\u5b57"),
        after='<Sets><Set guid="s" name="Mine"><MemberCode guid="g"/></Set></Sets><Own><X/></Own>',
    )
    file, notes = taken(raw, "Health study.qdc")
    framework = file.framework
    assert (framework.id, framework.title) == ("Health study", "Health study")
    assert [(one.code, one.name) for one in framework.groups] == [
        ("TOPICS", "Topics"),
        ("CODES", "Codes without a group"),
        ("CODES-2", "Codes"),
    ]
    assert [(one.code, one.group, one.name, one.definition) for one in framework.factors] == [
        ("ECONOMY", "CODES", "Economy", "Jobs or taxes."),
        ("CODES-3", "CODES-2", "Codes", ""),
        ("ECONOMIE-ET-SANTE", "CODES-2", "\u00c9conomie et sant\u00e9", "a\nb"),
        ("DEEP", "CODES-2", "Deep", "D"),
        ("UNDER", "CODES-2", "Under", ""),
        ("ECONOMY-2", "CODES-2", "Economy", ""),
        ("CODE", "CODES", "\u6f22\u5b57", ""),
    ]
    assert framework.scale == standard("commission").framework.scale
    assert notes == (
        "A codebook has no scale and no reasons: those of “commission” stand.",
        "It has no codes as frameworks do: they were made from the names.",
        "Factors that stood deeper stand under their group: 2.",
        "Headings within groups were left out: Heading.",
        "The words of groups were left out, of: Topics.",
        "Colours of codes were not taken: 1.",
        "Sets of codes were not taken: 1.",
        "Parts that no codebook has were passed over: 2.",
    )


def test_nine_headings_are_counted_after_eight():
    inner = [code(f"H{number}", codable=False) for number in range(10)]
    _, notes = taken(book(code("Top", code("F"), *inner)))
    assert notes[2].endswith("H6, H7 (+2).")


def test_a_codebook_of_headings_alone_has_no_factor():
    with pytest.raises(FrameworkError, match="1 to 500 factors"):
        taken(book(code("Top", codable=False)))


def test_more_factors_than_a_panel_can_judge_are_refused():
    """All of one name, too: a code is made for each, and no two are the same."""
    with pytest.raises(FrameworkError, match="at most 500 factors"):
        taken(book(code("Same") * 501))
    assert len(set(taken(book(code("Same") * 500))[0].framework.codes)) == 500


# ---------------------------------------------------------------- hostile

BOMB = '<!DOCTYPE CodeBook [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "entities": (BOMB + book(code("&b;")).decode(), "instructions"),
    "a file by name": (
        '<!DOCTYPE CodeBook [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + book(code("A", words="&a;")).decode(),
        "instructions",
    ),
    "a document type": ('<!DOCTYPE CodeBook SYSTEM "x.dtd">' + book(code("A")).decode(), "instr"),
    "cut short": (book(code("A"))[:-9].decode(), "damaged"),
    "no XML": ("id = 1", "damaged"),
    "nothing": ("", "damaged"),
    "an entity that is not there": (book(code("&b;")).decode(), "damaged"),
    "2,001 codes": (book(code("A") * (MOST_CODES + 1)).decode(), "more codes or words"),
    "codes 600 deep": (HEAD + '<Code name="A" isCodable="1">' * 600, "damaged"),
    "a long name": (book(code("A" * 4_001)).decode(), "more codes or words"),
    "a long description": (book(code("A", words="x" * 5_000_000)).decode(), "more codes or words"),
    "201 sets": (
        book(code("A"), after="<Sets>" + '<Set name="s" guid="g"/>' * 201 + "</Sets>").decode(),
        "more codes or words",
    ),
    "20,001 members": (
        book(
            code("A"),
            after='<Sets><Set name="s" guid="g">' + "<MemberCode/>" * 20_001 + "</Set></Sets>",
        ).decode(),
        "more codes or words",
    ),
    "a project": ('<Project xmlns="urn:QDA-XML:project:1.0"/>', "no REFI-QDA codebook"),
    "no code": (HEAD + TAIL, "holds no code"),
    "codes where none belong": (
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">' + code("A") + "</CodeBook>",
        "holds no code",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_codebook_is_refused_by_the_worker(tmp_path, name):
    text, words = HOSTILE[name]
    path = tmp_path / "own.qdc"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError, match=words) as told:
        read_framework(path)
    assert str(told.value).startswith("own.qdc: This ")


def test_one_that_is_too_large_is_not_sent(tmp_path):
    path = tmp_path / "own.qdc"
    path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(FrameworkError, match="more codes or words"):
        read_framework(path)


def test_utf_16_is_read(tmp_path):
    path = tmp_path / "own.qdc"
    text = '<?xml version="1.0" encoding="UTF-16"?>' + book(code("T\u0177")).decode()
    path.write_bytes(text.encode("utf-16"))
    assert read_framework(path)[0].framework.factors[0].name == "T\u0177"


def test_a_folder_and_a_missing_file_are_told(tmp_path):
    (tmp_path / "own.qdc").mkdir()
    for name in ("own.qdc", "gone.qdc"):
        with pytest.raises(FrameworkError, match=f"{name} could not be read"):
            read_framework(tmp_path / name)


@pytest.mark.parametrize(
    "answer",
    [
        b"no",
        b"[]",
        b"{}",
        b'{"codes": []}',
        b'{"codes": [[0, "g", "n", true]], "sets": [], "coloured": 0, "unknown": 0}',
        b'{"codes": [[1, "g", "n", true, ""]], "sets": [], "coloured": 0, "unknown": 0}',
        b'{"codes": [[-1, "g", "n", true, ""]], "sets": [], "coloured": 0, "unknown": 0}',
        b'{"codes": [[0, "g", "n", 1, ""]], "sets": [], "coloured": 0, "unknown": 0}',
        b'{"codes": [[0, "g", 7, true, ""]], "sets": [], "coloured": 0, "unknown": 0}',
        b'{"codes": [[0, "g", "n", true, ""]], "sets": [["a"]], "coloured": 0, "unknown": 0}',
        b'{"codes": [[0, "g", "n", true, ""]], "sets": [], "coloured": true, "unknown": 0}',
    ],
)
def test_an_answer_that_no_honest_worker_gives_is_a_lie(answer):
    from reviewer.documents.outside.untrusted import Lie  # noqa: PLC0415 - beside its only use

    with pytest.raises(Lie):
        believed(answer)


# ---------------------------------------------------------------- written


def test_what_xml_cannot_hold_is_written_as_toml(tmp_path):
    path = tmp_path / "f.toml"
    text = framework_bytes(standard("safeguarding"), "f.toml").decode()
    path.write_text(text.replace("Own voice", "Own\ufffevoice"), encoding="utf-8")
    file, _ = read_framework(path)
    with pytest.raises(FrameworkError, match=r"own\.qdc was not written.*Write it as TOML"):
        framework_bytes(file, "own.qdc")
    assert framework_bytes(file, "own.toml")


def test_another_kind_of_name_is_refused():
    with pytest.raises(InputError, match=r"written as \.toml, \.qdc"):
        framework_bytes(standard("safeguarding"), "own.pdf")


def test_what_would_read_otherwise_is_not_written(monkeypatch):
    right = frameworks.codebook_bytes
    monkeypatch.setattr(
        frameworks, "codebook_bytes", lambda *given: right(*given).replace(b"own voice", b"voice")
    )
    with pytest.raises(FrameworkError, match="would not read as the framework"):
        framework_bytes(standard("safeguarding"), "own.qdc")
