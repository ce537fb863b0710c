"""The one rule of who sees which referral."""

from __future__ import annotations

from django.db import models

from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of
from efc_portal.referrals.enums import ReferralStatus as S

AGENCY_SEES = (S.DELIVERED, S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED, S.CONCLUDED)


class ReferralQuerySet(models.QuerySet):  # of Referral, which imports this module
    def visible_to(self, user: object) -> ReferralQuerySet:
        """The secretariat's officers and managers see every referral; an agency those delivered to it."""
        access = access_of(user)
        if access.may(Permission.REFERRAL_DRAFT) or access.may(Permission.REFERRAL_APPROVE):
            return self.all()
        if access.may(Permission.REFERRAL_RECEIVE):
            return self.filter(agency_id=access.organisation_id, status__in=AGENCY_SEES)
        return self.none()
