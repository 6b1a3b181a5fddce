# Expected results of kinfolk-stats at the edges of its methods, from R: survival, cmprsk and metafor. A few
# rows each, written out: everybody censored, a curve that ends at nothing, late entries, ties of every
# kind, strata of one row, clusters of one row, studies that do not differ.
# Rscript edges.R, in this folder.
suppressMessages({
  library(cmprsk)
  library(jsonlite)
  library(metafor)
  library(survival)
})

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

curve_case <- function(time, event, entry = NULL, band = "log-log", horizon = NULL) {
  s <- if (is.null(entry)) Surv(time, event) else Surv(entry, time, event)
  fit <- survfit(s ~ 1, conf.type = band)
  points <- summary(fit, censored = TRUE)
  case <- list(time = time, event = event, entry = entry, band = band, at = I(points$time),
    survival = I(points$surv), lower = I(points$lower), upper = I(points$upper),
    median = unname(unlist(quantile(fit, 0.5))))
  if (!is.null(horizon)) {
    case$horizon <- horizon
    case$mean <- unname(summary(fit, rmean = horizon)$table[c("rmean", "se(rmean)")])
  }
  case
}

log_rank_case <- function(time, event, group, strata = NULL, rho = 0) {
  s <- Surv(time, event)
  found <- if (is.null(strata)) survdiff(s ~ group, rho = rho) else survdiff(s ~ group + strata(strata), rho = rho)
  list(time = time, event = event, group = group, strata = strata, rho = rho, chi_square = found$chisq)
}

cox_case <- function(time, event, x, ties = "efron", strata = NULL, cluster = NULL, weights = NULL, entry = NULL) {
  s <- if (is.null(entry)) Surv(time, event) else Surv(entry, time, event)
  arguments <- list(formula = if (is.null(strata)) s ~ x else s ~ x + strata(strata), ties = ties,
    control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 200))
  if (!is.null(weights)) arguments$weights <- weights
  if (!is.null(cluster)) arguments$cluster <- cluster
  fit <- do.call(coxph, arguments)
  list(time = time, event = event, x = x, ties = ties, strata = strata, cluster = cluster, weights = weights,
    entry = entry, coefficient = unname(coef(fit)), error = sqrt(vcov(fit)[1, 1]), log_likelihood = fit$loglik[2])
}

incidence_case <- function(time, ending) {
  fit <- survfit(Surv(time, factor(ending, 0:2)) ~ 1, conf.type = "log-log")
  points <- summary(fit, censored = TRUE)
  list(time = time, ending = ending, at = points$time, incidence = points$pstate[, 2],
    lower = points$lower[, 2], upper = points$upper[, 2])
}

gray_case <- function(seed, n_groups, n_strata) {
  set.seed(seed)
  n <- 40
  rows <- list(time = sample(1:12, n, TRUE), ending = sample(0:2, n, TRUE),
    group = sample(seq_len(n_groups) - 1, n, TRUE), strata = sample(seq_len(n_strata), n, TRUE))
  found <- with(rows, cuminc(time, ending, group, strata))
  c(rows, list(chi_square = unname(found$Tests[, 1])))
}

pool_case <- function(effect, variance, test) {
  fit <- rma(effect, variance, method = "REML", test = test, control = list(threshold = 1e-14, maxiter = 10000))
  range <- predict(fit)
  list(effect = effect, variance = variance, test = test, average = as.numeric(fit$b), error = fit$se,
    lower = fit$ci.lb, upper = fit$ci.ub, tau_squared = fit$tau2, i_squared = fit$I2 / 100, q = fit$QE,
    prediction = c(range$pi.lb, range$pi.ub))
}

time <- c(5, 5, 5, 8, 8, 10, 12, 12, 15, 20, 20, 22)
event <- c(1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0)
x <- c(0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1)
entry <- c(0, 1, 2, 0, 4, 3, 5, 6, 0, 9, 10, 2)
weights <- c(1, 2, 0.5, 1, 1, 3, 1, 1, 2, 1, 1, 0.25)
eight <- list(time = 1:8, event = c(1, 1, 0, 1, 1, 1, 1, 0), group = c(0, 1, 0, 1, 0, 1, 0, 1))
nine <- list(time = 1:9, event = c(1, 1, 0, 1, 1, 1, 1, 0, 1), group = c(0, 1, 2, 0, 1, 2, 0, 1, 2))

# Hardly an end to the coefficient, so that late hazards dwarf those that most rows meet.
steep <- list(time = c(1, 5, 1, 2, 1, 6, 1, 1, 2, 1, 1, 7), event = c(0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0),
  x = c(0, -2.7618639, 0, -2.2258484, -2.8078857, 2.6721350, 0, 0, -1.7667410, -2.3058925, -2.4815363, 2.7611784),
  stratum = c(0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0))

cases <- list(
  software = list(R = R.version.string, survival = as.character(packageVersion("survival")),
    cmprsk = as.character(packageVersion("cmprsk")), metafor = as.character(packageVersion("metafor"))),
  curves = list(
    curve_case(c(3, 5, 8), c(0, 0, 0)),
    curve_case(c(3, 5, 8), c(1, 1, 1)),
    curve_case(c(3, 3, 5, 8, 8), c(1, 1, 1, 1, 1), band = "log"),
    curve_case(c(3, 5, 8), c(1, 1, 1), band = "plain"),
    curve_case(c(1, 2, 2, 5, 9), c(1, 0, 1, 1, 0), horizon = 9),
    curve_case(c(4, 6, 8, 10, 12), c(1, 1, 1, 0, 1), entry = c(0, 3, 5, 7, 2), horizon = 10),
    curve_case(c(5, 5, 5, 5), c(1, 0, 1, 0)),
    curve_case(c(10, 10, 10, 20, 20), c(0, 1, 0, 0, 0)),
    curve_case(c(2, 4, 6, 8), c(1, 1, 0, 0)),
    curve_case(c(2, 4, 6, 8), c(0, 1, 0, 1))
  ),
  log_rank = list(
    log_rank_case(c(4, 5, 6, 1, 2, 3), c(0, 0, 0, 1, 1, 1), c(0, 0, 0, 1, 1, 1)),
    with(eight, log_rank_case(time, event, group, strata = c(1, 1, 1, 1, 2, 2, 3, 4))),
    with(eight, log_rank_case(time, event, group, rho = 1)),
    with(nine, log_rank_case(time, event, group)),
    with(nine, log_rank_case(time, event, group, strata = c(1, 1, 1, 1, 2, 2, 2, 2, 2)))
  ),
  cox = list(
    cox_case(time, event, x),
    cox_case(time, event, x, ties = "breslow"),
    cox_case(time, event, x, strata = c(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3)),
    cox_case(time, event, x, cluster = 1:12),
    cox_case(time, event, x, cluster = rep(1:6, each = 2)),
    cox_case(time, event, x, weights = weights, cluster = 1:12),
    cox_case(time, event, x, ties = "breslow", weights = weights, cluster = 1:12),
    cox_case(time, event, x, entry = entry),
    cox_case(time, event, x, ties = "breslow", entry = entry),
    with(steep, cox_case(time, event, x, strata = stratum, cluster = time %% 4))
  ),
  incidence = list(
    incidence_case(c(1, 2, 2, 2, 3, 3, 5, 6, 6, 7), c(1, 1, 2, 0, 2, 0, 1, 0, 2, 1)),
    incidence_case(c(1, 2, 3, 4, 5), c(0, 2, 0, 2, 0)),
    incidence_case(c(1, 2, 3), c(1, 1, 2))
  ),
  gray = list(gray_case(1, 2, 3), gray_case(2, 3, 2), gray_case(3, 3, 4)),
  pooled = list(
    pool_case(c(0.1, 0.3), c(0.01, 0.02), "knha"),
    pool_case(c(0.1, 0.1, 0.1), c(0.01, 0.02, 0.03), "adhoc"),
    pool_case(c(-0.2, 0.5, 0.9, 0.1), c(0.01, 0.02, 0.03, 0.05), "knha"),
    pool_case(c(-0.2, 0.5, 0.9, 0.1), c(0.01, 0.02, 0.03, 0.05), "adhoc"),
    pool_case(c(0.2, 0.25, 0.22, 0.3), c(0.04, 0.05, 0.06, 0.02), "adhoc")
  )
)
text <- toJSON(cases, digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
writeLines(gsub("},{", "},\n{", text, fixed = TRUE), file.path(here, "edges.json"))
