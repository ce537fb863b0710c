"""The one form pattern: label, hint, error and control belong together for every kind of field."""

from __future__ import annotations

import re

from django import forms
from django.template.loader import render_to_string

from efc_portal.core.forms import CheckboxesWithHints, RadioSelectWithHints


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="One line.", error_messages={"required": "Give it a title."})
    story = forms.CharField(label="Story", max_length=4000, required=False, widget=forms.Textarea)
    tlp = forms.ChoiceField(
        label="Who may know",
        choices=[("RED", "TLP:RED"), ("AMBER", "TLP:AMBER")],
        widget=RadioSelectWithHints(hints={"RED": "Named people only."}),
        error_messages={"required": "Choose who may know."},
    )
    flags = forms.MultipleChoiceField(
        label="Flags", required=False, choices=[("1", "Round amounts")], widget=CheckboxesWithHints(hints={})
    )
    danger = forms.BooleanField(label="A child may be in danger", required=False, help_text="Call the police.")
    day = forms.DateField(label="Day", required=False, widget=forms.SelectDateWidget)
    file = forms.FileField(label="File", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("title") == "bad":
            raise forms.ValidationError("The whole does not fit.")


def test_hint_and_error_describe_the_control() -> None:
    html = str(Sample({}))
    control = re.search(r'<input type="text" name="title"[^>]*>', html)
    assert control
    assert 'aria-describedby="id_title_helptext id_title_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_title_helptext">One line.' in html
    assert re.search(r'id="id_title_error">\s*<p class="govuk-error-message">.*Give it a title\.', html, re.DOTALL)


def test_optional_is_said_in_words() -> None:
    html = str(Sample())
    assert re.search(r'Story\s*<span class="optional">\(optional\)</span>\s*</label>', html)
    assert not re.search(r'Title\s*<span class="optional"', html)


def test_choices_stand_in_a_fieldset_with_their_hints() -> None:
    html = str(Sample({}))
    assert re.search(r'<fieldset[^>]*aria-describedby="id_tlp_error">\s*<legend[^>]*>Who may know', html)
    assert re.search(r'<input type="radio"[^>]*aria-describedby="id_tlp_0_hint"', html)
    assert 'id="id_tlp_0_hint">Named people only.' in html
    assert "id_tlp_1_hint" not in html


def test_single_box_has_its_label_beside_it() -> None:
    assert re.search(
        r'<input type="checkbox" name="danger"[^>]*>\s*<label [^>]*for="id_danger">A child may be in danger</label>',
        str(Sample()),
    )


def test_textarea_says_how_much_fits_even_without_a_script() -> None:
    html = str(Sample())
    assert 'data-count-for="id_story" data-max="4000"' in html
    assert "characters</p>" in html


def test_each_part_of_a_date_is_named() -> None:
    html = str(Sample())
    for part in ("day", "month", "year"):
        assert re.search(rf'<label [^>]*for="id_day_{part}">', html)


def test_every_visible_control_has_a_name() -> None:
    html = str(Sample())
    ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', html)
    assert len(ids) == 10
    assert [id_ for id_ in ids if f'for="{id_}"' not in html] == []


def test_error_summary_leads_to_each_control() -> None:
    html = render_to_string("components/error_summary.html", {"form": Sample({})})
    assert '<a href="#id_title">Title: Give it a title.</a>' in html
    assert '<a href="#id_tlp_0">Who may know: Choose who may know.</a>' in html
    assert "data-error-summary" in html


def test_error_summary_of_rows_counts_them() -> None:
    rows = forms.formset_factory(Sample)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-title": "x",
            "form-0-tlp": "RED",
            "form-1-story": "y",
        }
    )
    html = render_to_string("components/error_summary.html", {"formset": rows, "row_label": "Identifier"})
    assert '<a href="#id_form-1-title">Identifier 2: Give it a title.</a>' in html
    assert "Identifier 1" not in html


def test_errors_of_the_whole_form_are_seen() -> None:
    form = Sample({"title": "bad", "tlp": "RED"})
    assert "The whole does not fit." in str(form)
    assert "<li>The whole does not fit.</li>" in render_to_string("components/error_summary.html", {"form": form})


def test_no_summary_without_errors() -> None:
    assert render_to_string("components/error_summary.html", {"form": Sample()}).strip() == ""
