# Expected results of kinfolk-stats at the edges of its models, from R: survival, clubSandwich and MASS, and
# closed forms for repeated measures. Rows are drawn from a seed and written out.
# Rscript edges_of_models.R, in this folder.
suppressMessages({
  library(clubSandwich)
  library(jsonlite)
  library(MASS)
  library(survival)
})

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# ---- hazards -------------------------------------------------------------------------------------

# Few rows with ties, late entries, strata of few, weights far apart, and clusters that span strata.
hazard_case <- function(seed, ties, weighted, late, parted) {
  set.seed(seed)
  n <- 24
  time <- sample(3:12, n, TRUE)
  # cox.zph looks for the rows outside.
  d <<- data.frame(entry = if (late) pmin(time - 1, sample(0:4, n, TRUE)) else 0, time, event = rbinom(n, 1, 0.7),
    x = rbinom(n, 1, 0.5), z = round(rnorm(n), 2), weight = if (weighted) c(0.01, 9, round(runif(n - 2, 0.3, 3), 2)) else 1,
    stratum = if (parted) sample(1:3, n, TRUE) else 1, cluster = sample(1:7, n, TRUE))
  tight <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 200)
  formula <- Surv(entry, time, event) ~ x + z + strata(stratum)
  # With weights that are not whole R turns to robust errors by itself.
  fit <<- coxph(formula, d, weights = weight, ties = ties, robust = FALSE, control = tight)
  robust <- coxph(formula, d, weights = weight, ties = ties, cluster = cluster, control = tight)
  zph <- function(transform) unname(cox.zph(fit, transform, terms = FALSE)$table[, "chisq"])
  c(as.list(d), list(ties = ties, coefficients = unname(coef(fit)), errors = unname(sqrt(diag(vcov(fit)))),
    robust = unname(sqrt(diag(vcov(robust)))), score = fit$score, km = zph("km"), identity = zph("identity"), log = zph("log")))
}
grid <- expand.grid(ties = c("efron", "breslow"), weighted = c(FALSE, TRUE), late = c(FALSE, TRUE), parted = c(FALSE, TRUE),
  stringsAsFactors = FALSE)

# ---- clusters ------------------------------------------------------------------------------------

cluster_case <- function(seed, cluster, arm, weighted = FALSE) {
  set.seed(seed)
  n <- length(cluster)
  x <- round(rnorm(n), 2)
  weight <- if (weighted) round(runif(n, 0.2, 4), 2) else rep(1, n)
  y <- round(1 + arm + 0.5 * x + rnorm(max(cluster))[cluster] + rnorm(n), 2)
  fit <- if (weighted) lm(y ~ arm + x, weights = weight) else lm(y ~ arm + x)
  test <- coef_test(fit, vcov = vcovCR(fit, cluster, "CR2"), test = "Satterthwaite")
  list(y = y, arm = arm, x = x, weight = weight, cluster = cluster, coefficients = unname(coef(fit)), errors = test$SE,
    degrees = test$df_Satt, p = test$p_Satt)
}

# ---- rates ---------------------------------------------------------------------------------------

# glm.nb stops early, and its likelihood can have two peaks, one of them Poisson's. So the best theta of a
# grid, by MASS's family; from there coefficients by Newton's steps and theta as the root of its score, in
# turn until they rest.
rate_case <- function(events, years, arm) {
  x <- cbind(1, arm)
  at <- function(log_theta) {
    suppressWarnings(glm(events ~ arm + offset(log(years)), negative.binomial(exp(log_theta)), control = glm.control(1e-12, 500)))
  }
  likely <- function(log_theta) sum(dnbinom(events, exp(log_theta), mu = fitted(at(log_theta)), log = TRUE))
  grid <- seq(-4, 13.5, 0.25)
  heights <- vapply(grid, likely, 0)
  best <- grid[which.max(heights)]
  # No wider than Poisson's: there is no theta.
  if (best == max(grid)) {
    fit <- glm(events ~ arm + offset(log(years)), poisson, control = glm.control(1e-15, 200))
    return(list(events = events, years = years, arm = arm, logs = unname(coef(fit)), dispersion = 0,
      errors = unname(sqrt(diag(vcov(fit))))))
  }
  beta <- unname(coef(at(best)))
  slope <- function(log_theta, mu) {
    theta <- exp(log_theta)
    above <- vapply(events, function(n) if (n > 0) sum(1 / (theta + seq_len(n) - 1)) else 0, 0)
    sum(above + (mu - events) / (theta + mu) - log1p(mu / theta))
  }
  means <- function() years * exp(as.vector(x %*% beta))
  for (turn in 1:2000) {
    theta <- exp(uniroot(slope, best + c(-1, 1), mu = means(), tol = 1e-15, maxiter = 1e4)$root)
    before <- beta
    for (step in 1:50) {
      mu <- means()
      information <- crossprod(x, mu * theta * (theta + events) / (theta + mu)^2 * x)
      beta <- beta + as.vector(solve(information, crossprod(x, (events - mu) * theta / (theta + mu))))
    }
    if (max(abs(beta - before)) < 1e-14) break
  }
  mu <- means()
  stopifnot(sum(dnbinom(events, theta, mu = mu, log = TRUE)) >= max(heights))
  list(events = events, years = years, arm = arm, logs = beta, dispersion = 1 / theta,
    errors = unname(sqrt(diag(solve(crossprod(x, mu * theta / (theta + mu) * x))))))
}

# ---- repeated measures ---------------------------------------------------------------------------

# Nothing missing and compound symmetry: the two-way table without replication, whatever the sign of the
# correlation. The last visit less the first.
table_case <- function(scores) {
  n <- nrow(scores)
  k <- ncol(scores)
  rest <- scores - outer(rowMeans(scores), colMeans(scores), "+") + mean(scores)
  noise <- sum(rest^2) / ((n - 1) * (k - 1))
  list(scores = scores, change = c(mean(scores[, k] - scores[, 1]), sqrt(2 * noise / n), (n - 1) * (k - 1)))
}

# One mean, and a visit between the two others that nobody came to: the mean of the mean of both, and
# Student's t. For first-order scores too where the two go together; where they go against one another
# their correlation is at least 0, and each score stands on its own.
gap_case <- function(scores) {
  n <- nrow(scores)
  of_both <- rowMeans(scores)
  alone <- c(mean(scores), sd(as.vector(scores)) / sqrt(2 * n), 2 * n - 1)
  symmetric <- c(mean(of_both), sd(of_both) / sqrt(n), n - 1)
  together <- sum((scores[, 1] - mean(scores)) * (scores[, 2] - mean(scores))) - symmetric[2]^2 * n / 2 > 0
  list(scores = scores, symmetric = symmetric, first_order = if (together) symmetric else alone)
}

against <- cbind(c(1, 2, 3, 4, 5, 6.5), c(6, 5.5, 4.2, 3.9, 2, 1.1))
along <- cbind(c(1, 2, 3, 4, 5, 6.5), c(1.5, 1.9, 4.2, 3.9, 5.5, 5.1))
cases <- list(
  software = list(R = R.version.string, survival = as.character(packageVersion("survival")),
    clubSandwich = as.character(packageVersion("clubSandwich")), MASS = as.character(packageVersion("MASS"))),
  hazards = lapply(seq_len(nrow(grid)), function(i) {
    with(grid[i, ], hazard_case(i, ties, weighted, late, parted))
  }),
  clusters = list(
    cluster_case(1, 1:12, rep(0:1, 6)),
    cluster_case(2, c(1:8, rep(9, 10)), rep(0:1, 9)),
    cluster_case(3, c(1:8, rep(9, 10)), rep(0:1, 9), weighted = TRUE),
    cluster_case(4, c(rep(1, 5), rep(2, 5), rep(3, 5), 4), c(rep(1, 5), rep(0, 11))),
    cluster_case(5, c(rep(1, 6), rep(2, 6), rep(3, 6)), c(rep(1, 6), rep(0, 12))),
    cluster_case(6, c(rep(1, 9), rep(2, 9)), rep(0:1, 9)),
    cluster_case(7, c(1, 2, 2, 3, 3, 3, 4, 4, 4, 4), c(1, 0, 0, 1, 1, 1, 0, 0, 0, 0), weighted = TRUE),
    cluster_case(8, c(1:6, rep(7, 30)), c(rep(0:1, 3), rep(0, 30)), weighted = TRUE)
  ),
  rates = list(
    rate_case(c(0, 0, 0, 0, 0, 1, 0, 7, 1, 0, 12, 2), c(1, 0.5, 2, 1, 2, 1, 0.5, 1.5, 1, 1, 2, 1), rep(0:1, each = 6)),
    rate_case(c(0, 0, 0, 1, 9, 0, 0, 4, 0, 0), c(0.001, 0.5, 20, 1, 365, 0.25, 2, 700, 3, 0.1), rep(0:1, 5)),
    rate_case(c(300, 12, 0, 90, 4000, 7, 0, 55, 1, 2), rep(1, 10), rep(0:1, 5)),
    rate_case(c(0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 2), seq(0.2, 3, 0.2), rep(c(0, 1, 1), 5)),
    rate_case(c(2, 5, 1, 4, 3, 8, 2, 4, 9, 1, 0, 6), rep(c(0.5, 1, 1.5), 4), rep(0:1, 6)),
    rate_case(c(1, 2, 1, 3, 2, 1, 4, 3, 2, 4), rep(1:2, 5), rep(0:1, 5)),
    rate_case(c(0, 3, 2, 0, 5, 26, 0, 0, 0, 1), c(1.1, 0.26, 0.03, 0.12, 2.41, 96.95, 0.33, 7.05, 0.06, 0.67), rep(0:1, 5)),
    rate_case(c(0, 0, 0, 1, 1, 0, 13, 1, 0, 1), c(0.07, 2.29, 0.05, 0.25, 0.12, 25.3, 3.64, 0.03, 0.02, 1.24), rep(0:1, 5)),
    rate_case(c(0, 1, 8, 0, 0, 0, 1, 0, 2, 1), c(1.46, 0.02, 12.22, 1.68, 0.42, 28.67, 1.08, 0.17, 0.07, 45.33), rep(0:1, 5))
  ),
  tables = list(table_case(against), table_case(along), table_case(cbind(against, rev(along[, 1]), c(3, 1, 3, 2, 3, 1)))),
  gaps = list(gap_case(along), gap_case(cbind(against[, 1], c(4, 2, 5, 1, 3, 2.5))), gap_case(along + c(0, 3, -1, 2, 5, 0)))
)
text <- toJSON(cases, digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
writeLines(gsub("},{", "},\n{", text, fixed = TRUE), file.path(here, "edges_of_models.json"))
