//! Other names under which tables and columns are met.

use kinfolk_model::schema::{Column, TableSchema};

/// Other names of tables, as files and sheets carry them.
const TABLE_NAMES: &[(&str, &[&str])] = &[
    (
        "children",
        &["child", "practice_summaries", "practice_summary"],
    ),
    ("objectives", &["objective", "goals"]),
    (
        "connections",
        &["connection", "connections_tracker", "tracker"],
    ),
    (
        "connection_counts",
        &["connection_count", "connections_count"],
    ),
    ("questionnaires", &["questionnaire", "feedback", "survey"]),
    (
        "monitoring",
        &[
            "monitoring_return",
            "monitoring_returns",
            "quarterly_returns",
            "returns",
        ],
    ),
    (
        "sdq",
        &[
            "sdqs",
            "sdq_items",
            "sdq_scores",
            "strengths_and_difficulties",
            "strengths_and_difficulties_questionnaires",
        ],
    ),
    (
        "cohort",
        &["cohorts", "comparison", "comparators", "matching"],
    ),
    ("events", &["event", "incidents"]),
    ("oc2", &["oc2_return", "ssda903_oc2", "903_oc2"]),
];

/// Headers of standard files that are known and feed no figure, by table.
const UNUSED: &[(&str, &[&str])] = &[("oc2", &["csdq_table_id"])];

/// Other headers of columns, in lower case with `_` between words. A column that several tables
/// have carries them in each, unless a table is named.
const ALIASES: &[(&str, &[&str])] = &[
    (
        "child_id",
        &[
            "child_ref",
            "child_reference",
            "child_identifier",
            "childs_id",
            "child_number",
            "unique_child_id",
            "case_id",
            "case_ref",
            "case_number",
            "young_person_id",
            "yp_id",
        ],
    ),
    (
        "children.child_id",
        &["id", "ref", "reference", "unique_id"],
    ),
    (
        "connection_counts.child_id",
        &["id", "ref", "reference", "unique_id"],
    ),
    (
        "authority",
        &[
            "la",
            "local_authority",
            "la_name",
            "local_authority_name",
            "council",
        ],
    ),
    ("country", &["nation"]),
    ("sex", &["gender"]),
    ("date_of_birth", &["dob", "birth_date", "d_o_b", "birthday"]),
    (
        "age_at_referral",
        &["age", "childs_age", "age_when_referred"],
    ),
    (
        "ethnicity",
        &["ethnic_group", "ethnic_origin", "ethnic_background"],
    ),
    ("disability", &["disabled", "has_disability"]),
    (
        "care_start",
        &[
            "care_start_date",
            "date_entered_care",
            "came_into_care",
            "date_came_into_care",
            "entered_care",
            "start_of_care",
            "became_looked_after",
            "date_became_looked_after",
        ],
    ),
    ("legal_status", &["legal_order"]),
    (
        "placement_type",
        &["placement", "type_of_placement", "where_living"],
    ),
    (
        "plan_to_return_home",
        &[
            "return_home_plan",
            "plan_return_home",
            "planned_return_home",
            "reunification_plan",
        ],
    ),
    ("plan_for_adoption", &["adoption_plan", "plan_adoption"]),
    (
        "referral_date",
        &[
            "date_of_referral",
            "referred",
            "date_referred",
            "referred_on",
        ],
    ),
    (
        "start_date",
        &[
            "date_started",
            "started",
            "work_started",
            "ll_start_date",
            "date_of_start",
        ],
    ),
    (
        "conference_date",
        &[
            "fgc_date",
            "date_of_fgc",
            "family_group_conference",
            "family_group_conference_date",
            "date_of_conference",
            "conference",
        ],
    ),
    (
        "plan_date",
        &["date_of_plan", "plan_agreed", "plan_agreed_date"],
    ),
    (
        "review_date",
        &["date_of_review", "first_review", "plan_review_date"],
    ),
    (
        "end_date",
        &[
            "date_ended",
            "closed",
            "date_closed",
            "closure_date",
            "closing_date",
        ],
    ),
    (
        "end_reason",
        &[
            "reason_for_ending",
            "closure_reason",
            "reason_closed",
            "reason_ended",
        ],
    ),
    (
        "relationship_repaired",
        &["relationships_repaired", "repaired_relationship"],
    ),
    (
        "long_term_commitment",
        &[
            "lasting_commitment",
            "long_term_commitments",
            "commitment_long_term",
        ],
    ),
    (
        "new_direct_contact",
        &["new_contact", "direct_contact_in_plan"],
    ),
    (
        "family_history_knowledge",
        &["family_history", "knowledge_of_family_history"],
    ),
    (
        "identity_belonging",
        &["identity_and_belonging", "identity", "sense_of_identity"],
    ),
    (
        "objective_id",
        &["objective_ref", "objective_number", "objective_no"],
    ),
    (
        "category",
        &["objective_category", "objective_type", "type_of_objective"],
    ),
    (
        "objectives.status",
        &["objective_status", "outcome", "met", "result"],
    ),
    (
        "person_id",
        &[
            "person_ref",
            "person",
            "person_number",
            "connection_id",
            "connection_ref",
        ],
    ),
    (
        "relationship",
        &["relationship_to_child", "relation", "relation_to_child"],
    ),
    ("side", &["side_of_family", "family_side"]),
    ("connections.age", &["age_of_person", "persons_age"]),
    ("wanted", &["asked_for", "child_asked_for", "child_wants"]),
    (
        "at_start",
        &["at_the_start", "connected_at_start", "connected_before"],
    ),
    (
        "connections.after",
        &["connected_after", "after_the_work", "after_lifelong_links"],
    ),
    (
        "at_12_months",
        &[
            "after_12_months",
            "12_months",
            "at_twelve_months",
            "twelve_months",
        ],
    ),
    (
        "contact_at_start",
        &["contact_before", "contact_at_the_start"],
    ),
    (
        "contact",
        &["contact_after", "type_of_contact", "contact_type"],
    ),
    ("commitment", &["offer", "offers", "what_they_offered"]),
    (
        "before",
        &[
            "connections_before",
            "number_before",
            "at_start",
            "at_the_start",
            "connections_at_start",
            "connections_at_the_start",
        ],
    ),
    (
        "connection_counts.after",
        &["connections_after", "number_after", "after_lifelong_links"],
    ),
    (
        "connection_counts.at_12_months",
        &["connections_at_12_months"],
    ),
    (
        "response_id",
        &[
            "response",
            "response_ref",
            "response_number",
            "form_id",
            "form",
            "questionnaire_id",
        ],
    ),
    (
        "respondent",
        &[
            "respondent_type",
            "who",
            "completed_by",
            "filled_in_by",
            "type_of_respondent",
        ],
    ),
    (
        "questionnaires.date",
        &["date_completed", "completed_on", "response_date"],
    ),
    (
        "statement",
        &["question", "question_code", "statement_code"],
    ),
    ("answer", &["response_value", "score", "rating"]),
    ("programme", &["program", "project"]),
    ("quarter", &["financial_quarter", "period", "qtr"]),
    ("referrals", &["number_of_referrals", "children_referred"]),
    ("starts", &["number_of_starts", "children_started"]),
    (
        "conferences",
        &[
            "fgcs",
            "conferences_held",
            "number_of_conferences",
            "family_group_conferences",
        ],
    ),
    ("plans", &["plans_made", "number_of_plans"]),
    ("reviews", &["reviews_held", "number_of_reviews"]),
    (
        "coordinators_trained",
        &[
            "coordinators",
            "staff_trained",
            "number_of_coordinators_trained",
        ],
    ),
    (
        "sdq.child_id",
        &["id", "ref", "reference", "unique_id", "csdq_person_id"],
    ),
    (
        "sdq.date",
        &[
            "date_completed",
            "completed_on",
            "completed_date",
            "completion_date",
            "date_of_completion",
            "date_of_assessment",
            "assessment_date",
            "sdq_date",
            "date_of_sdq",
            "sdq_completed_date",
            "csdq_sdq_completed_date",
        ],
    ),
    (
        "informant",
        &[
            "informant_type",
            "rater",
            "reporter",
            "respondent",
            "completed_by",
            "filled_in_by",
        ],
    ),
    ("sdq.form", &["sdq_form", "form_type", "age_form"]),
    ("version", &["form_version", "sdq_version"]),
    ("carer_id", &["carer", "carer_ref", "carer_reference"]),
    (
        "difficulties",
        &["overall_difficulties", "difficulties_overall"],
    ),
    (
        "emotional",
        &[
            "emotional_symptoms",
            "emotional_problems",
            "emotional_score",
        ],
    ),
    ("conduct", &["conduct_problems", "conduct_score"]),
    (
        "hyperactivity",
        &["hyperactivity_inattention", "hyperactivity_score"],
    ),
    (
        "peer",
        &["peer_problems", "peer_relationships", "peer_score"],
    ),
    ("prosocial", &["prosocial_behaviour", "prosocial_score"]),
    (
        "sdq.total",
        &[
            "total_difficulties",
            "total_difficulties_score",
            "total_score",
            "sdq_total",
            "sdq_score",
            "csdq_sdq_score",
        ],
    ),
    ("impact", &["impact_score"]),
    ("cohort.child_id", &["id", "ref", "reference", "unique_id"]),
    ("arm", &["study_arm", "treatment_arm"]),
    (
        "index_date",
        &["date_of_index", "index_day", "follow_up_start"],
    ),
    (
        "watched_until",
        &["followed_until", "end_of_follow_up", "last_observed"],
    ),
    ("events.child_id", &["id", "ref", "reference", "unique_id"]),
    ("events.date", &["event_date", "date_of_event"]),
    ("kind", &["event", "event_type", "type_of_event"]),
    ("oc2.child_id", &["child", "id", "csdq_person_id"]),
    (
        "oc2.year",
        &["collection_year", "return_year", "year_ending"],
    ),
    ("sdq_score", &["csdq_sdq_score"]),
    ("sdq_reason", &["csdq_sdq_reason"]),
    (
        "looked_after_12_months",
        &["cla12", "looked_after_for_12_months", "in_care_12_months"],
    ),
];

/// Headers of the day of completion, which some yearly returns have.
const DAYS_OF_COMPLETION: [&str; 3] = ["csdq_sdq_completed_date", "sdq_completed_date", "sdq_date"];

/// Whether a header of a yearly return stands above days of completion.
pub(super) fn is_day_of_completion(table: &TableSchema, header: &str) -> bool {
    table.name == "oc2" && DAYS_OF_COMPLETION.contains(&header)
}

/// Whether a header is known to feed no figure.
pub(super) fn is_unused(table: &TableSchema, header: &str) -> bool {
    UNUSED
        .iter()
        .any(|(named, headers)| *named == table.name && headers.contains(&header))
}

/// The other names of a table.
pub(super) fn table_names(table: &TableSchema) -> &'static [&'static str] {
    TABLE_NAMES
        .iter()
        .find(|(named, _)| *named == table.name)
        .map_or(&[], |(_, others)| others)
}

/// The other headers of a column.
pub(super) fn aliases(table: &TableSchema, column: &Column) -> impl Iterator<Item = &'static str> {
    let in_table = format!("{}.{}", table.name, column.name);
    let name = column.name;
    ALIASES
        .iter()
        .filter(move |(named, _)| *named == name || *named == in_table)
        .flat_map(|(_, aliases)| aliases.iter().copied())
}
