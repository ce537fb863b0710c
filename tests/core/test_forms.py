"""Controls and forms of the portal's own."""

from __future__ import annotations

from django import forms

from efc_portal.core.forms import choices_set, fields_shared


@fields_shared("side")
class RowForm(forms.Form):
    colour = forms.ChoiceField(choices=[("r", "Red"), ("g", "Green")])
    side = forms.ChoiceField(choices=[])


def test_forms_share_their_fields_except_those_they_change() -> None:
    one, other = RowForm({"colour": "r", "side": "left"}), RowForm({"colour": "b", "side": "left"})
    choices_set(one, "side", [("left", "Left")])
    assert one.fields["colour"] is other.fields["colour"]
    assert one.is_valid()
    assert set(other.errors) == {"colour", "side"}
    assert list(one.fields) == list(other.fields) == ["colour", "side"]


def test_a_field_added_to_one_form_is_not_in_another() -> None:
    one = RowForm()
    one.fields["extra"] = forms.CharField()
    assert "extra" not in RowForm().fields
