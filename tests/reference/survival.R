# Expected results for the survival methods of kinfolk-stats, from R's survival and cmprsk.

library(survival)
library(cmprsk)
library(jsonlite)

exact <- coxph.control(eps = 1e-14, iter.max = 50)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
lung <- read.csv(file.path(here, "lifelines", "lung.csv"))
rossi <- read.csv(file.path(here, "lifelines", "rossi.csv"))
aml <- data.frame(
  time = c(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45),
  event = c(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1),
  group = rep(0:1, c(11, 12))
)
lung$event <- if (max(lung$status) == 2) lung$status - 1 else lung$status

# Stretches of time of 40 made-up children in 12 places, with ties, delayed entry and weights.
made_up <- local({
  set.seed(7)
  n <- 120
  x <- round(rnorm(n), 3)
  entry <- sample(0:20, n, replace = TRUE)
  data.frame(
    entry = entry,
    exit = entry + ceiling(rexp(n, 0.05 * exp(0.6 * x))),
    event = rbinom(n, 1, 0.7),
    x = x,
    y = rbinom(n, 1, 0.4),
    place = sample(0:11, n, replace = TRUE),
    stratum = sample(0:2, n, replace = TRUE),
    weight = round(runif(n, 0.2, 3), 2)
  )
})

# Placements that end in one of two ways, or are still going on.
endings <- local({
  set.seed(11)
  n <- 90
  group <- rep(0:2, each = 30)
  time <- ceiling(rexp(n, c(0.05, 0.08, 0.12)[group + 1]))
  data.frame(
    time = time,
    cause = sample(0:2, n, replace = TRUE, prob = c(0.25, 0.45, 0.3)),
    group = group,
    stratum = rep(0:1, length.out = n)
  )
})

curve <- function(name, time, event, type, level, entry = NULL) {
  y <- if (is.null(entry)) Surv(time, event) else Surv(entry, time, event)
  fit <- survfit(y ~ 1, conf.type = type, conf.int = level)
  probabilities <- c(0.1, 0.25, 0.5, 0.75)
  q <- quantile(fit, probs = probabilities)
  list(
    name = name, entry = entry, time = time, event = event, band = type, level = level,
    times = fit$time, at_risk = fit$n.risk, events = fit$n.event, censored = fit$n.censor,
    survival = fit$surv, standard_error = fit$surv * fit$std.err,
    lower = fit$lower, upper = fit$upper,
    probabilities = probabilities,
    quantile = unname(q$quantile), quantile_lower = unname(q$lower), quantile_upper = unname(q$upper)
  )
}

curves <- function(name, time, event, entry = NULL) {
  settings <- list(list("log-log", 0.95), list("log", 0.95), list("plain", 0.9))
  lapply(settings, function(s) curve(name, time, event, s[[1]], s[[2]], entry))
}

test_groups <- function(name, time, event, group, stratum = NULL, rho = 0) {
  fit <- if (is.null(stratum)) survdiff(Surv(time, event) ~ group, rho = rho)
         else survdiff(Surv(time, event) ~ group + strata(stratum), rho = rho)
  sums <- function(x) if (is.matrix(x)) unname(rowSums(x)) else unname(x)
  df <- sum(sums(fit$exp) > 0) - 1
  list(
    name = name, time = time, event = event, group = as.integer(factor(group)) - 1L, stratum = stratum,
    rho = rho, observed = sums(fit$obs), expected = sums(fit$exp), chi_square = fit$chisq,
    degrees = df, p = pchisq(fit$chisq, df, lower.tail = FALSE)
  )
}

regress <- function(name, formula, data, ties = "efron", columns, entry = NULL, time, event,
                    stratum = NULL, cluster = NULL, weight = NULL) {
  call <- list(as.formula(formula), data = data, ties = ties, control = exact)
  if (!is.null(cluster)) call$cluster <- data[[cluster]]
  if (!is.null(weight)) call$weights <- data[[weight]]
  fit <- do.call(coxph, call)
  s <- summary(fit)
  robust <- !is.null(fit$naive.var)
  zph <- function(transform) {
    z <- cox.zph(fit, transform = transform, terms = FALSE)
    unname(z$table[, "chisq"])
  }
  list(
    name = name, ties = ties,
    covariates = lapply(columns, function(column) data[[column]]),
    entry = if (is.null(entry)) NULL else data[[entry]],
    time = data[[time]], event = data[[event]],
    stratum = if (is.null(stratum)) NULL else data[[stratum]],
    cluster = if (is.null(cluster)) NULL else data[[cluster]],
    weight = if (is.null(weight)) NULL else data[[weight]],
    coefficients = unname(coef(fit)),
    standard_errors = sqrt(diag(if (robust) fit$naive.var else fit$var)),
    robust_errors = if (robust) sqrt(diag(fit$var)) else NULL,
    log_likelihood = fit$loglik,
    likelihood_ratio = unname(s$logtest["test"]),
    wald = unname(fit$wald.test),
    score = unname(s$sctest["test"]),
    robust_score = if (robust) unname(s$robscore["test"]) else NULL,
    proportional_km = zph("km"),
    proportional_identity = zph("identity"),
    proportional_log = if (min(data[[time]]) > 0) zph("log") else NULL
  )
}

lung3 <- lung[!is.na(lung$ph.ecog), ]
lungk <- lung[!is.na(lung$pat.karno) & !is.na(lung$inst), ]
lungk$place <- as.integer(factor(lungk$inst)) - 1L
seven <- c("fin", "age", "race", "wexp", "mar", "paro", "prio")

cox_cases <- list(
  regress("Therneau and Grambsch 1, Breslow", "Surv(time, event) ~ x",
    data.frame(time = c(9, 1, 1, 6, 6, 8), event = c(1, 1, 0, 1, 1, 0), x = c(0, 1, 1, 1, 0, 0)),
    "breslow", "x", NULL, "time", "event"),
  regress("Therneau and Grambsch 1, Efron", "Surv(time, event) ~ x",
    data.frame(time = c(9, 1, 1, 6, 6, 8), event = c(1, 1, 0, 1, 1, 0), x = c(0, 1, 1, 1, 0, 0)),
    "efron", "x", NULL, "time", "event"),
  regress("aml, Breslow", "Surv(time, event) ~ group", aml, "breslow", "group", NULL, "time", "event"),
  regress("aml, Efron", "Surv(time, event) ~ group", aml, "efron", "group", NULL, "time", "event"),
  regress("lung, sex", "Surv(time, event) ~ sex", lung, "efron", "sex", NULL, "time", "event"),
  regress("lung, three", "Surv(time, event) ~ age + sex + ph.ecog", lung3, "efron",
    c("age", "sex", "ph.ecog"), NULL, "time", "event"),
  regress("lung, clustered by place", "Surv(time, event) ~ age + sex", lungk, "efron",
    c("age", "sex"), NULL, "time", "event", cluster = "place"),
  regress("rossi", paste("Surv(week, arrest) ~", paste(seven, collapse = "+")), rossi, "efron", seven,
    NULL, "week", "arrest"),
  regress("rossi, Breslow", paste("Surv(week, arrest) ~", paste(seven, collapse = "+")), rossi,
    "breslow", seven, NULL, "week", "arrest"),
  regress("rossi by race", paste("Surv(week, arrest) ~", paste(setdiff(seven, "race"), collapse = "+"),
    "+ strata(race)"), rossi, "efron", setdiff(seven, "race"), NULL, "week", "arrest", stratum = "race"),
  regress("made up, delayed entry", "Surv(entry, exit, event) ~ x + y", made_up, "efron", c("x", "y"),
    "entry", "exit", "event"),
  regress("made up, everything", "Surv(entry, exit, event) ~ x + y + strata(stratum)", made_up, "efron",
    c("x", "y"), "entry", "exit", "event", "stratum", "place", "weight"),
  regress("made up, everything, Breslow", "Surv(entry, exit, event) ~ x + y + strata(stratum)", made_up,
    "breslow", c("x", "y"), "entry", "exit", "event", "stratum", "place", "weight"),
  regress("made up, clusters and strata from the start", "Surv(exit, event) ~ x + y + strata(stratum)",
    made_up, "efron", c("x", "y"), NULL, "exit", "event", "stratum", "place")
)

incidence <- function(name, data) {
  ending <- factor(data$cause, 0:2, c("none", "first", "second"))
  fit <- survfit(Surv(data$time, ending) ~ 1)
  aalen <- cuminc(data$time, data$cause)
  at <- fit$time
  list(
    name = name, time = data$time, cause = data$cause, times = at,
    at_risk = fit$n.risk[, 1],
    first = fit$pstate[, 2], second = fit$pstate[, 3],
    first_error = fit$std.err[, 2], second_error = fit$std.err[, 3],
    first_variance_aalen = timepoints(aalen, at)$var[1, ],
    second_variance_aalen = timepoints(aalen, at)$var[2, ]
  )
}

gray <- function(name, data, rho = 0, strata = NULL) {
  fit <- if (is.null(strata)) cuminc(data$time, data$cause, data$group, rho = rho)
         else cuminc(data$time, data$cause, data$group, strata, rho = rho)
  list(name = name, time = data$time, cause = data$cause, group = data$group, stratum = strata,
    rho = rho, chi_square = unname(fit$Tests[, "stat"]), p = unname(fit$Tests[, "pv"]),
    degrees = unname(fit$Tests[, "df"]))
}

restricted <- function(name, time, event, horizon) {
  table <- summary(survfit(Surv(time, event) ~ 1), rmean = horizon)$table
  list(name = name, time = time, event = event, horizon = horizon,
    mean = table[[grep("^\\*?rmean$", names(table))]], standard_error = table[[grep("^\\*?se", names(table))]])
}

two <- endings[endings$group < 2, ]
small <- data.frame(time = c(1, 2, 2, 3, 4, 5, 5, 6), cause = c(1, 2, 0, 1, 0, 2, 1, 0))

result <- list(
  made_with = list(r = as.character(getRversion()), survival = as.character(packageVersion("survival")),
    cmprsk = as.character(packageVersion("cmprsk"))),
  kaplan_meier = c(
    curves("aml, maintained", aml$time[aml$group == 0], aml$event[aml$group == 0]),
    curves("aml, not maintained", aml$time[aml$group == 1], aml$event[aml$group == 1]),
    curves("lung", lung$time, lung$event),
    curves("made up, delayed entry", made_up$exit, made_up$event, made_up$entry)
  ),
  log_rank = list(
    test_groups("aml", aml$time, aml$event, aml$group),
    test_groups("aml, rho 1", aml$time, aml$event, aml$group, rho = 1),
    test_groups("lung by sex", lung$time, lung$event, lung$sex),
    test_groups("lung by activity", lung3$time, lung3$event, lung3$ph.ecog),
    test_groups("lung by pat.karno within places", lungk$time, lungk$event, lungk$pat.karno, lungk$place),
    test_groups("lung by pat.karno within places, rho 0.5", lungk$time, lungk$event, lungk$pat.karno,
      lungk$place, rho = 0.5)
  ),
  cox = cox_cases,
  restricted_mean = list(
    restricted("aml, maintained", aml$time[aml$group == 0], aml$event[aml$group == 0], 30),
    restricted("aml, maintained", aml$time[aml$group == 0], aml$event[aml$group == 0], 48),
    restricted("aml, not maintained", aml$time[aml$group == 1], aml$event[aml$group == 1], 30),
    restricted("aml, not maintained, to the end", aml$time[aml$group == 1], aml$event[aml$group == 1], 45),
    restricted("lung, a year", lung$time, lung$event, 365)
  ),
  incidence = list(incidence("small", small), incidence("made up", endings)),
  gray = list(
    gray("two groups", two), gray("three groups", endings), gray("three groups, rho 1", endings, rho = 1),
    gray("three groups in strata", endings, strata = endings$stratum)
  )
)
# One case a line.
as_json <- function(x) toJSON(x, digits = I(16), auto_unbox = TRUE, null = "null", na = "null")
section <- function(name) {
  part <- result[[name]]
  text <- if (is.null(names(part))) paste0("[\n", paste(sapply(part, as_json), collapse = ",\n"), "\n]")
          else as_json(part)
  paste0("\"", name, "\": ", text)
}
writeLines(paste0("{\n", paste(sapply(names(result), section), collapse = ",\n"), "\n}"),
  file.path(here, "survival.json"))
