//! The catalogue of measures: what each id means, in words.

/// A measure: its id and what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The dotted id, stable across releases.
    pub id: &'static str,
    /// A short title.
    pub title: &'static str,
    /// The definition, in sentences that a councillor can read.
    pub definition: &'static str,
    /// The tables and columns it is computed from.
    pub source: &'static str,
}

/// Every measure, in the order of the report.
pub const MEASURES: &[Measure] = &[
    Measure {
        id: "reach.children",
        title: "Children reached",
        definition: "Children with a Practice Summary in the study, whatever became of the work.",
        source: "children",
    },
    Measure {
        id: "reach.meets_criteria",
        title: "Children who met the trial criteria",
        definition: "Children under 16, in care under three years in England or Wales and under five in Scotland, with no plan to return home or for adoption, all at referral. The share is of children whose every test could be decided.",
        source: "children: date_of_birth or age_at_referral, care_start, country, plan_to_return_home, plan_for_adoption, referral_date",
    },
    Measure {
        id: "reach.criteria_failed",
        title: "Children who failed a test of the trial criteria",
        definition: "For each test, the children who failed it. A child may fail several. `not_decided` counts children of whom a test could not be decided and who failed none.",
        source: "children",
    },
    Measure {
        id: "reach.flow",
        title: "Children at each step",
        definition: "Children referred, started, with a conference held, with a plan made, with the plan reviewed, and followed up for the number of days that the study sets. A child counts at a step only when it counts at every step before.",
        source: "children: referral_date, start_date, conference_date, plan_date, review_date",
    },
    Measure {
        id: "reach.flow_loss",
        title: "Why fewer children are at a step",
        definition: "For each step after the first, the children lost since the step before, by reason: the recorded end, or not yet.",
        source: "children: dates, end_date, end_reason",
    },
    Measure {
        id: "reach.age",
        title: "Age at referral",
        definition: "Children by age in years on the day of referral, computed from the date of birth, or as recorded where there is none.",
        source: "children: date_of_birth, age_at_referral, referral_date",
    },
    Measure {
        id: "reach.time_in_care",
        title: "Time in care at referral",
        definition: "Children by completed years between coming into care and referral.",
        source: "children: care_start, referral_date",
    },
    Measure {
        id: "reach.home",
        title: "Home at referral",
        definition: "Children by the kind of place where they lived.",
        source: "children: placement_type",
    },
    Measure {
        id: "reach.sex",
        title: "Sex",
        definition: "Children by sex as recorded.",
        source: "children: sex",
    },
    Measure {
        id: "reach.ethnicity",
        title: "Ethnic group",
        definition: "Children by broad ethnic group.",
        source: "children: ethnicity",
    },
    Measure {
        id: "reach.referrals",
        title: "Referrals",
        definition: "Referrals in the quarterly returns.",
        source: "monitoring: referrals",
    },
    Measure {
        id: "reach.starts",
        title: "Starts",
        definition: "Children with whom work started, in the quarterly returns.",
        source: "monitoring: starts",
    },
    Measure {
        id: "reach.conferences",
        title: "Conferences held",
        definition: "Family group conferences held, from the quarterly returns; from Practice Summaries where there are no returns.",
        source: "monitoring: conferences; children: conference_date",
    },
    Measure {
        id: "reach.plans",
        title: "Plans made",
        definition: "Lifelong Links plans made, from the quarterly returns; from Practice Summaries where there are no returns.",
        source: "monitoring: plans; children: plan_date",
    },
    Measure {
        id: "reach.reviews",
        title: "Reviews held",
        definition: "Plan reviews held, from the quarterly returns; from Practice Summaries where there are no returns.",
        source: "monitoring: reviews; children: review_date",
    },
    Measure {
        id: "reach.coordinators_trained",
        title: "Coordinators trained",
        definition: "Coordinators trained, in the quarterly returns.",
        source: "monitoring: coordinators_trained",
    },
    Measure {
        id: "reach.youngest_child",
        title: "Youngest child",
        definition: "The lowest age in completed years at referral.",
        source: "children",
    },
    Measure {
        id: "reach.oldest_connection",
        title: "Oldest person found",
        definition: "The highest age among people in the tracker after the work.",
        source: "connections: age, after",
    },
    Measure {
        id: "monitoring.quarter",
        title: "Returns by quarter",
        definition: "Referrals, starts, conferences, plans, reviews and coordinators trained in each financial quarter; also by country and by programme where returns name them.",
        source: "monitoring",
    },
    Measure {
        id: "objectives.children",
        title: "Children who set objectives",
        definition: "Children with at least one objective.",
        source: "objectives",
    },
    Measure {
        id: "objectives.set",
        title: "Objectives set",
        definition: "Things that children said they wanted from the work.",
        source: "objectives",
    },
    Measure {
        id: "objectives.met",
        title: "Objectives met",
        definition: "Objectives with status met, as a share of all that were set, whatever became of them. The interval allows for children who set several.",
        source: "objectives: category, status",
    },
    Measure {
        id: "objectives.status",
        title: "How objectives stand",
        definition: "Objectives by status.",
        source: "objectives: category, status",
    },
    Measure {
        id: "objectives.per_child",
        title: "Objectives for each child",
        definition: "The mean number of objectives among children who set any.",
        source: "objectives",
    },
    Measure {
        id: "outcomes.relationship_repaired",
        title: "A relationship repaired",
        definition: "Children for whom the coordinator recorded yes, as a share of those recorded yes or no. Too soon, not known and not recorded are counted beside it.",
        source: "children: relationship_repaired",
    },
    Measure {
        id: "outcomes.long_term_commitment",
        title: "A long-term commitment from the network",
        definition: "As for a relationship repaired.",
        source: "children: long_term_commitment",
    },
    Measure {
        id: "outcomes.new_direct_contact",
        title: "New direct contact in the care plan",
        definition: "As for a relationship repaired.",
        source: "children: new_direct_contact",
    },
    Measure {
        id: "outcomes.family_history_knowledge",
        title: "More knowledge of family history",
        definition: "As for a relationship repaired.",
        source: "children: family_history_knowledge",
    },
    Measure {
        id: "outcomes.identity_belonging",
        title: "Stronger identity and belonging",
        definition: "As for a relationship repaired.",
        source: "children: identity_belonging",
    },
    Measure {
        id: "connections.before",
        title: "People around a child at the start",
        definition: "The number of people in the tracker at the start, for each child with both counts.",
        source: "connections: at_start, relationship; connection_counts: before",
    },
    Measure {
        id: "connections.after",
        title: "People around a child after",
        definition: "The number of people in the tracker after the work, for each child with both counts.",
        source: "connections: after, relationship; connection_counts: after",
    },
    Measure {
        id: "connections.change",
        title: "Change in people around a child",
        definition: "After less before, child by child. It describes these children; without a comparison group it is not the effect of the work.",
        source: "connections; connection_counts",
    },
    Measure {
        id: "connections.gained",
        title: "Children with more people around them",
        definition: "Children with more people after than at the start, of those with both counts.",
        source: "connections; connection_counts",
    },
    Measure {
        id: "connections.at_12_months",
        title: "People around a child a year later",
        definition: "The number of people in the tracker twelve months after, for each child with that count.",
        source: "connections: at_12_months; connection_counts: at_12_months",
    },
    Measure {
        id: "connections.circle",
        title: "The circle around a typical child",
        definition: "The mean number of people at the start and after, by kind of person and by how they are in touch.",
        source: "connections: relationship, contact_at_start, contact",
    },
    Measure {
        id: "questionnaire.responses",
        title: "Questionnaires returned",
        definition: "Forms returned, by kind of respondent.",
        source: "questionnaires",
    },
    Measure {
        id: "questionnaire.rating",
        title: "Ratings",
        definition: "The mean of answers from 1 (disagree strongly) to 5 (agree strongly), for each statement and kind of respondent.",
        source: "questionnaires",
    },
    Measure {
        id: "questionnaire.agree",
        title: "Agreement",
        definition: "Answers of 4 or 5 (or yes) as a share of all answers to a statement, for each kind of respondent.",
        source: "questionnaires",
    },
    Measure {
        id: "questionnaire.answer",
        title: "Answers",
        definition: "The number of each answer to a statement, for each kind of respondent.",
        source: "questionnaires",
    },
    Measure {
        id: "sdq.completeness",
        title: "Children with an SDQ at each wave",
        definition: "Children with a total score from that informant at the wave, as a share of those who had come so far. For the baseline these are all who started. For a later wave they are children with a baseline whose wave lies within the period. A score in the yearly return counts.",
        source: "sdq, oc2, children: start_date",
    },
    Measure {
        id: "sdq.mean",
        title: "Mean SDQ total",
        definition: "The mean total difficulties score (0 to 40; more means more difficulties) at each wave, for everyone with a score then and for the children who have a score at every wave.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.national",
        title: "Mean SDQ total in England",
        definition: "The published mean for children aged 5 to 16 in England who were looked after for twelve months, in the year of the wave. Beside it stands the mean that England\u{2019}s figures by age and sex give for these children. Published figures rest on no record of this study.",
        source: "Department for Education, outcomes of children looked after",
    },
    Measure {
        id: "sdq.change",
        title: "Change in SDQ total",
        definition: "The score at a later wave less the score at the baseline, child by child, same informant; less than nothing means fewer difficulties. The repeated-measures model uses every score, on the assumption that scores are missing at random. Without a comparison group, neither says what the work did.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.kept",
        title: "Baseline of children kept and lost",
        definition: "The baseline mean of children with a score at the later wave, and of those who were due one and have none.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.band",
        title: "SDQ bands",
        definition: "Children in each band of the total at each wave, by the published bands for the informant and form.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.transition",
        title: "From band to band",
        definition: "Children by band at the baseline and at a later wave, same children.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.reliable_change",
        title: "Reliable change",
        definition: "Children whose total changed by more than measurement error explains. The change is over 1.96 times the standard error of a difference. That follows from the standard deviation and reliability that the study names.",
        source: "sdq, oc2; study.toml: sdq_sd, sdq_reliability",
    },
    Measure {
        id: "sdq.clinical_change",
        title: "Reliable change and the cut-off together",
        definition: "Children recovered (reliably better and across the cut-off), improved, unchanged, deteriorated, or harmed (reliably worse and across the cut-off).",
        source: "sdq, oc2; study.toml: sdq_sd, sdq_reliability",
    },
    Measure {
        id: "sdq.crossing",
        title: "Crossing the cut-off",
        definition: "Children at or above the first score of the top band at the baseline and below it later, and the other way round, whatever the size of the change.",
        source: "sdq, oc2",
    },
    Measure {
        id: "sdq.regression_to_mean",
        title: "What chance alone would do",
        definition: "The change that children would show with no real change, if they were chosen because their baseline is high. It follows from mean and spread at the baseline and the reliability that the study names.",
        source: "sdq, oc2; study.toml: sdq_sd, sdq_reliability",
    },
    Measure {
        id: "sdq.added_value",
        title: "Added value score",
        definition: "The mean of predicted less observed follow-up total, by the published formula for children at high risk. It needs carers\u{2019} forms with impact some six months apart. Where that does not hold there is a reason instead.",
        source: "sdq: items or scales, impact",
    },
    Measure {
        id: "value.cost",
        title: "What the programme costs",
        definition: "The cost over the years looked at, worth today, in the prices of one year, with an allowance for optimism on top; also by cost, by kind, by payer, and by year before discounting.",
        source: "costs.toml",
    },
    Measure {
        id: "value.cost_per_child",
        title: "Cost for each child",
        definition: "The cost of the programme divided by the number of children in the cohort.",
        source: "costs.toml",
    },
    Measure {
        id: "value.outcomes",
        title: "Outcomes in the first year",
        definition: "How many of each outcome the programme is reckoned to bring or avoid in the first year in which it does, without an allowance for optimism.",
        source: "costs.toml; estimates of the study",
    },
    Measure {
        id: "value.benefit",
        title: "What outcomes are worth",
        definition: "The worth today of the outcomes to which money is put, with an allowance for optimism taken off: to public budgets (fiscal), to everyone (public), and the part of the fiscal that can be taken out as cash (cashable); also by outcome, by class and by payer. What is not counted is listed under value.not_counted.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.return_per_pound",
        title: "Return for each pound",
        definition: "Benefits divided by costs, both worth today. Fiscal, public and cashable are printed together, because each answers another question. By perspective, benefits and costs are those of the same payers.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.net_present_value",
        title: "Benefits less costs",
        definition: "Benefits less costs, both worth today: more than nothing means that benefits exceed costs. By payer: what they gain less what they pay.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.payback_years",
        title: "Years until costs are recovered",
        definition: "When discounted benefits so far, with allowance for optimism, first reach discounted costs so far.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.probability_pays",
        title: "Probability that it pays",
        definition: "The share of draws in which each pound returns at least a pound, or at least the sum named. Inputs are drawn from the distributions that costs.toml gives them; what is held fixed there is held fixed here.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.averted_per_year",
        title: "Averted in each year",
        definition: "What public budgets are spared in each year, before discounting, allowance for optimism taken off; and, by placement, the weeks of children in that placement that it stands for.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.break_even",
        title: "Outcomes needed to pay",
        definition: "How many of an outcome in its first year (and, for a placement, how many child-weeks over all years) would make fiscal benefits equal costs, everything else as assumed.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.switching",
        title: "Value at which the answer changes",
        definition: "The value of an input at which benefits equal costs, all others as assumed. Where no possible value does that, there is none.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.sensitivity",
        title: "Return when an input moves",
        definition: "The return for each pound with one input at the lower or upper end of its spread (where it has none, a fifth below or above), all others as assumed.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.input",
        title: "What the appraisal rests on",
        definition: "Every input with its spread, where it comes from, its price year and how far it was checked.",
        source: "costs.toml, unit-costs.csv, estimates of the study",
    },
    Measure {
        id: "value.not_counted",
        title: "What is not counted",
        definition: "What matters and has no money put to it, and why.",
        source: "costs.toml",
    },
    Measure {
        id: "value.perfect_information",
        title: "Worth of knowing everything",
        definition: "By how much results would be better on average if everything uncertain were known before choosing between the programme and nothing.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.partial_information",
        title: "Worth of knowing one input",
        definition: "By how much results would be better on average if one uncertain input were known before choosing between the programme and nothing.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "value.larger_study",
        title: "Worth of a larger study",
        definition: "By how much results would be better on average if, before choosing between the programme and nothing, the named number of further children were studied for an effect.",
        source: "costs.toml, unit-costs.csv",
    },
    Measure {
        id: "coverage.record",
        title: "Completeness of records",
        definition: "Children with each kind of record, as a share of children who should have one: those who started, for all kinds but the Practice Summary.",
        source: "children, objectives, connections, connection_counts, questionnaires",
    },
    Measure {
        id: "quality.rows_read",
        title: "Rows read",
        definition: "Rows that the files hold, table by table; blank rows are not counted.",
        source: "every table",
    },
    Measure {
        id: "quality.rows_set_aside",
        title: "Rows set aside",
        definition: "Rows that take no part in any figure because a value in them cannot be used, table by table.",
        source: "every table",
    },
    Measure {
        id: "quality.findings",
        title: "Findings",
        definition: "Faults and doubts found in the files, by severity and by rule.",
        source: "every file",
    },
];

/// The measure with that id.
pub fn measure(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id)
}
