"""The words of «Сводка» and the journal that lean on the body's own act."""

from __future__ import annotations

from workbook_tools.profile.models import Part


class Texts(Part):
    """Sentences of the outputs that name the act or a place in it; what is left out names none.

    `two_kinds` knows the words `touchpoint` and `count`.
    """

    actualise: str = "Изменений, при которых Перечень подлежит актуализации"
    sign: str = "Подписать акт о внесении изменений; изменений, которые его требуют"
    amend_list: str = "Дополнить справочник точек Порядка или отклонить точки, которых в нём нет"
    two_kinds: str = (
        "Решить, какая это точка – «{touchpoint}»: Порядок называет её и цифровой, и офлайн-точкой "
        "(записей с иным видом, чем в справочнике: {count})."
    )
    of_cases: str = "из них по случаям Порядка"
    need_act: str = "из них требуют внесения изменений"
    cases: str = "Изменения, при которых Перечень подлежит актуализации"
    case: str = "Случай Порядка"
    defects: str = "Вопросы к тексту Порядка и Перечня. Подразделениям не направляются."
