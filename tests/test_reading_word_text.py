"""A paragraph is read with all its words; what is not plain text of it is told."""

from __future__ import annotations

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workbook_tools.reading.word_text import Said, Texts

W = (
    f"{nsdecls('w', 'r', 'a')} xmlns:v='urn:schemas-microsoft-com:vml' xmlns:dgm='urn:d' "
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
)
STYLES = (
    ("character", "Base", "<w:rPr><w:strike/></w:rPr>"),
    ("character", "Struck", "<w:basedOn w:val='Base'/>"),
    ("character", "Loop", "<w:basedOn w:val='Loop'/><w:rPr><w:vanish/></w:rPr>"),
    ("character", "Shown", "<w:basedOn w:val='Base'/><w:rPr><w:strike w:val='false'/></w:rPr>"),
    ("paragraph", "Secret", "<w:rPr><w:vanish/></w:rPr>"),
)
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"


def read(inside: str) -> tuple[str, list[Said]]:
    document = Document()
    for kind, name, content in STYLES:
        style = f"<w:style {W} w:type='{kind}' w:styleId='{name}'>{content}</w:style>"
        document.styles.element.append(parse_xml(style))
    scheme = f"<x {W}><a:t>слово</a:t><a:t>и &amp; два</a:t></x>".encode()
    part = Part(PackURI("/word/diagrams/data1.xml"), "application/xml", scheme, document.part.package)
    inside = inside.replace("SCHEME", document.part.relate_to(part, LINK))
    return Texts(document).read(parse_xml(f"<w:p {W}>{inside}</w:p>"))


def run(inside: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>"


T = "<w:t>слово</w:t>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("<w:t>а</w:t><w:ptab w:alignment='left'/><w:t>б</w:t>"), "а\tб"),
        (run("<w:sym w:font='Symbol' w:char='F0B1'/><w:t>5</w:t>"), "±5"),
        (run("<w:t>а</w:t><w:softHyphen/><w:lastRenderedPageBreak/><w:t>б</w:t>"), "аб"),
        (run("<w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText>") + run("<w:t>7</w:t>"), "7"),
        (run(T, "<w:vanish w:val='0'/><w:strike w:val='false'/><w:dstrike w:val='off'/>"), "слово"),
        (run(T, "<w:rStyle w:val='Shown'/>"), "слово"),
        (run(T, "<w:rStyle w:val='Unknown'/>"), "слово"),
        ("<w:pPr><w:pStyle w:val='Secret'/></w:pPr>" + run(T, "<w:vanish w:val='0'/>"), "слово"),
        (run("<w:drawing><a:blip/></w:drawing>") + run(T), "слово"),
        (run(" ", "<w:vanish/>") + run(T), "слово"),
        ("<w:smartTag><w:r><w:t>а</w:t></w:r></w:smartTag><w:ins w:id='1'><w:r><w:t>б</w:t></w:r></w:ins>", "аб"),
    ],
)
def test_plain_text_is_read_and_nothing_is_told(inside: str, text: str) -> None:
    assert read(inside) == (text, [])


def mark(kind: str) -> str:
    return run(f"<w:fldChar w:fldCharType='{kind}'/>")


BEGIN, SEPARATE, END = map(mark, ("begin", "separate", "end"))
CODE, INNER = run("<w:instrText>IF</w:instrText>"), run("<w:t>ВНУТРИ</w:t>")
IN_CODE = BEGIN + CODE + SEPARATE + INNER + END


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (BEGIN + CODE + IN_CODE + CODE + SEPARATE + run("<w:t>да</w:t>") + END, "да"),
        (BEGIN + CODE + BEGIN + IN_CODE + SEPARATE + INNER + END + SEPARATE + run("<w:t>да</w:t>") + END, "да"),
        (BEGIN + INNER + SEPARATE + run("<w:t>да</w:t>") + END + run("<w:t> и нет</w:t>"), "да и нет"),
        (BEGIN + CODE + SEPARATE + run("<w:t>до </w:t>") + IN_CODE + run("<w:t> после</w:t>") + END, "до ВНУТРИ после"),
        (run("<w:t>а</w:t>") + END + SEPARATE + run("<w:t>б</w:t>"), "аб"),
        (BEGIN + INNER + "<w:del w:id='1'>" + SEPARATE + END + "</w:del>", "ВНУТРИ"),
        (BEGIN + run("<w:tab/><w:t>х</w:t><w:drawing/>", "<w:vanish/>") + SEPARATE + run("<w:t>да</w:t>") + END, "да"),
        (
            (BEGIN + run("<w:t>х</w:t>") + SEPARATE + run("<w:t>да</w:t>") + END).replace(
                "</w:r><w:r><w:rPr></w:rPr>", ""
            ),
            "да",
        ),
    ],
    ids=["in code", "two deep", "text in code", "in a result", "no begin", "no end", "looks and signs", "one run"],
)
def test_of_a_field_the_result_is_read_and_not_its_code(inside: str, text: str) -> None:
    assert read(inside) == (text, [])


def test_text_in_a_field_without_a_result_is_told() -> None:
    assert read(run("<w:t>а</w:t>") + BEGIN + CODE + INNER + END) == (
        "а",
        [Said("текст в коде поля", "ВНУТРИ", is_read=False)],
    )


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (run(T, "<w:vanish/>"), "скрытый текст"),
        (run(T, "<w:webHidden/>"), "скрытый текст"),
        (run(T, "<w:specVanish/>"), "скрытый текст"),
        (run(T, "<w:strike/>"), "зачёркнутый текст"),
        (run(T, "<w:dstrike w:val='true'/>"), "зачёркнутый текст"),
        (run(T, "<w:rStyle w:val='Struck'/>"), "зачёркнутый текст"),
        (run(T, "<w:rStyle w:val='Loop'/>"), "скрытый текст"),
        ("<w:pPr><w:pStyle w:val='Secret'/></w:pPr>" + run(T), "скрытый текст"),
        (
            "<m:oMath><m:r><m:rPr/><m:t>сло</m:t></m:r><m:r><m:t>во</m:t></m:r></m:oMath>",
            "формула, прочитанная знак за знаком",
        ),
        (run("<w:t>сло</w:t>", "<w:vanish/>") + run("<w:t>во</w:t>", "<w:vanish/>"), "скрытый текст"),
    ],
)
def test_a_text_that_looks_otherwise_is_read_and_told(inside: str, what: str) -> None:
    assert read(inside) == ("слово", [Said(what, "слово", is_read=True)])


def test_a_text_with_two_looks_is_told_of_both() -> None:
    told = [Said(what, "слово", is_read=True) for what in ("зачёркнутый текст", "скрытый текст")]
    assert read(run(T, "<w:vanish/><w:strike/><w:dstrike/>")) == ("слово", told)


def drawn(inside: str) -> str:
    return run(f"<w:drawing>{inside}</w:drawing>")


@pytest.mark.parametrize(
    ("inside", "what", "shown"),
    [
        (run("<w:sym w:font='Wingdings 3' w:char='F041'/>"), "знак особого шрифта", "Wingdings 3, код F041"),
        (drawn("<a:p><a:t>слово</a:t></a:p><a:t>два</a:t>"), "надпись или рисунок", "слово два"),
        (drawn("<dgm:relIds r:dm='SCHEME'/>"), "надпись или рисунок", "слово и & два"),
        (run("<w:pict><v:textpath string='слово'/></w:pict>"), "надпись или рисунок", "слово"),
        (run("<w:pict><v:textbox><div>слово</div></v:textbox></w:pict>"), "надпись или рисунок", "слово"),
        (run("<w:object><v:shape/></w:object>"), "вложенный объект", "…"),
        ("<w:subDoc r:id='x'/>", "вставленный целиком документ", "…"),
        (run("<w:dayLong/>"), "дата или номер, которые подставляет сам Word", "…"),
        (run("<w:ruby><w:rt><w:r><w:t>над</w:t></w:r></w:rt></w:ruby>"), "подпись над словом", "над"),
    ],
)
def test_what_is_not_read_is_told(inside: str, what: str, shown: str) -> None:
    text, said = read(run("<w:t>а</w:t>") + inside + run("<w:t>б</w:t>"))
    assert (text, said) == ("аб", [Said(what, shown, is_read=False)])


def test_of_words_with_others_above_them_the_words_are_read() -> None:
    above = "<w:rt><w:r><w:t>над</w:t></w:r></w:rt>"
    text, _ = read(run(f"<w:ruby>{above}<w:rubyBase><w:r><w:t>слово</w:t></w:r></w:rubyBase></w:ruby>"))
    assert text == "слово"


def field(inside: str) -> str:
    return run(f"<w:fldChar w:fldCharType='begin'><w:ffData>{inside}</w:ffData></w:fldChar>")


LISTED = "<w:listEntry w:val='офлайн'/><w:listEntry w:val='цифровая'/>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<w:ddList>{LISTED}</w:ddList>", "офлайн"),
        (f"<w:ddList><w:default w:val='1'/>{LISTED}</w:ddList>", "цифровая"),
        (f"<w:ddList><w:result w:val='1'/><w:default w:val='0'/>{LISTED}</w:ddList>", "цифровая"),
        (f"<w:ddList><w:result w:val='9'/>{LISTED}</w:ddList>", ""),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:checked/><w:default w:val='0'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:checkBox/>", "☐"),
        ("<w:textInput/>", ""),
    ],
)
def test_a_field_of_a_form_says_what_it_shows(inside: str, text: str) -> None:
    assert read(field(inside)) == (text, [])
