// The sentences that resources of FHIR and cards of CDS Hooks need, beside those of reports.
#pragma once

#include <array>
#include <string_view>

namespace magnesia::words {

inline constexpr std::array<std::string_view, 29> adapter_texts{"fhir.person",
                                                                "fhir.possible",
                                                                "fhir.basis.salt",
                                                                "fhir.basis.elemental",
                                                                "cds.title",
                                                                "cds.description.patient-view",
                                                                "cds.description.order-select",
                                                                "cds.description.order-sign",
                                                                "cds.usage",
                                                                "cds.source",
                                                                "cds.magnesium",
                                                                "cds.perhaps",
                                                                "cds.basis",
                                                                "cds.measured",
                                                                "cds.not-used",
                                                                "cds.more",
                                                                "cds.missing",
                                                                "cds.unread",
                                                                "cds.precondition",
                                                                "cds.suggest.times",
                                                                "cds.suggest.dose",
                                                                "cds.suggest.remove",
                                                                "cds.override.mitigate-risk-negative-outcome",
                                                                "cds.override.action-performed-no-adverse-effect",
                                                                "cds.override.action-completed",
                                                                "cds.override.risk-benefit-ratio",
                                                                "cds.override.expert-contradicts",
                                                                "cds.override.cds-not-applicable",
                                                                "cds.override.patient-refuses"};

}  // namespace magnesia::words
