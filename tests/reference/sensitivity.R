# Expected results for the sensitivity methods of kinfolk-stats, from R's stats.

library(jsonlite)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
differences <- c(3, 1.5, -0.5, 4, 2, 2, -1, 0, 5.5, 2.5, -3, 6, 1.5, 0.5, 7, -2, 3.5, 4.5, 1, 8)

# The signed-rank statistic against its bounding distributions.
bound <- function(gamma) {
  d <- differences[differences != 0]
  r <- rank(abs(d))
  p <- function(share) pnorm((sum(r[d > 0]) - share * sum(r)) / sqrt(share * (1 - share) * sum(r^2)),
    lower.tail = FALSE)
  list(gamma = gamma, p_lower = p(1 / (1 + gamma)), p_upper = p(gamma / (1 + gamma)))
}
plain <- suppressWarnings(wilcox.test(differences, alternative = "greater", exact = FALSE, correct = FALSE))
stopifnot(abs(plain$p.value - bound(1)$p_upper) < 1e-12)

mcnemar <- function(yes, n, gamma) {
  p <- function(share) pbinom(yes - 1, n, share, lower.tail = FALSE)
  list(treated_only = yes, discordant = n, gamma = gamma, p_lower = p(1 / (1 + gamma)),
    p_upper = p(gamma / (1 + gamma)))
}

tipping <- uniroot(function(gamma) bound(gamma)$p_upper - 0.05, c(1, 50), tol = 1e-14)$root

means <- function(n, d, level) list(n = n, difference = d, level = level,
  power = power.t.test(n, d, sig.level = level)$power)
shares <- function(n, p1, p2, level) list(n = n, treated = p1, control = p2, level = level,
  power = power.prop.test(n, p1, p2, sig.level = level, tol = 1e-14)$power)
detectable <- function(n, power, level) list(n = n, power = power, level = level,
  difference = power.t.test(n, power = power, sig.level = level, tol = 1e-14)$delta)

# A regression, with a covariate as a benchmark for what was not measured.
fitted <- local({
  set.seed(5)
  n <- 60
  x <- rnorm(n)
  treatment <- 0.5 * x + rnorm(n)
  outcome <- 0.4 * treatment + 0.7 * x + rnorm(n)
  full <- lm(outcome ~ treatment + x)
  strength <- function(fit, name) {
    t <- summary(fit)$coefficients[name, "t value"]
    t^2 / (t^2 + fit$df.residual)
  }
  # A confounder of known strength: what a regression with it says, against the formula.
  z <- resid(lm(rnorm(n) ~ treatment + x + outcome))
  z <- z / sd(z) + 0.6 * resid(full) / sd(resid(full)) + 0.5 * resid(lm(treatment ~ x))
  with_z <- lm(outcome ~ treatment + x + z)
  s <- summary(full)$coefficients["treatment", ]
  w <- summary(with_z)$coefficients["treatment", ]
  list(value = s[[1]], standard_error = s[[2]], degrees = full$df.residual,
    of_treatment = strength(lm(treatment ~ x), "x"), of_outcome = strength(full, "x"),
    z_of_treatment = strength(lm(treatment ~ x + z), "z"), z_of_outcome = strength(with_z, "z"),
    with_z = w[[1]], with_z_error = w[[2]])
})

result <- list(
  made_with = list(r = as.character(getRversion())),
  differences = differences,
  rosenbaum = lapply(c(1, 1.3, 2, 3.7), bound),
  tipping = tipping,
  mcnemar = list(mcnemar(8, 10, 1), mcnemar(30, 41, 1.5), mcnemar(5, 5, 4), mcnemar(0, 7, 2)),
  means = list(means(20, 1, 0.05), means(8, 0.5, 0.01), means(250, 0.2, 0.05), means(2, 1.5, 0.1)),
  shares = list(shares(50, 0.5, 0.75, 0.05), shares(200, 0.3, 0.41, 0.01), shares(30, 0.9, 0.6, 0.05)),
  detectable = list(detectable(20, 0.8, 0.05), detectable(90, 0.9, 0.01)),
  regression = fitted
)
writeLines(toJSON(result, digits = I(16), auto_unbox = TRUE, pretty = 1), file.path(here, "sensitivity.json"))
