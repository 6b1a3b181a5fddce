# The work of side_by_side.py in R: Rscript side_by_side.R WORK FOLDER. Prints answers and times as JSON.

arguments <- commandArgs(trailingOnly = TRUE)
work <- arguments[1]
folder <- arguments[2]
covariates <- c("age", "female", "years_in_care", "sdq", "placements_before")
days <- c(90, 180, 270, 360, 450, 540)

suppressPackageStartupMessages({
  has_table <- requireNamespace("data.table", quietly = TRUE)
  if (has_table) library(data.table)
  library(survival)
  if (requireNamespace("MatchIt", quietly = TRUE)) library(MatchIt)
})

# data.table where it is there, R's own reader where not.
read_table <- function(path, ...) {
  if (has_table) fread(path, showProgress = FALSE, ...) else read.csv(path)
}

survival_work <- function() {
  cohort <- as.data.frame(read_table(file.path(folder, "cohort.csv")))
  cohort$programme <- as.integer(cohort$arm == "programme")
  answers <- list()
  for (arm in c("programme", "comparator")) {
    rows <- cohort[cohort$arm == arm, ]
    fitted <- survfit(Surv(days, moved) ~ 1, rows, conf.type = "log-log")
    answers[paste("curve", arm, days)] <- summary(fitted, times = days)$surv
    answers[[paste("mean time", arm)]] <- summary(fitted, rmean = 365)$table[["rmean"]]
  }
  test <- survdiff(Surv(days, moved) ~ arm, cohort)
  answers[["log-rank p"]] <- pchisq(test$chisq, 1, lower.tail = FALSE)
  formula <- reformulate(c(covariates, "programme"), quote(Surv(days, moved)))
  fit <- coxph(formula, cohort, ties = "efron", control = coxph.control(eps = 1e-12, iter.max = 50))
  zph <- cox.zph(fit)$table[, "p"]
  answers[["proportional hazards p"]] <- zph[["GLOBAL"]]
  names <- sub("programme", "arm", names(coef(fit)))
  answers[paste("hazard ratio", names)] <- exp(coef(fit))
  answers
}

effect_work <- function() {
  cohort <- as.data.frame(read_table(file.path(folder, "cohort.csv")))
  treated <- cohort$arm == "programme"
  fit <- glm(reformulate(covariates, "treated"), binomial, cbind(cohort, treated), epsilon = 1e-14)
  score <- fitted(fit)
  weights <- ifelse(treated, 1, score / (1 - score))
  mean_of <- function(arm) weighted.mean(cohort$same_home[arm], weights[arm])
  list(difference = mean_of(treated) - mean_of(!treated))
}

# Rows in the order of choosing. MatchIt 4.5.1 lets the caliper of a single score pass; as the caliper of a
# covariate it holds.
matched <- function(cohort) {
  fit <- glm(reformulate(covariates, "treated"), binomial, cohort, epsilon = 1e-14)
  cohort$place <- predict(fit)
  sorted <- cohort[order(-cohort$place, cohort$child_id), ]
  list(sorted = sorted, found = suppressWarnings(matchit(treated ~ place, sorted,
    method = "nearest", distance = sorted$place, m.order = "data",
    caliper = c(place = 0.2), std.caliper = TRUE
  )))
}

match_work <- function() {
  cohort <- as.data.frame(read_table(file.path(folder, "small", "cohort.csv")))
  cohort$treated <- as.integer(cohort$arm == "programme")
  list(`pairs of MatchIt` = sum(!is.na(matched(cohort)$found$match.matrix)))
}

bootstrap_work <- function() {
  cohort <- as.data.frame(read_table(file.path(folder, "tiny", "cohort.csv")))
  cohort$treated <- as.integer(cohort$arm == "programme")
  set.seed(1)
  found <- replicate(200, {
    drawn <- cohort[sample(nrow(cohort), replace = TRUE), ]
    rownames(drawn) <- NULL
    pairs <- matched(drawn)
    kept <- pairs$sorted[pairs$found$weights > 0, ]
    coef(lm(reformulate(c("treated", covariates), "same_home"), kept))[["treated"]]
  })
  list(`width of the interval drawn anew` = diff(quantile(found, c(0.025, 0.975), names = FALSE)))
}

sdq_work <- function() {
  scales <- list(
    emotional = c(3, 8, 13, 16, 24), conduct = c(5, 7, 12, 18, 22),
    hyperactivity = c(2, 10, 15, 21, 25), peer = c(6, 11, 14, 19, 23), prosocial = c(1, 4, 9, 17, 20)
  )
  table <- as.data.table(read_table(file.path(folder, "answers.csv")))
  turned <- paste0("item_", c(7, 11, 14, 21, 25))
  kept <- copy(table[, ..turned])
  for (item in turned) set(table, j = item, value = 2L - table[[item]])
  for (scale in names(scales)) {
    items <- paste0("item_", scales[[scale]])
    n <- Reduce(`+`, lapply(items, function(item) as.integer(!is.na(table[[item]]))))
    sum <- Reduce(`+`, lapply(items, function(item) fcoalesce(as.numeric(table[[item]]), 0)))
    set(table, j = scale, value = ifelse(n >= 3, floor(5 * sum / n + 0.5), NA_real_))
  }
  table[, total := emotional + conduct + hyperactivity + peer]
  for (item in turned) set(table, j = item, value = kept[[item]])
  fwrite(table, file.path(folder, "scored-r.csv"), showProgress = FALSE)
  list(scored = sum(!is.na(table$total)), `sum of totals` = sum(table$total, na.rm = TRUE))
}

returns_work <- function() {
  files <- sort(Sys.glob(file.path(folder, "returns", "*", "episodes.csv")))
  rows <- rbindlist(lapply(files, function(file) fread(file, showProgress = FALSE, na.strings = "")))
  as_day <- function(text) as.IDate(text, "%d/%m/%Y")
  rows[, `:=`(DECOM = as_day(DECOM), DEC = as_day(DEC))]
  spells <- unique(rows, by = c("CHILD", "DECOM"), fromLast = TRUE)
  setorder(spells, CHILD, DECOM)
  # A few of the rules that kinfolk holds every row against.
  spells[, `:=`(same = CHILD == shift(CHILD, fill = -1L), ended = shift(DEC), status = shift(LS), why = shift(REASON_PLACE_CHANGE))]
  faults <- spells[, list(
    `unknown code` = sum(!(RNE %chin% c("S", "L", "P", "T", "B", "U") & LS %chin% c("C1", "C2", "V2") &
      PLACE %chin% c("U1", "U4", "U6", "K2"))),
    `ends before it begins` = sum(DEC < DECOM, na.rm = TRUE),
    `begins before the last has ended` = sum(same & ended > DECOM, na.rm = TRUE),
    `first without S, or S within` = sum((same == (RNE == "S")) & !(same & ended != DECOM), na.rm = TRUE),
    `moved without a reason` = sum(same & RNE %chin% c("P", "T", "B", "U") & is.na(why)),
    `status changed without saying so` = sum(same & RNE %chin% c("P", "T") & LS != status, na.rm = TRUE)
  )]
  on <- as.IDate("2025-03-31")
  first <- as.IDate("2024-04-01")
  in_care <- spells[is.na(DEC) | DEC > on, unique(CHILD)]
  within <- spells[DECOM > first & DECOM <= on]
  there <- spells[DECOM <= first & (is.na(DEC) | DEC > first), unique(CHILD)]
  answers <- list(`in care` = length(in_care))
  moves <- list(spb = c("P", "B"), spbtu = c("P", "B", "T", "U"), all = c("P", "B", "T", "U", "L"))
  for (rule in names(moves)) {
    counted <- within[RNE %chin% c("S", moves[[rule]]), .N, by = CHILD]
    n <- counted[data.table(CHILD = in_care), on = "CHILD", fcoalesce(N, 0L)] + (in_care %in% there)
    answers[[paste("three or more,", rule)]] <- sum(n >= 3)
  }
  c(answers, setNames(as.list(faults), paste("faults:", names(faults))))
}

versions_work <- function() {
  of <- function(name) if (requireNamespace(name, quietly = TRUE)) as.character(packageVersion(name)) else "not there"
  names <- c("data.table", "survival", "MatchIt", "lme4")
  paste0("R ", getRversion(), ", ", paste(names, vapply(names, of, ""), collapse = ", "))
}

run <- switch(work,
  survival = survival_work, effect = effect_work, match = match_work, bootstrap = bootstrap_work,
  sdq = sdq_work, returns = returns_work, versions = versions_work
)
times <- system.time(answers <- run())
used <- unname(times["user.self"] + times["sys.self"])
cat(jsonlite::toJSON(list(answers = answers, clock = unname(times["elapsed"]), processor = used),
  auto_unbox = TRUE, digits = NA
), "\n")
