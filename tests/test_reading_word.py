"""A Word document is read as it looks: tables, merged areas, the title above; a damaged one is refused."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from workbook_tools.errors import InputError
from workbook_tools.grids import Aside, Book, Span
from workbook_tools.reading.word import read_document

SAMPLE = Path(__file__).parent.parent / "samples" / "annex-2024-03-19.docx"


def test_the_sample_is_read_with_its_title_and_its_merges() -> None:
    book = read_document(SAMPLE, "приложение.docx")
    (table,) = book.grids
    assert book.file == "приложение.docx"
    assert book.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert book.before[0] == "Приложение 1"
    assert book.before[1].startswith("Перечень точек взаимодействия Министерства цифрового развития")
    assert (table.name, len(table.rows), {len(row) for row in table.rows}) == ("таблица 1", 17, {6})
    assert table.text(3, 3) == "Здание Министерства"
    assert table.text(4, 3) == ""
    assert Span(3, 3, 4, 3) in table.merged


def test_tables_are_named_in_order_and_only_text_above_the_first_counts(tmp_path: Path) -> None:
    document = Document()
    for text in ("Заголовок", " ", "между"):
        document.add_paragraph(text)
        if text != "Заголовок":
            document.add_table(1, 1).cell(0, 0).text = text
    document.save(str(tmp_path / "a.docx"))
    book = read_document(tmp_path / "a.docx", "a.docx")
    assert book.before == ("Заголовок",)
    assert [(grid.name, grid.rows) for grid in book.grids] == [
        ("таблица 1", ((" ",),)),
        ("строки под таблицей 1", (("между",),)),
        ("таблица 2", (("между",),)),
    ]


def test_a_document_without_tables_has_only_lines(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Одна строка")
    document.save(str(tmp_path / "a.docx"))
    book = read_document(tmp_path / "a.docx", "a.docx")
    assert (book.before, book.grids) == (("Одна строка",), ())


def test_a_merged_area_holds_its_text_in_the_first_cell(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "четыре\nклетки"
    table.cell(2, 2).text = "угол"
    document.save(str(tmp_path / "a.docx"))
    (grid,) = read_document(tmp_path / "a.docx", "a.docx").grids
    assert grid.rows == (("четыре\nклетки", "", ""), ("", "", ""), ("", "", "угол"))
    assert grid.merged == (Span(0, 0, 1, 1),)


def test_inserted_text_is_read_and_moved_text_only_once(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    parts = (
        run.format("было"),
        f"<w:ins w:id='1' w:author='a'>{run.format(' и стало')}</w:ins>",
        f"<w:moveFrom w:id='2' w:author='a'>{run.format(' унесено')}</w:moveFrom>",
        "<w:del w:id='3' w:author='a'><w:r><w:delText> стёрто</w:delText></w:r></w:del>",
        "<w:r><w:br/><w:t>ниже</w:t><w:noBreakHyphen/><w:tab/></w:r>",
    )
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell._tc.append(parse_xml(f"<w:p {nsdecls('w')}>{''.join(parts)}</w:p>"))  # noqa: SLF001 - no other way to revisions
    document.save(str(tmp_path / "a.docx"))
    (grid,) = read_document(tmp_path / "a.docx", "a.docx").grids
    assert grid.text(0, 0) == "было и стало\nниже-\t"


W = (
    f"{nsdecls('w', 'r')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
    "xmlns:v='urn:schemas-microsoft-com:vml'"
)


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else f"<w:p>{run(content)}</w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def line(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(item if item.startswith('<w:') else cell(item) for item in cells)}</w:tr>"


def table(*lines: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(lines)}</w:tbl>"


def controlled(content: str) -> str:
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def read_body(folder: Path, *parts: str) -> Book:
    document = Document()
    for part in parts:
        start, rest = part.split(">", 1)
        closing = "/" if start.endswith("/") else ""
        document.element.body.insert(-1, parse_xml(f"{start.rstrip('/')} {W}{closing}>{rest}"))
    document.save(str(folder / "a.docx"))
    return read_document(folder / "a.docx", "a.docx")


@pytest.mark.parametrize(
    "body",
    [
        table(line("a", "б"), line("в", "г")),
        controlled(table(line("a", "б"), line("в", "г"))),
        table(line("a", "б"), controlled(controlled(line("в", "г")))),
        table(line("a", controlled(cell("б"))), line("в", "г")),
        f"<w:p><w:r><w:txbxContent>{table(line('a', 'б'), line('в', 'г'))}<w:p/></w:txbxContent></w:r></w:p>",
    ],
)
def test_a_table_is_found_wherever_controls_and_boxes_put_it(tmp_path: Path, body: str) -> None:
    assert [grid.rows for grid in read_body(tmp_path, body).grids] == [(("a", "б"), ("в", "г"))]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('в рамке')}</w:p></w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='v'><w:pict>{box}</w:pict></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    book = read_body(
        tmp_path, f"<w:p>{run('строка')}{twice}</w:p>", table(line(cell(f"<w:p>{run('ячейка')}{twice}</w:p>")))
    )
    assert book.before == ("строка", "в рамке")
    assert book.grids[0].rows == (("ячейка\nв рамке",),)


def test_a_text_box_in_a_cell_is_told(tmp_path: Path) -> None:
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent><w:p>{run('в рамке')}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )
    grid = read_body(tmp_path, table(line("а", cell(f"<w:p>{run('б')}{box}</w:p>")))).grids[0]
    assert grid.rows == (("а", "б\nв рамке"),)
    assert grid.asides == (Aside(0, 1, "надпись в рамке", "в рамке", is_read=True),)


def test_a_deleted_text_box_is_not_read(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('нет')}</w:p></w:txbxContent></w:pict></w:r>"
    gone = f"<w:del w:id='1' w:author='a'>{box}</w:del>"
    assert read_body(tmp_path, table(line(cell(f"<w:p>{run('б')}{gone}</w:p>")))).grids[0].rows == (("б",),)


HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайное</w:t></w:r>"


def test_what_is_no_plain_text_is_told_where_it_stands(tmp_path: Path) -> None:
    hidden = f"<w:p>{HIDDEN}</w:p>"
    book = read_body(tmp_path, hidden, table(line("а"), line(cell(hidden))), hidden, f"<w:p>{run('ниже')}</w:p>")
    said = ("скрытый текст", "тайное", True)
    assert (book.before, book.grids[0].rows, book.grids[1].rows) == (("тайное",), (), (("а",), ("тайное",)))
    assert [(grid.name, grid.asides) for grid in book.grids] == [
        ("строки над таблицей", (Aside(0, 0, *said),)),
        ("таблица 1", (Aside(1, 0, *said),)),
        ("строки под таблицей 1", (Aside(0, 0, *said),)),
    ]


def test_a_hidden_row_is_read_and_told(tmp_path: Path) -> None:
    shown = "<w:trPr><w:hidden w:val='0'/></w:trPr>"
    rows = line("а", "б", properties="<w:trPr><w:hidden/></w:trPr>"), line("в", properties=shown)
    grid = read_body(tmp_path, table(*rows)).grids[0]
    assert grid.rows == (("а", "б"), ("в", ""))
    assert grid.asides == (Aside(0, 0, "скрытая строка", "а б", is_read=True),)


def test_a_document_put_in_whole_is_told_with_its_words(tmp_path: Path) -> None:
    document = Document()
    html = b"<html><head>x</head><body><p>\xd0\xb0 &amp; <b>\xd0\xb1</b></p></body></html>"
    for number, blob in enumerate((html, b"PK\x03\x04")):
        part = Part(PackURI(f"/word/chunk{number}.htm"), "text/html", blob, document.part.package)
        relation = document.part.relate_to(
            part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
        )
        document.element.body.insert(-1, parse_xml(f"<w:altChunk {W} r:id='{relation}'/>"))
    lost = parse_xml(f"<w:altChunk {W} r:id='none'/>")
    document.add_table(1, 1).cell(0, 0)._tc.append(lost)  # noqa: SLF001 - the library has no other way to it
    document.save(str(tmp_path / "a.docx"))
    above, inside = read_document(tmp_path / "a.docx", "a.docx").grids
    what = "вставленный целиком документ"
    assert above.asides == (Aside(None, None, what, "а & б"), Aside(None, None, what, "chunk1.htm"))
    assert inside.asides == (Aside(0, 0, what, "…"),)


@pytest.mark.parametrize(
    ("branches", "text", "said"),
    [
        (f"<mc:Choice Requires='v'>{run('а')}</mc:Choice><mc:Fallback>{run('а')}</mc:Fallback>", "а", []),
        (f"<mc:Choice Requires='v'/><mc:Fallback>{run('а')}</mc:Fallback>", "а", []),
        (f"<mc:Choice Requires='v'>{run('а')}</mc:Choice>", "а", []),
        (f"<mc:Choice Requires='v'>{run('а')}</mc:Choice><mc:Fallback>{run('б')}</mc:Fallback>", "а", ["б"]),
        ("<mc:Choice Requires='v'/><mc:Fallback/>", "", []),
        ("", "", []),
    ],
)
def test_of_alternative_contents_the_first_that_says_anything_is_read(
    tmp_path: Path, branches: str, text: str, said: list[str]
) -> None:
    both = f"<mc:AlternateContent>{branches}</mc:AlternateContent>"
    grid = read_body(tmp_path, table(line(cell(f"<w:p>{run('-')}{both}{run('-')}</w:p>")))).grids[0]
    assert grid.rows == ((f"-{text}-",),)
    assert [(item.what, item.shown) for item in grid.asides] == [("другой вид того же текста", words) for words in said]


def test_alternative_content_outside_paragraphs_and_in_another_is_settled_too(tmp_path: Path) -> None:
    inner = "<mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>а</w:t></mc:Fallback></mc:AlternateContent>"
    outer = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    whole = outer.format(f"<w:p><w:r>{inner}</w:r></w:p>", f"<w:p>{run('б')}</w:p>")
    book = read_body(tmp_path, outer.format(table(line(cell(whole))), f"<w:p>{run('а б в')}</w:p>"))
    inside, below = book.grids
    assert inside.rows == (("а",),)
    assert inside.asides == (Aside(0, 0, "другой вид того же текста", "б"),)
    assert below.asides == (Aside(None, None, "другой вид того же текста", "а б в"),)


def test_a_row_that_stands_otherwise_for_other_programs_is_told(tmp_path: Path) -> None:
    both = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    grid = read_body(tmp_path, table(line("а"), both.format(line("б"), line("в")))).grids[0]
    assert grid.rows == (("а",), ("б",))
    assert grid.asides == (Aside(None, None, "другой вид того же текста", "в"),)


def test_links_fields_and_controls_are_read_and_marks_of_notes_are_not(tmp_path: Path) -> None:
    parts = (
        f"<w:hyperlink r:id='rId1'>{run('https://a.ru')}</w:hyperlink>",
        f"<w:fldSimple w:instr='PAGE'>{run(' поле')}</w:fldSimple>",
        controlled(run(" выбор")),
        "<w:r><w:footnoteReference w:id='1'/></w:r>",
    )
    book = read_body(tmp_path, table(line(cell(f"<w:p>{''.join(parts)}</w:p>"))))
    assert book.grids[0].rows == (("https://a.ru поле выбор",),)


def test_rows_may_begin_late_and_end_early(tmp_path: Path) -> None:
    late = line("в", properties="<w:trPr><w:gridBefore w:val='1'/></w:trPr>")
    early = line("г", properties="<w:trPr><w:gridAfter w:val='1'/></w:trPr>")
    assert read_body(tmp_path, table(line("a", "б"), late, early)).grids[0].rows == (("a", "б"), ("", "в"), ("г", ""))


def test_a_continuation_of_nothing_keeps_its_text(tmp_path: Path) -> None:
    merge, restart = "<w:vMerge/>", "<w:vMerge w:val='restart'/>"
    book = read_body(
        tmp_path, table(line("a"), line(cell("б", merge)), line(cell("в", restart)), line(cell("", merge)))
    )
    assert book.grids[0].rows == (("a",), ("б",), ("в",), ("",))
    assert book.grids[0].merged == (Span(2, 0, 3, 0),)


def test_a_table_in_a_cell_is_text_of_the_cell_and_a_table_too(tmp_path: Path) -> None:
    inner = f"{table(line('внутри', 'ещё'))}<w:p/>"
    book = read_body(tmp_path, table(line(cell(f"<w:p>{run('сверху')}</w:p>{inner}"), "б")))
    assert [(grid.name, grid.rows) for grid in book.grids] == [
        ("таблица 1", (("сверху\nвнутри\nещё", "б"),)),
        ("таблица 1, вложенная таблица 1", (("внутри", "ещё"),)),
    ]


def test_footnotes_are_read(tmp_path: Path) -> None:
    read_body(tmp_path, table(line("a")))
    notes = f"<w:footnotes {W}><w:footnote w:id='1'><w:p>{run('сноска')}</w:p></w:footnote></w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "a.docx") as source, zipfile.ZipFile(tmp_path / "b.docx", "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", link.encode())
            target.writestr(name, part)
        target.writestr("word/footnotes.xml", notes)
    book = read_document(tmp_path / "b.docx", "b.docx")
    assert [(grid.name, grid.rows) for grid in book.grids[1:]] == [("сноски", (("сноска",),))]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "файл пуст"),
        (b"PK\x03\x04 cut off", "файл повреждён"),
        (SAMPLE.read_bytes()[:20_000], "файл повреждён"),
        (b"plain text", "это не документ Word"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(InputError, match=sentence):
        read_document(tmp_path / "a.docx", "a.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_document_with_a_broken_part_is_refused(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(tmp_path / "a.docx", "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<broken" if name == part else source.read(name))
    with pytest.raises(InputError, match="документ повреждён и не читается"):
        read_document(tmp_path / "a.docx", "a.docx")


def test_a_workbook_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="это не документ Word"):
        read_document(SAMPLE.with_suffix(".xlsx"), "a.xlsx")
    with pytest.raises(InputError, match="файл не найден"):
        read_document(tmp_path / "нет.docx", "нет.docx")


def test_a_table_wider_than_any_form_is_refused(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell._tc.grid_span = 100_000  # noqa: SLF001 - the library has no other way to make one
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(InputError, match="документ повреждён и не читается"):
        read_document(tmp_path / "a.docx", "a.docx")


@pytest.mark.parametrize("span", [0, -1, 1])
def test_a_cell_that_claims_no_column_hides_no_other(tmp_path: Path, span: int) -> None:
    odd = cell("первая", f"<w:gridSpan w:val='{span}'/>")
    before = f"<w:trPr><w:gridBefore w:val='{min(span, 0)}'/></w:trPr>"
    book = read_body(tmp_path, table(line(odd, "вторая", "третья", properties=before), line("а", "б", "в")))
    assert book.grids[0].rows == (("первая", "вторая", "третья"), ("а", "б", "в"))


def test_a_comment_inside_a_text_is_no_end_of_it(tmp_path: Path) -> None:
    book = read_body(tmp_path, table(line(cell("<w:p><w:r><w:t>на<!-- c -->чало</w:t></w:r></w:p>"))))
    assert book.grids[0].rows == (("начало",),)


MATHS = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>без</w:t></w:r><w:r><w:t> абзаца</w:t></w:r>", "без абзаца"),
        ("<w:p><w:r><w:t>с ним</w:t></w:r></w:p><w:r><w:t>и без</w:t></w:r><w:p/>", "с ним\nи без"),
        ("<w:ins w:id='1'><w:r><w:t>вставка</w:t></w:r></w:ins>", "вставка"),
        ("<w:del w:id='1'><w:r><w:delText>вычеркнуто</w:delText></w:r></w:del>", ""),
        ("<w:t>слово</w:t>", "слово"),
        ("<w:sdt><w:sdtContent><w:r><w:t>в поле</w:t></w:r></w:sdtContent></w:sdt>", "в поле"),
        (f"<m:oMathPara {MATHS}><m:oMath><m:r><m:t>х</m:t></m:r></m:oMath></m:oMathPara>", "х"),
    ],
)
def test_text_straight_in_a_cell_is_read(tmp_path: Path, inside: str, text: str) -> None:
    document = Document()
    document.add_table(1, 1)
    (cell,) = document.element.body.iter(qn("w:tc"))
    cell.clear_content()
    for part in parse_xml(f"<w:tc {nsdecls('w')}>{inside}</w:tc>"):
        cell.append(part)
    document.save(str(tmp_path / "a.docx"))
    (grid,) = read_document(tmp_path / "a.docx", "a.docx").grids
    assert grid.rows == ((text,),)


def test_text_straight_in_the_document_is_read(tmp_path: Path) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:r {nsdecls('w')}><w:t>строка</w:t></w:r>"))
    document.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx", "a.docx").before == ("строка",)
