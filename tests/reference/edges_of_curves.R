# Expected results of kinfolk-stats for curves and tests of a handful of rows, from R: survival. Rows are
# drawn from a seed and written out: late entries that leave nobody at risk, groups that no event could reach,
# ties of all kinds.
# Rscript edges_of_curves.R, in this folder.
suppressMessages({
  library(jsonlite)
  library(survival)
})

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# Between times that nobody is at risk R goes on from where the curve was; so does kinfolk.
curve_case <- function(seed) {
  set.seed(seed)
  n <- sample(1:8, 1)
  time <- sample(1:6, n, TRUE)
  late <- seed %% 3 == 0
  entry <- if (late) pmin(time - 1, sample(0:3, n, TRUE)) else rep(0, n)
  event <- rbinom(n, 1, 0.6)
  band <- sample(c("log-log", "log", "plain"), 1)
  fit <- survfit(Surv(entry, time, event) ~ 1, conf.type = band)
  at <- summary(fit, censored = TRUE)
  # With late entries R lists those times too.
  seen <- at$time %in% time
  horizon <- max(time)
  list(time = I(time), entry = I(entry), event = I(event), band = band, at = I(at$time[seen]), survival = I(at$surv[seen]),
    lower = I(at$lower[seen]), upper = I(at$upper[seen]), median = unname(unlist(quantile(fit, 0.5))), horizon = horizon,
    mean = if (n > 1) unname(summary(fit, rmean = horizon)$table[c("rmean", "se(rmean)")]))
}

# Null where no event could reach two groups, or the variance is nothing.
log_rank_case <- function(seed) {
  set.seed(1000 + seed)
  n <- sample(2:9, 1)
  d <- data.frame(time = sample(1:5, n, TRUE), event = rbinom(n, 1, 0.6), group = sample(0:sample(1:3, 1), n, TRUE),
    stratum = sample(1:sample(1:2, 1), n, TRUE))
  rho <- sample(0:1, 1)
  found <- tryCatch(survdiff(Surv(time, event) ~ group + strata(stratum), d, rho = rho), error = function(e) NULL)
  # R leaves what rounding has left of no variance.
  some <- !is.null(found) && length(found$n) > 1 && all(is.finite(found$chisq))
  if (some) {
    expected <- if (is.matrix(found$exp)) rowSums(found$exp) else found$exp
    v <- found$var[expected > 0, expected > 0, drop = FALSE][-1, -1, drop = FALSE]
    some <- nrow(v) > 0 && min(eigen(v)$values) > 1e-10
  }
  c(lapply(as.list(d), I), list(rho = rho, chi_square = if (some) found$chisq))
}

# Where everybody has come to the ending R leaves what rounding has left of no error.
incidence_case <- function(seed) {
  set.seed(2000 + seed)
  n <- sample(2:9, 1)
  time <- sample(1:6, n, TRUE)
  ending <- sample(0:2, n, TRUE)
  fit <- survfit(Surv(time, factor(ending, 0:2)) ~ 1, conf.type = "log-log")
  at <- summary(fit, censored = TRUE)
  list(time = time, ending = ending, at = I(at$time), incidence = I(at$pstate[, 2]), errors = I(ifelse(at$std.err[, 2] < 1e-12, 0, at$std.err[, 2])))
}

cases <- list(
  software = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  curves = lapply(1:60, curve_case),
  log_rank = lapply(1:60, log_rank_case),
  incidence = lapply(1:40, incidence_case)
)
text <- toJSON(cases, digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
writeLines(gsub("},{", "},\n{", text, fixed = TRUE), file.path(here, "edges_of_curves.json"))
